import IMAP
import IMAPCodec
import MailTestKit
import MailWire
import Testing

@Suite struct IMAPClientSecurityTests {
  private static func require(_ configuration: inout IMAPClientConfiguration) {
    configuration.security = .required
    configuration.allowsPlaintextAuthentication = false
  }

  @Test func startTLS() {
    let log = expectClient(
      """
      S: * OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED X-CLEAR] ready
      C: A1 STARTTLS
      S: A1 OK [CAPABILITY IMAP4rev1 X-CLEAR] begin
      -- tls
      C: A2 CAPABILITY
      S: * CAPABILITY IMAP4rev1 AUTH=PLAIN
      S: A2 OK done
      -- do login
      C: A3 AUTHENTICATE PLAIN
      S: +
      C: AHN1c2FuAHNlY3JldA==
      S: A3 OK [CAPABILITY IMAP4rev1 UIDPLUS] welcome
      """, configure: Self.require)
    expectLog(
      log,
      """
      greeting OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED X-CLEAR] ready
      encrypted(MailWire.TLSDescription(version: [], cipherSuite: [], isPeerVerified: true))
      ready untagged IMAP4rev1 AUTH=PLAIN
      quirks(IMAPCodec.IMAPQuirks(rawValue: 64))
      capabilities tagged IMAP4rev1 UIDPLUS
      #3 OK [CAPABILITY IMAP4rev1 UIDPLUS] welcome
      """)
  }

  /// What stands behind the OK in the clear, even a part of a line, was written by somebody who could not see our handshake.
  @Test func injection() {
    for injected in ["S: * CAPABILITY IMAP4rev1 AUTH=PLAIN", "S! * OK", "S! \\r", "S! \\x16"] {
      let log = expectClient(
        """
        S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready
        C: A1 STARTTLS
        S: A1 OK begin
        \(injected)
        -- closed
        """, configure: Self.require)
      check(
        log.suffix(2) == [
          "violation plaintextBeforeTLS closed", "closed violation(MailWire.ProtocolViolation.Fault.plaintextBeforeTLS)"
        ],
        "\(injected): \(log)")
    }
  }

  @Test func encryptionUnavailable() {
    let dialogues = [
      "S: * PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] welcome",
      "S: * OK [CAPABILITY IMAP4rev1] ready",
      """
      S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready
      C: A1 STARTTLS
      S: A1 NO not today
      """,
      """
      S: * OK ready
      C: A1 CAPABILITY
      S: A1 BAD what
      """
    ]
    for dialogue in dialogues {
      let log = expectClient(dialogue + "\n-- closed", configure: Self.require)
      check(log.dropLast().last == "violation encryptionUnavailable closed", "\(dialogue): \(log)")
    }
  }

  @Test func opportunism() {
    let refused = expectClient(
      """
      S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready
      C: A1 STARTTLS
      S: A1 NO not today
      """, configure: { $0.security = .opportunistic })
    check(refused.last == "ready greeting IMAP4rev1 STARTTLS", "\(refused)")
    let preauthenticated = expectClient(
      """
      S: * PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] welcome
      -- do SELECT INBOX
      C: A1 SELECT INBOX
      S: A1 OK selected
      """, configure: { $0.security = .opportunistic })
    check(preauthenticated.last == "#1 OK selected", "\(preauthenticated)")
    let implicit = expectClient(
      """
      -- tls
      S: * PREAUTH [CAPABILITY IMAP4rev1] welcome
      """, configure: Self.require)
    check(implicit.last == "ready greeting IMAP4rev1", "\(implicit)")
  }

  /// A completion of what has not been sent, or not wholly, was made up.
  @Test func prematureCompletions() {
    for text in [
      "* OK ready\r\nA1 OK done\r\n", "* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\nA1 OK begin\r\n",
      "* OK [CAPABILITY IMAP4rev1] ready\r\nA1 OK done\r\n"
    ] {
      var configuration = IMAPClientConfiguration()
      configuration.security = .opportunistic
      var client = IMAPClient(configuration: configuration)
      check(feed(&client, text).actions == [.close], text)
    }
    let log = expectClient(
      #"""
      S: * PREAUTH [CAPABILITY IMAP4rev1] ready
      -- do CREATE "a\"é"
      C: A1 CREATE {4}
      S: A1 OK created
      -- closed
      """#)
    check(log.last?.hasSuffix("unexpectedResponse)") == true, "\(log)")
  }

  @Test func refusedLocally() throws {
    var client = IMAPClient(configuration: .init())
    client.transportDidChange(.tls(TLSDescription()), at: .zero)
    feed(&client, "* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] ready\r\n")
    let susan = Credentials(user: "susan", password: "secret")
    #expect(throws: MisuseError.notOffered) { try client.authenticate(susan) }
    for (text, error) in [
      ("LOGIN susan secret", MisuseError.notOffered), ("SELECT INBOX", .outOfSequence), ("IDLE", .outOfSequence),
      ("STARTTLS", .outOfSequence), ("COMPRESS DEFLATE", .outOfSequence), ("ENABLE X", .outOfSequence),
      ("ID NIL", .notOffered)
    ] {
      let command = try command(text)
      let thrown = Self.error { () throws(MisuseError) in _ = try client.send(command) }
      check(thrown == error, "\(text): \(String(describing: thrown))")
    }
    var configuration = IMAPClientConfiguration()
    configuration.security = .none
    var clear = IMAPClient(configuration: configuration)
    feed(&clear, "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n")
    #expect(throws: MisuseError.encryptionRequired) { try clear.authenticate(susan) }
    let login = try command("LOGIN susan secret")
    #expect(throws: MisuseError.encryptionRequired) { try clear.send(login) }
    #expect(throws: MisuseError.outOfSequence) { try clear.finishIdle() }
    #expect(throws: MisuseError.contentNotExpected) { try clear.finishContent() }
    #expect(throws: MisuseError.outOfSequence) { try clear.respond(Secret("")) }
    clear.close()
    #expect(throws: MisuseError.closed) { try clear.send(.noop) }
  }

  @Test func tracesHideSecrets() throws {
    var configuration = IMAPClientConfiguration()
    configuration.security = .none
    configuration.allowsPlaintextAuthentication = true
    configuration.tracing = true
    for greeting in ["AUTH=PLAIN", "AUTH=PLAIN SASL-IR", "X", "LOGINDISABLED AUTH=LOGIN", "LITERAL+"] {
      var client = IMAPClient(configuration: configuration)
      feed(&client, "* OK [CAPABILITY IMAP4rev1 \(greeting)] ready\r\n")
      try client.authenticate(Credentials(user: "susan", password: "p\r\nw"))
      var text = feed(&client, "").traces
      for _ in 0..<3 { text += feed(&client, "+ VXNlcg==\r\n").traces }
      let lines = text.map { "\($0)" }.joined(separator: "\n")
      check(
        !lines.contains("p\\x0D") && !lines.contains("c3VzYW4") && !lines.contains("cA0K")
          && (!greeting.contains("AUTH") || !lines.contains("VXNlcg")), lines)
      check(lines.contains("<hidden>"), lines)
    }
  }

  private static func error(_ body: () throws(MisuseError) -> Void) -> MisuseError? {
    do throws(MisuseError) {
      try body()
      return nil
    } catch {
      return error
    }
  }
}
