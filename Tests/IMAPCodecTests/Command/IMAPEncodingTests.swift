import IMAPCodec
import MailWire
import Testing

@Suite struct IMAPEncodingTests {
  /// Where the sender waits, for each kind of literal support.
  @Test func pieces() throws {
    let user = try IMAPString(String(repeating: "\u{e9}", count: 3_000))
    let command = TaggedCommand(try IMAPTag("A"), .login(user, try IMAPPassword(Secret("\u{e9}"))))
    let table: [(IMAPEncoding.Literals, [String])] = [
      (.synchronising, ["A LOGIN {6000}\r\n", " {2}\r\n", "\r\n"]),
      (.upTo4096, ["A LOGIN {6000}\r\n", " {2+}\r\n", "\r\n"]),
      (.nonSynchronising, ["A LOGIN {6000+}\r\n", " {2+}\r\n", "\r\n"])
    ]
    for (literals, expected) in table {
      let encoded = command.encoded(for: IMAPEncoding(literals: literals))
      let text = encoded.pieces.map { String(decoding: $0, as: UTF8.self).replacing("\u{e9}", with: "") }
      #expect(
        text.joined() == expected.joined()
          && text.count == (literals == .synchronising ? 3 : literals == .upTo4096 ? 2 : 1))
      #expect(encoded.pieces.flatMap { $0 } == encoded.bytes)
    }
    for (size, isAwaited) in [(4_096, false), (4_097, true)] {
      let text = try IMAPString(String(repeating: "\n", count: size))
      let search = TaggedCommand(try IMAPTag("A"), .search(SearchProgram([.text(text)]), isUID: false))
      #expect(search.encoded(for: IMAPEncoding(literals: .upTo4096)).stops.isEmpty != isAwaited)
    }
  }

  @Test func forms() throws {
    func write(_ text: String, _ encoding: IMAPEncoding) throws -> String {
      let command = TaggedCommand(try IMAPTag("A"), .delete(try MailboxName(text, .utf8)))
      return String(decoding: command.encoded(for: encoding).bytes.dropLast(2).dropFirst(9), as: UTF8.self)
    }
    let careful = IMAPEncoding()
    let utf8 = IMAPEncoding(acceptsUTF8: true)
    #expect(
      try write("abc", careful) == "abc" && write("a b", careful) == "\"a b\"" && write("nil", careful) == "\"nil\"")
    #expect(try write("\u{e9}", careful) == "{2}\r\n\u{e9}" && write("\u{e9}", utf8) == "\"\u{e9}\"")
    #expect(try write("\u{e9}\n", utf8) == "{3}\r\n\u{e9}\n" && write("\u{f7ff}", utf8).hasPrefix("{1}\r\n"))
    #expect(try write("a b", IMAPEncoding(longestQuoted: 2)) == "{3}\r\na b")
  }

  /// A message's octets are awaited behind the command's text, and each continuation is one more such text.
  @Test func appends() throws {
    let first = AppendMessage(.catenate(urls: [try IMAPString("a")], .init(size: 5)), flags: FlagSet(.seen))
    let head = TaggedCommand(try IMAPTag("A"), .append(.inbox, first)).encoded(for: IMAPEncoding())
    #expect(String(decoding: head.bytes, as: UTF8.self) == "A APPEND INBOX (\\Seen) CATENATE (URL a TEXT {5}\r\n")
    #expect(head.stops == [head.bytes.count] && head.pieces.count == 1)
    let date = try IMAPDateTime(secondsSince1970: 0)
    let next = AppendMessage(.utf8(.init(size: 7, isBinary: true)), date: date)
    let table: [(AppendContinuation, AppendContinuation.Position, String)] = [
      (try AppendContinuation(.end, at: .literal), .literal, "\r\n"),
      (try AppendContinuation(.end, at: .utf8), .utf8, ")\r\n"),
      (try AppendContinuation(.end, urls: [IMAPString("b")], at: .catenate), .catenate, " URL b)\r\n"),
      (
        try AppendContinuation(.text(.init(size: 3)), urls: [IMAPString("b c")], at: .catenate), .catenate,
        " URL \"b c\" TEXT {3+}\r\n"
      ),
      (
        try AppendContinuation(.message(next), at: .catenate), .catenate,
        ") \" 1-Jan-1970 00:00:00 +0000\" UTF8 (~{7+}\r\n"
      ),
      (try AppendContinuation(.message(AppendMessage(.literal(.init(size: 1)))), at: .literal), .literal, " {1+}\r\n")
    ]
    for (continuation, position, text) in table {
      let bytes = continuation.encoded(for: IMAPEncoding(literals: .nonSynchronising)).bytes
      #expect(String(decoding: bytes, as: UTF8.self) == text)
      let isEnd = continuation.nextPosition == nil
      let unit = bytes.span.extracting(first: bytes.count - (isEnd ? 2 : 0))
      #expect(try AppendContinuation(parsing: unit, at: position) == continuation, "\(text)")
    }
    #expect(throws: SyntaxError(.badParameter, at: 0)) { try AppendContinuation(.text(.init(size: 1)), at: .literal) }
  }
}
