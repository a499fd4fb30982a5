import MailTestKit
import MailWire
import SMTPCodec
import Testing

@Suite struct DSNParameterTests {
  @Test func xtext() throws {
    let table: [(String, String)] = [
      ("", ""), ("QQ314159", "QQ314159"), ("a+b=c", "a+2Bb+3Dc"), ("a b", "a+20b"), ("\u{7F}\r\n\0", "+7F+0D+0A+00"),
      ("é", "+C3+A9"), ("!~", "!~")
    ]
    for (plain, encoded) in table {
      let bytes = [UInt8](plain.utf8)
      let text = [UInt8](encoded.utf8)
      check(XText.encode(bytes.span) == text, encoded)
      check(try XText.decode(text.span) == bytes, encoded)
    }
    for text in ["+", "+4", "a+G0", "a+0G", "a=b", "a b", "é", "+2b+"] {
      let bytes = [UInt8](text.utf8)
      check((try? XText.decode(bytes.span)) == nil, text)
    }
    let lower: [UInt8] = [43, 50, 98]
    #expect(try XText.decode(lower.span) == [43])
    var random = SplitMix64(seed: 1)
    for _ in 0..<200 {
      let bytes = random.hostileBytes(below: 40)
      let encoded = XText.encode(bytes.span)
      check(try XText.decode(encoded.span) == bytes)
      check(!encoded.contains { !(33...126 ~= $0) })
      _ = try? XText.decode(bytes.span)
    }
  }

  @Test func notify() throws {
    let table: [(String, NotifyConditions?)] = [
      ("NEVER", .never), ("never", .never), ("SUCCESS", .success), ("FAILURE", .failure), ("DELAY", .delay),
      ("SUCCESS,FAILURE,DELAY", [.success, .failure, .delay]), ("delay,Success", [.success, .delay]),
      ("FAILURE,FAILURE", .failure), ("", nil), ("NEVER,DELAY", nil), ("DELAY,NEVER", nil), ("NEVER,NEVER", nil),
      ("SUCCESS,", nil), (",SUCCESS", nil), ("SUCCESS,,DELAY", nil), ("SUCCES", nil), ("SUCCESSX", nil),
      ("SUCCESS;DELAY", nil), ("SUCCESS DELAY", nil), ("FULL", nil)
    ]
    for (text, expected) in table {
      let bytes = [UInt8](text.utf8)
      check((try? NotifyConditions(bytes.span)) == expected, text)
    }
    #expect(try RecipientDSNParameters(ESMTPParameters()).notify == [])
  }

  @Test func allSixteenCombinations() throws {
    for bits in 0..<16 {
      let conditions = NotifyConditions(rawValue: UInt8(bits))
      let isNever = bits & 8 != 0
      check(conditions.wantsSuccess == (bits & 1 != 0 && !isNever), "SUCCESS of \(bits)")
      check(conditions.wantsFailure == (bits == 0 || (bits & 2 != 0 && !isNever)), "FAILURE of \(bits)")
      check(conditions.wantsDelay == (bits == 0 || (bits & 4 != 0 && !isNever)), "DELAY of \(bits)")
      let written = ESMTPParameters().adding(RecipientDSNParameters(notify: conditions))
      check(try RecipientDSNParameters(written).notify == (isNever ? .never : conditions), "\(bits)")
    }
  }

  @Test func returnContentAndEnvelopeIdentifier() throws {
    let table: [(String, MessageDSNParameters?)] = [
      ("", .init()), ("SIZE=5", .init()), ("RET=FULL", .init(returnContent: .full)),
      ("ret=hdrs", .init(returnContent: .headers)), ("RET=HEADERS", nil), ("RET", nil), ("RET=", nil),
      ("RET=FULL1", nil), ("ENVID=QQ314159", .init(envelopeIdentifier: try EnvelopeIdentifier("QQ314159"))),
      ("ENVID=a+20b+2B", .init(envelopeIdentifier: try EnvelopeIdentifier("a b+"))), ("ENVID=a+0D+0Ab", nil),
      ("ENVID=a+C3+A9", nil), ("ENVID", nil), ("ENVID=+", nil), ("ENVID=" + String(repeating: "a", count: 101), nil),
      ("RET=HDRS ENVID=x", .init(returnContent: .headers, envelopeIdentifier: try EnvelopeIdentifier("x")))
    ]
    for (text, expected) in table {
      let parsed = (try? ESMTPParameters(text)).flatMap { try? MessageDSNParameters($0) }
      check(parsed == expected, text)
    }
    #expect(throws: SyntaxError(.tooLong, at: 100)) { try EnvelopeIdentifier(String(repeating: "=", count: 34)) }
    #expect(throws: SyntaxError(.empty, at: 0)) { try EnvelopeIdentifier("") }
    #expect(throws: SyntaxError(.badParameter, at: 0)) { try EnvelopeIdentifier("a\r\nb") }
  }

