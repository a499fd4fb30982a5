import MailTestKit
@_spi(MailCodec) import MailWire
@_spi(MailCodec) import SMTPCodec
import Testing

@Suite struct SMTPReplyTests {
  static func parse(_ text: String, _ quirks: SMTPQuirks = .client) throws(SyntaxError) -> SMTPReply {
    let bytes = [UInt8](text.utf8)
    return try SMTPReply(bytes.span, quirks: quirks)
  }

  @Test func forms() throws {
    let table: [(String, UInt16, EnhancedStatusCode?, String)] = [
      ("250 Ok\r\n", 250, nil, "Ok"), ("250\r\n", 250, nil, ""), ("250 \r\n", 250, nil, ""), ("250\n", 250, nil, ""),
      ("250 2.1.0 Ok\r\n", 250, .init(2, 1, 0), "Ok"), ("250 2.1.0\r\n", 250, .init(2, 1, 0), ""),
      ("250-a\r\n250-\r\n250 b\r\n", 250, nil, "a\n\nb"), ("250-a\r\n250\r\n", 250, nil, "a\n"),
      ("550-5.1.1 a\r\n550 5.1.1 b\r\n", 550, .init(5, 1, 1), "a\nb"),
      ("550-5.1.1 a\r\n550 plain\r\n", 550, .init(5, 1, 1), "a\nplain"), ("250 5.1.1 x\r\n", 250, nil, "5.1.1 x"),
      ("354 3.0.0 x\r\n", 354, nil, "3.0.0 x"), ("250 2.1.x\r\n", 250, nil, "2.1.x"),
      ("250 2.1000.1 x\r\n", 250, nil, "2.1000.1 x"), ("250  two\r\n", 250, nil, " two")
    ]
    for (text, code, status, content) in table {
      let reply = try Self.parse(text)
      let parts = (reply.code.number, reply.status, String(decoding: reply.text, as: UTF8.self))
      #expect(parts == (code, status, content), "\(text)")
      let written = reply.encoded
      #expect(try SMTPReply(written.span) == reply, "\(text)")
    }
    for text in [
      "", "25", "2x0 a\r\n", "250a\r\n", "199 x\r\n", "600 x\r\n", "250-a\r\n", "250 a\r\n250 b\r\n", "250-a\r\nb\r\n"
    ] {
      #expect(throws: SyntaxError.self, "\(text)") { try Self.parse(text) }
    }
    #expect(throws: SyntaxError(.codesDiffer, at: 7)) { try Self.parse("250-a\r\n220 b\r\n") }
    #expect(try Self.parse("250-a\r\n220 b\r\n", .lenient).code == 220)
    for (text, offset) in [("250 a\n", 5), ("250-a\n250 b\r\n", 5), ("250-a\r\n250 b\n", 12)] {
      #expect(throws: SyntaxError(.badReply, at: offset), "\(text)") { try Self.parse(text, .none) }
      let bytes = [UInt8](text.utf8)
      var used = SMTPQuirks.none
      let code = try SMTPReplyView(bytes.span, quirks: .bareLineFeed, used: &used).code
      #expect(code == 250 && used == .bareLineFeed, "\(text)")
    }
  }

  @Test func textCannotBeginAReply() {
    let reply = SMTPReply(550, .init(5, 1, 1), "a\r\n250 ok\u{0}\u{7f}")
    #expect(String(decoding: reply.encoded, as: UTF8.self) == "550-5.1.1 a?\r\n550 5.1.1 250 ok??\r\n")
    #expect(SMTPReply(250, .init(5, 1, 1), "x").status == nil, "a status of another class is left out")
    #expect(SMTPReply(250, nil, "2.0.0 a\n2.0.0 b") == SMTPReply(250, .init(2, 0, 0), "a\nb"))
    let escape = "\u{1b}[2J"
    #expect(!"\(SMTPReply(550, nil, bytes: [UInt8](escape.utf8) + [0xFF]))".utf8.contains { $0 < 32 || $0 > 126 })
  }

  @Test func longTextIsBroken() throws {
    let words = String(repeating: "word ", count: 400)
    for text in [words, String(repeating: "x", count: 2000)] {
      let written = SMTPReply(550, .init(5, 7, 1), text).encoded
      let lines = written.split(separator: 10)
      #expect(lines.allSatisfy { $0.count < SMTPReply.maximumLine } && lines.count > 3)
      #expect(try SMTPReply(written.span).text.filter { $0 > 32 } == [UInt8](text.utf8).filter { $0 > 32 })
    }
  }

  /// Every reply is found at every cut, and nothing before its last line.
  @Test func framing() throws {
    let text = [UInt8]("220 a\r\n250-b\r\n250-\r\n250 c\r\n221\r\n250 d\n".utf8)
    for cut in everyCut(of: text.count) {
      var buffer = ReceiveBuffer()
      var framer = SMTPReplyFramer()
      var lengths: [Int] = []
      for piece in cut {
        buffer.append(text.span.extracting(piece))
        while case .reply(let length) = framer.next(in: buffer) {
          lengths.append(length)
          buffer.consume(length)
        }
      }
      #expect(lengths == [7, 20, 5, 6])
    }
    for (limits, text) in [
      (SMTPReplyLimits(line: 8), "250 abcd\r\n"), (SMTPReplyLimits(total: 12), "250-a\r\n250 b\r\n"),
      (SMTPReplyLimits(lines: 2), "250-a\r\n250-b\r\n250 c\r\n"),
      (SMTPReplyLimits(line: 100), String(repeating: "2", count: 100))
    ] {
      var buffer = ReceiveBuffer()
      var framer = SMTPReplyFramer(limits: limits)
      buffer.append([UInt8](text.utf8).span)
      #expect(framer.next(in: buffer) == .tooLong)
    }
  }

  @Test func capabilities() throws {
    let reply = try Self.parse(
      "250-mail.test greets x\r\n250-size 1000\r\n250-8bitmime\r\n250-X-THING  a=b\r\n250-AUTH=LOGIN PLAIN\r\n"
        + "250-AUTH PLAIN  X-OAUTH2\r\n250-!odd\r\n250-STARTTLS \r\n250 PIPELINING\r\n")
    let capabilities = SMTPCapabilities(reply)
    #expect(capabilities.maximumMessageSize == 1000 && capabilities.offersSize && capabilities.offersEightBitMIME)
    #expect(capabilities.offersPipelining && capabilities.offersStartTLS && !capabilities.offersEnhancedStatusCodes)
    #expect(capabilities.mechanisms.map(\.description) == ["LOGIN", "PLAIN", "X-OAUTH2"])
    #expect(capabilities.entries.map(\.keyword.description).contains("X-THING"))
    #expect(SMTPCapabilities(reply, quirks: .none).mechanisms.count == 2)
    let domain = try Domain("mail.test")
    #expect(SMTPCapabilities(capabilities.reply(from: domain)) == capabilities)
    #expect(SMTPCapabilities(SMTPReply(250, nil, "x\nSIZE 0")).maximumMessageSize == nil)
    #expect(SMTPCapabilities(SMTPReply(250, nil, "x\nSIZE 99999999999999999999")).offersSize)
  }
}
