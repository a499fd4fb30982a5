import MailMessage
import Testing

@Suite struct MessageTests {
  /// One line a part: depth, kind, encoding, lines and body.
  private static func outline(_ text: String, _ limits: MessageLimits = MessageLimits()) -> [String] {
    let bytes = [UInt8](text.utf8)
    let message = Message(bytes.span, limits: limits)
    return message.parts.map { part in
      let body = String(decoding: bytes[part.body], as: UTF8.self)
      let lines = "\(part.headerLines)+\(part.bodyLines)"
      return "\(part.depth) \(part.kind) \(lines)" + (part.kind == .single ? " \(body)" : "")
    }
  }

  @Test func structures() {
    let table: [(String, [String])] = [
      ("", ["0 single 0+0 "]), ("A: b\n\nbody\n", ["0 single 2+1 body\n"]), ("A: b", ["0 single 0+0 "]),
      (
        "Content-Type: multipart/mixed; boundary=b\r\n\r\npre\r\n--b\r\n\r\none\r\n--b \r\nA: b\r\n\r\ntwo\r\n\r\n--b--\r\nepi",
        ["0 multipart 2+10", "1 single 1+0 one", "1 single 2+1 two\r\n"]
      ),
      // A part without an empty line, an empty part, a multipart that never ends.
      (
        "Content-Type: multipart/mixed; boundary=\"b c\"\n\n--b c\nA: b\n--b c\n\n--b c\n\nx",
        ["0 multipart 2+6", "1 single 1+0 ", "1 single 1+0 ", "1 single 1+0 x"]
      ),
      // Neither a boundary with a tail nor that of an outer multipart that ended.
      (
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n--bb\n--b-\n--b--\n--b\n",
        ["0 multipart 2+6", "1 single 1+1 --bb\n--b-"]
      ),
      (
        "Content-Type: multipart/x; boundary=a\n\n--a\nContent-Type: multipart/y; boundary=aa\n\n--aa\n\n1\n--a\n\n2\n--a--\n",
        ["0 multipart 2+10", "1 multipart 2+2", "2 single 1+0 1", "1 single 1+0 2"]
      ),
      (
        "Content-Type: message/rfc822\n\nContent-Type: message/global\n\nA: b\n\nbody\n",
        ["0 message 2+5", "1 message 2+3", "2 single 2+1 body\n"]
      ),
      (
        "Content-Type: multipart/digest; boundary=b\n\n--b\n\nA: b\n\nx\n--b\nContent-Type: text/plain\n\ny\n--b\n--b--\n",
        [
          "0 multipart 2+11", "1 message 1+2", "2 single 2+0 x", "1 single 2+0 y", "1 message 0+0", "2 single 0+0 "
        ]
      ),
      ("Content-Type: multipart/mixed\n\n--b\n\nx", ["0 single 2+2 --b\n\nx"]),
      ("Content-Type: multipart/mixed; boundary=b\n\nx\n", ["0 multipart 2+1"])
    ]
    for (text, outline) in table { #expect(Self.outline(text) == outline, "\(text)") }
  }

  @Test func limitsMakeContent() {
    let text = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n1\n--b\n\n2\n--b\n\n3\n--b--\nepi"
    #expect(
      Self.outline(text, MessageLimits(parts: 3)) == [
        "0 multipart 2+10", "1 single 1+0 1", "1 single 1+3 2\n--b\n\n3"
      ])
    let deep = String(repeating: "Content-Type: message/rfc822\n\n", count: 5)
    #expect(Self.outline(deep, MessageLimits(nesting: 3)).count == 3)
    #expect(Self.outline(text, MessageLimits(header: 10)).count == 1)
  }

  /// Ten thousand parts, a thousand levels, lines of megabytes: the parts are bounded, and twice the octets cost about twice
  /// the time.
  @Test func hostileMessagesAreLinear() {
    func multipart(_ piece: String, _ count: Int) -> [UInt8] {
      Array(("Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: piece, count: count)).utf8)
    }
    func nested(_ count: Int) -> [UInt8] {
      var text = ""
      for level in 0..<count { text += "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n" }
      return Array((text + String(repeating: "--bb\n", count: count * 50)).utf8)
    }
    let unlimited = MessageLimits(parts: 1 << 20, nesting: 1 << 20)
    let table: [(String, (Int) -> [UInt8], Int, MessageLimits, ClosedRange<Int>)] = [
      ("parts", { multipart("--b\n\nx\n", $0) }, 20_000, MessageLimits(), 10_000...10_000),
      ("all parts", { multipart("--b\n\nx\n", $0) }, 20_000, unlimited, 20_001...40_001),
      ("parts without headers", { multipart("--b\n", $0) }, 20_000, unlimited, 20_001...40_001),
      ("levels", nested, 1_000, MessageLimits(), 100...100),
      (
        "messages", { Array(String(repeating: "Content-Type: message/rfc822\n\n", count: $0).utf8) }, 5_000, unlimited,
        5_001...10_001
      ),
      ("a line", { Array("A: ".utf8) + [UInt8](repeating: 120, count: $0) }, 4_000_000, MessageLimits(), 1...1),
      ("folds", { Array(("A: " + String(repeating: "\n x", count: $0)).utf8) }, 200_000, MessageLimits(), 1...1),
      (
        "type", { Array(("Content-Type: a/b" + String(repeating: ";a=(((", count: $0)).utf8) }, 50_000, MessageLimits(),
        1...1
      ),
      ("delimiters", { multipart("--" + String(repeating: " ", count: 70) + "x\n", $0) }, 5_000, MessageLimits(), 1...1)
    ]
    for (name, text, count, limits, parts) in table {
      for count in [count, count * 2] {
        let found = Message(text(count).span, limits: limits).parts.count
        #expect(parts.contains(found), "\(name): \(found)")
      }
      let isLinear = isLinear(count) { count in
        let bytes = text(count)
        return { _ = Message(bytes.span, limits: limits) }
      }
      #expect(isLinear, "\(name)")
    }
  }
}