  @Test func originalRecipient() throws {
    let table: [(String, String?, String)] = [
      ("rfc822;Bob@Example.COM", "Bob@Example.COM", "rfc822"), ("RFC822;a+2Bb@x", "a+b@x", "RFC822"),
      ("x400;/G:a+20b/", "/G:a b/", "x400"), ("rfc822;not an address", nil, ""), ("rfc822;a+20b;c", "a b;c", "rfc822"),
      ("rfc822;a+0Db", nil, ""), ("rfc822;", nil, ""), (";a@b", nil, ""), ("rfc822", nil, ""), ("", nil, ""),
      ("rf c;a", nil, ""), ("rfc822;a+4", nil, ""), ("rfc822;é@x", nil, ""), ("a@b;c", nil, ""),
      ("rfc822;" + String(repeating: "a", count: 494), nil, ""),
      ("utf-8;r\\x{F6}bert@x", "röbert@x", "utf-8"), ("UTF-8;röbert@x", "röbert@x", "UTF-8"),
      ("utf-8;\\x{1F600}\\x{5C}\\x{2B}\\x{20}@x", "😀\\+ @x", "utf-8"),
      // Not in the encoding's syntax: the address as it is.
      ("utf-8;a+2Bb@x", "a+2Bb@x", "utf-8"), ("utf-8;a\\b@x", "a\\b@x", "utf-8"),
      ("utf-8;\\x{D800}", "\\x{D800}", "utf-8"),
      ("utf-8;\\x{110000}", "\\x{110000}", "utf-8"), ("utf-8;\\x{0D}\\x{0A}", "\\x{0D}\\x{0A}", "utf-8"),
      ("utf-8;\\x{85}", "\\x{85}", "utf-8"), ("utf-8;\\x{F6", "\\x{F6", "utf-8"),
      ("utf-8;\\x{0000041}", "\\x{0000041}", "utf-8"),
      ("utf-8;a b", nil, ""), ("utf-8;a\rb", nil, "")
    ]
    for (text, address, type) in table {
      let bytes = [UInt8](text.utf8)
      let parsed = try? OriginalRecipient(parameter: bytes.span)
      check(parsed?.address == address.map { [UInt8]($0.utf8) }, text)
      guard let parsed else { continue }
      check(parsed.type == [UInt8](type.utf8), text)
      check(!parsed.encoded.contains { !(33...126 ~= $0) || $0 == 61 }, text)
      check(try OriginalRecipient(parameter: parsed.encoded.span) == parsed, text)
    }
    let broken: [UInt8] = [117, 116, 102, 45, 56, 59, 0xC3, 0x28]
    #expect(throws: SyntaxError(.badParameter, at: 6)) { try OriginalRecipient(parameter: broken.span) }
    // What was read goes on in the spelling in which it came.
    let unusual = [UInt8]("rfc822;+41@x".utf8)
    #expect(try OriginalRecipient(parameter: unusual.span).encoded == unusual)
    #expect(try OriginalRecipient(Mailbox("a+b=c@x")).encoded == [UInt8]("rfc822;a+2Bb+3Dc@x".utf8))
  }

  @Test func parametersAreReplacedAndOthersStay() throws {
    let mail = try ESMTPParameters("SIZE=7 ret=FULL X-Y BODY=8BITMIME ENVID=old")
    let identifier = try EnvelopeIdentifier("new one")
    #expect(
      mail.adding(MessageDSNParameters(returnContent: .headers, envelopeIdentifier: identifier)).description
        == "SIZE=7 X-Y BODY=8BITMIME RET=HDRS ENVID=new+20one")
    #expect(mail.adding(MessageDSNParameters()).description == "SIZE=7 X-Y BODY=8BITMIME")
    let recipient = RecipientDSNParameters(
      notify: [.failure, .delay], originalRecipient: try OriginalRecipient(Mailbox("robert@domain.test")))
    let written = ESMTPParameters().adding(recipient)
    #expect(written.description == "NOTIFY=FAILURE,DELAY ORCPT=rfc822;robert@domain.test")
    #expect(try RecipientDSNParameters(written) == recipient)
    #expect(try RecipientDSNParameters(ESMTPParameters(written.description)) == recipient)
    #expect(ESMTPParameters().adding(RecipientDSNParameters()).isEmpty)
  }

  @Test func originalRecipientsOfAnyOctetsNeverTrap() {
    var random = SplitMix64(seed: 2)
    for round in 0..<3000 {
      var bytes = [UInt8]((round & 1 == 0 ? "utf-8;" : "rfc822;").utf8)
      for _ in 0..<random.below(12) {
        let pieces: [[UInt8]] = [
          [92, 120, 123], [125], [43], [65, 48], [0xF0, 0x9F], [0x98, 0x80], [UInt8(random.below(256))]
        ]
        bytes += pieces[random.below(pieces.count)]
      }
      guard let parsed = try? OriginalRecipient(parameter: bytes.span) else { continue }
      check(!parsed.address.contains { $0 < 32 || $0 == 127 }, "\(bytes)")
      check(!parsed.encoded.contains { !(33...126 ~= $0) }, "\(bytes)")
    }
  }
}
