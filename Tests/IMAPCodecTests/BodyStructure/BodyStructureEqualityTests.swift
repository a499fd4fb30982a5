@_spi(MailCodec) import IMAPCodec
import MailTestKit
@_spi(MailCodec) import MailWire
import Testing

@Suite struct BodyStructureEqualityTests {
  static func wire(_ structure: BodyStructure) -> [UInt8] {
    var output = OutboundBuffer()
    structure.write(to: &output, isExtended: true)
    return output.bytes.copied()
  }

  /// Structures are equal when they are written the same, and then their hashes are.
  @Test func equalAsWritten() throws {
    var generator = FetchGenerator(random: SplitMix64(seed: 1_730))
    var structures: [BodyStructure] = []
    for _ in 0..<40 { structures.append(try generator.structure(depth: 2)) }
    let fields = "(\"charset\" \"x\") NIL \"d\" "
    let forms = [
      "(\"text\" \"plain\" \(fields)NIL 5 1)", "(\"text\" \"plain\" \(fields)\"7BIT\" 5 1)",
      "(\"text\" \"plain\" \(fields)\"7bit\" 5 1)",
      "(\"text\" \"plain\" \(fields)\"7BIT\" 5)", "(\"text\" \"plain\" \(fields)\"7BIT\" 5 0)",
      "(\"a\" \"b\" \(fields)\"7BIT\" 5)",
      "(NIL NIL \(fields)\"7BIT\" 5)", "(\"\" \"\" \(fields)\"7BIT\" 5)", "(\"ALTERNATIVE\")",
      "(NIL \"ALTERNATIVE\" NIL)",
      "((\"a\" \"b\" \(fields)\"7BIT\" 5) \"mixed\" NIL \"text\" NIL)", "((\"a\" \"b\" \(fields)\"7BIT\" 5) \"mixed\")",
      "((\"a\" \"b\" \(fields)\"7BIT\" 5)(\"a\" \"b\" \(fields)\"7BIT\" 6) \"mixed\")",
      "((\"a\" \"b\" \(fields)\"7BIT\" 5)(\"a\" \"b\" \(fields)\"7BIT\" 7) \"mixed\")",
      "(\"a\" \"b\" \(fields)\"7BIT\" 5 NIL (\"inline\" (\"x\" \"y\")) (\"en\" \"de\") \"l\" (1 2))",
      "(\"a\" \"b\" \(fields)\"7BIT\" 5 NIL (\"inline\" (\"x\" {1}\r\ny)) (\"en\" \"de\") \"l\" (1 2))",
      "(\"a\" \"b\" \(fields)\"7BIT\" 5 NIL (\"inline\" (\"x\" \"z\")) (\"en\" \"de\") \"l\" (1 2))"
    ]
    for form in forms { structures.append(try BodyStructure(bytes(form).span)) }
    for structure in structures {
      structures.append(try BodyStructure(Self.wire(structure).span, quirks: .lenient))
    }
    let texts = structures.map { Self.wire($0) }
    for left in structures.indices {
      for right in left..<structures.count {
        let isEqual = structures[left] == structures[right]
        if isEqual != (texts[left] == texts[right]) {
          Issue.record("\(text(texts[left]) ?? "") / \(text(texts[right]) ?? "")")
        }
        if isEqual, structures[left].hashValue != structures[right].hashValue {
          Issue.record("hashes: \(left) \(right)")
        }
      }
    }
  }

  @Test func deepStructures() throws {
    func nested(_ depth: Int, _ subtype: String) throws -> BodyStructure {
      let text = String(repeating: "(", count: depth) + "(\"a\" \"\(subtype)\" NIL NIL NIL \"7bit\" 1)"
      let wire = bytes(text + String(repeating: " \"mixed\")", count: depth))
      return try BodyStructure(wire.span, limits: IMAPLimits(nesting: 100_000))
    }
    let deep = try nested(10_000, "b")
    let others = (try nested(10_000, "b"), try nested(10_000, "c"), try nested(9_999, "b"))
    #expect(deep == others.0 && deep != others.1 && deep != others.2)
  }

  @Test func responses() throws {
    let lines = [
      "* 1 FETCH (BODY[HEADER.FIELDS (DATE)] {1}\r\na)", "* 1 FETCH (BODY[header.fields (\"date\")] \"a\")",
      "* 1 FETCH (BODY[HEADER.FIELDS (DATE)]<0> {1}\r\na)", "* 1 FETCH (BODY[HEADER.FIELDS (DATE)] {1}\r\nb)",
      "* 1 FETCH (BODY[HEADER.FIELDS (DATE)] NIL)", "* 1 FETCH (BODY[HEADER.FIELDS (FROM)] {1}\r\na)",
      "* 1 FETCH (BINARY[1] ~{1}\r\na)", "* 1 FETCH (RFC822.TEXT \"a\")", "* 1 FETCH (PREVIEW \"a\")", "* 1 FETCH ()",
      "* 1 FETCH (PREVIEW \"a\" PREVIEW \"a\")"
    ]
    let responses = try lines.map { try parseFetch($0 + "\r\n").response }
    for left in responses.indices {
      for right in responses.indices {
        let isSame = responses[left].items == responses[right].items
        if (responses[left] == responses[right]) != isSame { Issue.record("\(lines[left]) / \(lines[right])") }
      }
    }
  }
}
