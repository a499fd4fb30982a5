import MailTestKit
import MailWire
import SMTP
import SMTPCodec
import Testing

@Suite struct SMTPClientLimitsTests {
  @Test func endlessReplies() throws {
    let endless: [(String, [UInt8])] = [
      ("line", [UInt8](repeating: 50, count: 4096)),
      ("lines", [UInt8](String(repeating: "220-x\r\n", count: 500).utf8)),
      ("total", [UInt8]((String(repeating: "220-", count: 1000) + "\r\n").utf8))
    ]
    for (name, block) in endless {
      var client = SMTPClient(configuration: try clientConfiguration())
      var events: [SMTPClientEvent] = []
      for _ in 0..<100 {
        client.receive(block.span, at: .zero)
        events += try drain(&client).events
      }
      guard case .closed(.violation(.responseTooLong)) = events.last else {
        Issue.record("\(name): \(events)")
        continue
      }
    }
  }

  @Test func manyRecipients() throws {
    var client = SMTPClient(configuration: try clientConfiguration())
    client.receive([UInt8]("220 x\r\n".utf8).span, at: .zero)
    _ = try drain(&client)
    client.receive([UInt8]("250-x\r\n250 PIPELINING\r\n".utf8).span, at: .zero)
    _ = try drain(&client)
    let mailbox = try Mailbox("robert@domain.test")
    try client.send(SMTPEnvelope(from: mailbox, to: Array(repeating: mailbox, count: 10_000)))
    let sent = try drain(&client).bytes.count
    #expect(
      sent == "MAIL FROM:<robert@domain.test>\r\n".utf8.count + 10_000 * "RCPT TO:<robert@domain.test>\r\n".utf8.count)
    let replies = [UInt8](String(repeating: "250 Ok\r\n", count: 10_001).utf8)
    client.receive(replies.span, at: .zero)
    #expect(try drain(&client).text == "DATA\\r\\n")
  }

  @Test func misuseChangesNothing() throws {
    var client = SMTPClient(configuration: try clientConfiguration())
    let mailbox = try Mailbox("robert@domain.test")
    #expect(throws: MisuseError.outOfSequence) { try client.quit() }
    #expect(throws: MisuseError.contentNotExpected) { try client.finishContent() }
    client.receive([UInt8]("220 x\r\n".utf8).span, at: .zero)
    _ = try drain(&client)
    client.receive([UInt8]("250-x\r\n250 SIZE 10\r\n".utf8).span, at: .zero)
    _ = try drain(&client)
    #expect(throws: MisuseError.badArgument) { try client.send(SMTPEnvelope(from: mailbox, to: [])) }
    #expect(throws: MisuseError.tooLong) { try client.send(SMTPEnvelope(from: mailbox, to: [mailbox], size: 11)) }
    #expect(throws: MisuseError.notOffered) {
      try client.send(SMTPEnvelope(from: mailbox, to: [mailbox], body: .eightBitMIME))
    }
    #expect(throws: MisuseError.encryptionRequired) { try client.authenticate(Credentials(user: "a", password: "b")) }
    let isIdle = client.isIdle
    #expect(isIdle)
    #expect(try drain(&client).bytes.isEmpty)
  }
}
