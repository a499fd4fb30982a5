import MailTestKit
import MailWire
import SMTPCodec
import Testing

@Suite struct SMTPCommandTests {
  static func parse(_ text: String, _ quirks: SMTPQuirks = .none) throws(SyntaxError) -> SMTPCommand {
    let bytes = [UInt8](text.utf8)
    return try SMTPCommand(bytes.span, quirks: quirks)
  }

  /// Lines and what they are written as again.
  @Test func canonicalForms() throws {
    let table = [
      ("EHLO mail.website.test", "EHLO mail.website.test"), ("ehlo [192.0.2.1]", "EHLO [192.0.2.1]"),
      ("HeLo x", "HELO x"), ("MAIL FROM:<>", "MAIL FROM:<>"), ("mail from:<a@b> size=1", "MAIL FROM:<a@b> size=1"),
      ("MAIL FROM:<@r1.test,@r2.test:a@b>", "MAIL FROM:<a@b>"), ("RCPT TO:<postMASTER>", "RCPT TO:<Postmaster>"),
      ("RCPT TO:<postmaster@x>", "RCPT TO:<postmaster@x>"), ("rcpt to:<\"a b\"@x> X-Y", "RCPT TO:<\"a b\"@x> X-Y"),
      ("DATA", "DATA"), ("rset", "RSET"), ("NOOP", "NOOP"), ("NOOP  two words ", "NOOP  two words "), ("quit", "QUIT"),
      ("VRFY Susan Smith", "VRFY Susan Smith"), ("expn staff", "EXPN staff"), ("help", "HELP"),
      ("HELP mail", "HELP mail"),
      ("starttls", "STARTTLS"), ("AUTH plain", "AUTH plain"), ("auth PLAIN =", "AUTH PLAIN ="),
      ("AUTH X-1_2 abc!", "AUTH X-1_2 abc!"), ("BDAT 100 LAST", "BDAT 100 LAST"),
      ("bdat 18446744073709551615", "BDAT 18446744073709551615"), ("BDAT 007 last", "BDAT 7 LAST"), ("XFOO-1", "XFOO-1")
    ]
    for (line, written) in table {
      let command = try Self.parse(line)
      #expect(String(decoding: command.encoded, as: UTF8.self) == written + "\r\n")
      #expect(try Self.parse(written) == command, "\(line)")
    }
  }

  @Test func refusals() {
    let table: [(String, SyntaxError)] = [
      ("", SyntaxError(.empty, at: 0)), (" NOOP", SyntaxError(.badToken, at: 0)),
      ("EHLO", SyntaxError(.unexpectedEnd, at: 4)),
      ("EHLO ", SyntaxError(.empty, at: 5)), ("EHLO a b", SyntaxError(.trailingBytes, at: 6)),
      ("EHLO a_b", SyntaxError(.badDomain, at: 6)), ("MAIL", SyntaxError(.unexpectedEnd, at: 4)),
      ("MAIL FROM", SyntaxError(.badPath, at: 5)), ("MAIL FROM:", SyntaxError(.badPath, at: 10)),
      ("MAIL TO:<a@b>", SyntaxError(.badPath, at: 5)), ("MAIL FROM:<a@b", SyntaxError(.badPath, at: 14)),
      ("MAIL FROM:<a@b>>", SyntaxError(.trailingBytes, at: 15)),
      ("MAIL FROM:<a@b>SIZE=1", SyntaxError(.trailingBytes, at: 15)),
      ("MAIL FROM:<postmaster>", SyntaxError(.unexpectedByte, at: 21)),
      ("RCPT TO:<>", SyntaxError(.badLocalPart, at: 9)),
      ("MAIL FROM:<a@b> ", SyntaxError(.trailingBytes, at: 15)),
      ("MAIL FROM:<a@b>  A", SyntaxError(.badParameter, at: 16)),
      ("MAIL FROM:<a@b> A=", SyntaxError(.badParameter, at: 18)),
      ("MAIL FROM:<a@b> A=b=c", SyntaxError(.badParameter, at: 19)),
      ("MAIL FROM:<a@b> -A", SyntaxError(.badParameter, at: 16)),
      ("MAIL FROM:<a@b> A=1 a=2", SyntaxError(.duplicate, at: 16)),
      ("DATA x", SyntaxError(.trailingBytes, at: 4)), ("QUIT ", SyntaxError(.trailingBytes, at: 4)),
      ("BDAT", SyntaxError(.unexpectedEnd, at: 4)), ("BDAT LAST", SyntaxError(.badNumber, at: 5)),
      ("BDAT 18446744073709551616", SyntaxError(.badNumber, at: 24)),
      ("BDAT 1 LASTLY", SyntaxError(.trailingBytes, at: 6)),
      ("BDAT 1LAST", SyntaxError(.trailingBytes, at: 6)), ("STARTTLS x", SyntaxError(.trailingBytes, at: 8)),
      ("NOOP \u{e4}", SyntaxError(.unexpectedByte, at: 5)), ("VRFY", SyntaxError(.unexpectedEnd, at: 4)),
      ("AUTH", SyntaxError(.unexpectedEnd, at: 4)), ("AUTH plain a b", SyntaxError(.trailingBytes, at: 12)),
      ("QUIT\u{0}", SyntaxError(.badToken, at: 4)), ("MAIL\tFROM:<a@b>", SyntaxError(.badToken, at: 4))
    ]
    for (line, expected) in table {
      do {
        let command = try Self.parse(line)
        Issue.record("accepted \(line): \(command)")
      } catch {
        #expect(error == expected, "\(line)")
      }
    }
    guard case .unknown = try? Self.parse("STARTTLSX") else {
      Issue.record("a longer verb is another verb")
      return
    }
  }

