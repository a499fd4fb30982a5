@_spi(MailCodec) import IMAPCodec
@_spi(MailCodec) import MailWire
import Testing

@Suite struct BodyStructureTests {
  /// The tree of RFC 9051 §6.4.5.1's example of section numbers.
  static let tree =
    "((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1)(\"APPLICATION\" \"OCTET-STREAM\" NIL NIL NIL \"7BIT\" 2)"
    + "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 3 (NIL \"three\" NIL NIL NIL NIL NIL NIL NIL NIL) "
    + "((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 31 1)(\"APPLICATION\" \"X\" NIL NIL NIL \"7BIT\" 32) \"MIXED\") 30)"
    + "((\"IMAGE\" \"GIF\" NIL NIL NIL \"BASE64\" 41)(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 42 "
    + "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) ((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 421 1)"
    + "((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 4221 1)(\"TEXT\" \"RICHTEXT\" NIL NIL NIL \"7BIT\" 4222 1) \"ALTERNATIVE\") "
    + "\"MIXED\") 9) \"MIXED\") \"MIXED\" (\"BOUNDARY\" \"x\") (\"attachment\" (\"filename\" \"a.txt\")) (\"en\" \"de\") \"loc\" "
    + "(1 \"x\") NIL)"

  @Test func partsByNumber() throws {
    let tree = try BodyStructure(bytes(Self.tree).span, quirks: .none)
    let sizes: [([UInt32], UInt64?)] = [
      ([1], 1), ([2], 2), ([3], 3), ([3, 1], 31), ([3, 2], 32), ([4], nil), ([4, 1], 41), ([4, 2], 42),
      ([4, 2, 1], 421),
      ([4, 2, 2], nil), ([4, 2, 2, 1], 4221), ([4, 2, 2, 2], 4222)
    ]
    for (number, size) in sizes {
      let part = tree.part(number)
      if part == nil || part?.octets != size { Issue.record("\(number)") }
    }
    for number in [[0], [5], [1, 1], [3, 3], [4, 2, 2, 3], [4, 1, 1]] as [[UInt32]] where tree.part(number) != nil {
      Issue.record("\(number)")
    }
    #expect(tree.part([]) == tree && text(tree.part([3])?.envelope?.subject) == "three")
    let single = try BodyStructure(bytes("(\"text\" \"plain\" NIL NIL NIL \"7bit\" 5 1)").span)
    #expect(single.part([1]) == single && single.part([2]) == nil && single.part([1, 1]) == nil)
  }

  @Test func fields() throws {
    let tree = try BodyStructure(bytes(Self.tree).span, quirks: .none)
    #expect(tree.kind == .multipart && text(tree.subtype) == "mixed" && text(tree.mediaType) == "multipart")
    #expect(tree.parameters == [try BodyParameter(name: bytes("BOUNDARY"), value: bytes("x"))])
    #expect(text(tree.disposition?.type) == "attachment" && tree.disposition?.parameters.count == 1)
    #expect(tree.languages.map { text($0) } == ["en", "de"] && text(tree.location) == "loc")
    #expect(text(tree.extensions) == "(1 \"x\") NIL" && tree.parts.count == 4 && tree.octets == nil)
    let view = tree.view
    let name = bytes("filename")
    #expect(view.dispositionParameters.value(of: name.span)?.count == 5 && view.part(3).part(1).kind == .message)
    #expect(tree.parts[2].body?.parts.count == 2 && tree.parts[2].lines == 30)
  }

  @Test func madeAndRead() throws {
    var fields = BodyFields("text", "plain", octets: 1_152)
    fields.parameters = [try BodyParameter(name: bytes("charset"), value: bytes("utf-8"))]
    let part = try BodyStructure(fields, lines: 23)
    var output = OutboundBuffer()
    part.write(to: &output, isExtended: true)
    #expect(
      text(output.bytes.copied())
        == "(\"text\" \"plain\" (\"charset\" \"utf-8\") NIL NIL \"7BIT\" 1152 23 NIL NIL NIL NIL)")
    output.removeAll()
    try BodyStructure(BodyFields("", "mixed"), parts: [part, part]).write(to: &output, isExtended: false)
    let single = "(\"text\" \"plain\" (\"charset\" \"utf-8\") NIL NIL \"7BIT\" 1152 23)"
    #expect(text(output.bytes.copied()) == "(\(single)\(single) \"mixed\")")
    #expect(throws: SyntaxError.self) { try BodyStructure(BodyFields("message", "rfc822")) }
    #expect(throws: SyntaxError.self) { try BodyStructure(BodyFields("", "mixed"), parts: []) }
    #expect(throws: SyntaxError.self) { try BodyStructure(BodyFields([0], [1])) }
  }
}