  @Test func quirks() throws {
    let table: [(String, SMTPQuirks)] = [
      ("MAIL FROM: <a@b>", .spaceAfterColon), ("MAIL FROM:a@b", .missingAngleBrackets),
      ("MAIL FROM:a@b SIZE=1", .missingAngleBrackets), ("RCPT TO:postmaster", .missingAngleBrackets),
      ("RCPT TO:<a@b_c>", .underscoreInDomain), ("EHLO susan's_laptop!", .irregularHelloName),
      ("DATA  ", .trailingSpace),
      ("MAIL FROM:<a@b> ", .trailingSpace), ("MAIL FROM:<a@b> A ", .trailingSpace), ("EHLO x ", .trailingSpace),
      ("AUTH PLAIN ", .trailingSpace)
    ]
    for (line, quirk) in table {
      let bytes = [UInt8](line.utf8)
      var used = SMTPQuirks.none
      _ = try SMTPCommandView.parse(bytes.span, quirks: .lenient, used: &used)
      #expect(used == quirk, "\(line)")
      #expect(throws: SyntaxError.self, "\(line)") { try Self.parse(line, SMTPQuirks.lenient.subtracting(quirk)) }
    }
  }

  @Test func parameters() throws {
    guard case .mail(_, let parameters) = try Self.parse("MAIL FROM:<a@b> SIZE=42 body=8bitmime X-Y RET=HDRS") else {
      Issue.record("not MAIL")
      return
    }
    #expect(parameters.size == 42 && parameters.body == .eightBitMIME)
    #expect(parameters.keywords.map(\.description) == ["SIZE", "body", "X-Y", "RET"])
    #expect(try parameters.value(of: ESMTPKeyword("ret")) == [UInt8]("HDRS".utf8))
    #expect(try parameters.value(of: ESMTPKeyword("x-y")) == [])
    #expect(parameters.value(of: .auth) == nil)
    let many = (0..<33).map { "K\($0)" }.joined(separator: " ")
    #expect(throws: SyntaxError(.tooMany, at: 118)) { try ESMTPParameters(many) }
    #expect(ESMTPParameters(size: 7, body: .sevenBit).description == "SIZE=7 BODY=7BIT")
  }

  /// Nothing that can be constructed writes a second line.
  @Test func noInjection() {
    for text in ["a\r\nb", "a\nb", "a\u{0}", "a\u{7f}", "\r"] {
      #expect((try? SMTPText(text)) == nil && (try? Mailbox("\(text)@x")) == nil && (try? Domain(text)) == nil)
      #expect(
        (try? HelloName(text)) == nil && (try? ESMTPParameters("A=\(text)")) == nil && (try? SMTPVerb(text)) == nil)
      #expect((try? SASLMechanism(text)) == nil && (try? Mailbox("\"\(text)\"@x")) == nil)
      let written = SMTPCommand.authenticate(.plain, initialResponse: InitialResponse(Secret(text))).encoded
      #expect(written.filter { $0 < 32 } == [13, 10])
    }
  }
}
