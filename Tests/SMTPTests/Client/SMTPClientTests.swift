import MailTestKit
import MailWire
import SMTP
import SMTPCodec
import Testing

let session = """
  S: 220 mail.website.test ESMTP
  C: EHLO client.test
  S: 250-mail.website.test
  S: 250-SIZE 1000
  S: 250 8BITMIME

  """
let pipelinedSession = """
  S: 220 mail.website.test ESMTP
  C: EHLO client.test
  S: 250-mail.website.test
  S: 250 PIPELINING

  """

@Suite struct SMTPClientTests {
  @Test func transaction() {
    let log = expectClient(
      session + """
        C: MAIL FROM:<susan@website.test> SIZE=15 BODY=8BITMIME
        S: 250 2.1.0 Ok
        C: RCPT TO:<robert@domain.test>
        S: 250 2.1.5 Ok
        C: DATA
        S: 354 Go
        C: Hello
        C: ..dot
        C: .
        S: 250 2.0.0 Ok: queued as 1
        C: QUIT
        S: 221 Bye
        -- closed
        """, ClientPlan(size: 15, body: .eightBitMIME))
    #expect(
      log == ["ready SIZE 8BITMIME", "recipient 0 250", "contentWanted", "outcome accepted 250", "closed quit"])
  }

  @Test func pipelining() {
    let log = expectClient(
      pipelinedSession + """
        C: MAIL FROM:<susan@website.test>
        C: RCPT TO:<a@domain.test>
        C: RCPT TO:<b@domain.test>
        C: RCPT TO:<c@domain.test>
        S: 250 Ok
        S: 250 Ok
        S: 550-5.1.1 No
        S: 550 5.1.1 such user
        S: 451 later
        C: DATA
        S: 354 Go
        C: Hello
        C: ..dot
        C: .
        S: 250 Ok
        C: QUIT
        S: 221
        -- closed
        """, ClientPlan(recipients: ["a@domain.test", "b@domain.test", "c@domain.test"]))
    #expect(log.contains("outcome accepted 250, refused 550 at recipient, refused 451 at recipient"))
  }

  @Test func nobodyAccepted() {
    let log = expectClient(
      pipelinedSession + """
        C: MAIL FROM:<susan@website.test>
        C: RCPT TO:<a@domain.test>
        C: RCPT TO:<b@domain.test>
        S: 250 Ok
        S: 550 no
        S: 450 later
        C: RSET
        S: 250 Ok
        C: QUIT
        S: 221 Bye
        -- closed
        """, ClientPlan(recipients: ["a@domain.test", "b@domain.test"]))
    #expect(log.contains("outcome refused 550 at recipient, refused 450 at recipient"))
  }

  @Test func allOrNothing() {
    let log = expectClient(
      pipelinedSession + """
        C: MAIL FROM:<susan@website.test>
        C: RCPT TO:<a@domain.test>
        C: RCPT TO:<b@domain.test>
        S: 250 Ok
        S: 250 Ok
        S: 450 later
        C: RSET
        S: 250 Ok
        C: QUIT
        S: 221 Bye
        -- closed
        """, ClientPlan(recipients: ["a@domain.test", "b@domain.test"])
    ) { $0.requiresAllRecipients = true }
    #expect(log.contains("outcome refused 450 at otherRecipient, refused 450 at recipient"))
  }

  @Test func refusedSender() {
    let log = expectClient(
      pipelinedSession + """
        C: MAIL FROM:<susan@website.test>
        C: RCPT TO:<robert@domain.test>
        S: 550 5.7.1 Not you
        S: 503 Sender first
        C: QUIT
        S: 221 Bye
        -- closed
        """)
    #expect(log.contains("outcome refused 550 at sender"))
    let slow = expectClient(
      session + """
        C: MAIL FROM:<susan@website.test>
        S: 451 4.3.0 Later
        C: QUIT
        S: 221 Bye
        -- closed
        """)
    #expect(slow.contains("outcome refused 451 at sender"))
  }

  @Test func refusedData() {
    let log = expectClient(
      session + """
        C: MAIL FROM:<susan@website.test>
        S: 250 Ok
        C: RCPT TO:<robert@domain.test>
        S: 250 Ok
        C: DATA
        S: 451 4.3.0 Later
        C: RSET
        S: 250 Ok
        C: QUIT
        S: 221 Bye
        -- closed
        """)
    #expect(log.contains("outcome refused 451 at data"))
  }

  /// What the host learns when the connection ends at each point of a transaction.
  @Test func interruptions() {
    let steps = [
      "C: MAIL FROM:<susan@website.test>", "S: 250 Ok", "C: RCPT TO:<robert@domain.test>", "S: 250 Ok", "C: DATA",
      "S: 354 Go", "C: Hello\nC: ..dot\nC: ."
    ]
    for count in stride(from: 1, through: steps.count, by: 2) {
      let done = session + steps.prefix(count).joined(separator: "\n")
      let outcome = count == steps.count ? "ambiguous" : "unsent"
      for (end, reason) in [("-- end", "peerClosed"), ("-- failed", "transportFailed"), ("-- +10m", "timedOut")] {
        let log = expectClient(done + "\n\(end)\n-- closed")
        #expect(log.suffix(2) == ["outcome \(outcome) \(reason)", "closed \(reason)"], "\(done)")
      }
    }
  }

  @Test func serviceClosing() {
    let log = expectClient(
      session + """
        C: MAIL FROM:<susan@website.test>
        S: 250 Ok
        C: RCPT TO:<robert@domain.test>
        S: 421 4.3.2 Going down
        -- closed
        """)
    #expect(
      log.suffix(3) == ["refused 421 4.3.2 Going down", "outcome refused 421 at recipient", "closed serviceRefused"])
    #expect(expectClient("S: 554 5.3.2 No\n-- closed").last == "closed serviceRefused")
    #expect(expectClient("S: 421 4.3.2 Busy\n-- closed").first == "refused 421 4.3.2 Busy")
    #expect(expectClient(session + "C: MAIL FROM:<susan@website.test>\nS: 421 4.4.2 Timeout\n-- closed").count == 4)
  }

  @Test func oldServers() {
    expectClient(
      """
      S: 220-mail.website.test
      S: 220 at your service
      C: EHLO client.test
      S: 502 Unknown
      C: HELO client.test
      S: 250 mail
      C: QUIT
      S: 221
      -- closed
      """, ClientPlan(sendsNothing: true))
    let refused = expectClient(
      "S: 220 mail\nC: EHLO client.test\nS: 550 Go away\n-- closed", ClientPlan(sendsNothing: true))
    #expect(refused.first == "refused 550 Go away")
  }

  @Test func replyForms() {
    expectClient(
      """
      S! 220\\r\\n
      C: EHLO client.test
      S! 250-x\\n250-\\r\\n250 AUTH=PLAIN LOGIN\\n
      C: QUIT
      S! 221 \\xFF\\x00\\r\\n
      -- closed
      """, ClientPlan(sendsNothing: true))
  }

  @Test func violations() {
    for text in ["hello there", "220-a\nS: 250 b", "99 x", "2200 x", "600 x", "220-x\nS: y"] {
      let log = expectClient("S: " + text + "\n-- closed", ClientPlan(sendsNothing: true))
      #expect(log.first?.hasPrefix("violation syntax") == true, "\(text) \(log)")
    }
    let sent = """
      C: MAIL FROM:<susan@website.test>
      S: 250 Ok
      C: RCPT TO:<robert@domain.test>
      S: 250 Ok
      C: DATA
      S: 354 Go

      """
    let unsolicited = expectClient(
      session + sent + "C: Hello\nC: ..dot\nC: .\nS: 250 Ok\nS: 250 Again\n-- closed", ClientPlan(quits: false))
    #expect(unsolicited.suffix(3).first == "outcome accepted 250" && unsolicited.last?.contains("unsolicited") == true)
  }

  @Test func authentication() {
    let plan = ClientPlan(credentials: Credentials(user: "susan", password: "secret"))
    let dialogues = [
      ("PLAIN LOGIN", "C: AUTH PLAIN AHN1c2FuAHNlY3JldA==\nS: 235 2.7.0 Ok", "authenticated"),
      ("PLAIN", "C: AUTH PLAIN AHN1c2FuAHNlY3JldA==\nS: 334\nC: AHN1c2FuAHNlY3JldA==\nS: 235 Ok", "authenticated"),
      ("LOGIN", "C: AUTH LOGIN\nS: 334 User\nC: c3VzYW4=\nS! 334\\r\\n\nC: c2VjcmV0\nS: 235 Ok", "authenticated"),
      ("LOGIN", "C: AUTH LOGIN\nS: 334 User\nC: c3VzYW4=\nS: 535 No", "authenticationFailed 535")
    ]
    for (mechanisms, dialogue, result) in dialogues {
      let log = expectClient(
        """
        S: 220 mail
        C: EHLO client.test
        S: 250-mail
        S: 250 AUTH \(mechanisms)
        \(dialogue)
        C: MAIL FROM:<susan@website.test>
        S: 550 No
        C: QUIT
        S: 221 Bye
        -- closed
        """, plan
      ) { $0.allowsPlaintextAuthentication = true }
      #expect(log.contains(result))
    }
  }

  @Test func startTLS() {
    let offered = """
      S: 220 mail
      C: EHLO client.test
      S: 250-mail
      S: 250-SIZE 5
      S: 250 STARTTLS

      """
    let log = expectClient(
      offered + """
        C: STARTTLS
        S: 220 Go ahead
        -- tls
        C: EHLO client.test
        S: 250 mail
        C: QUIT
        S: 221 Bye
        -- closed
        """, ClientPlan(sendsNothing: true)
    ) { $0.security = .required }
    #expect(log == ["encrypted", "ready ", "closed quit"])
    for injected in ["250 x\\r\\n", "250", "2", "250-x\\r\\n250 y\\r\\n235 ok\\r\\n"] {
      let log = expectClient(
        offered + "C: STARTTLS\nS! 220 Go ahead\\r\\n\(injected)\n-- closed", ClientPlan(sendsNothing: true)
      ) { $0.security = .opportunistic }
      #expect(log.contains { $0.hasPrefix("violation plaintextBeforeTLS") }, "\(injected)")
      #expect(!log.contains { $0.hasPrefix("ready") }, "\(injected)")
    }
  }

  @Test func strippedStartTLS() {
    for answer in ["S: 250 mail\n-- closed", "S: 250-mail\nS: 250 STARTTLS\nC: STARTTLS\nS: 454 Not now\n-- closed"] {
      let log = expectClient("S: 220 mail\nC: EHLO client.test\n\(answer)", ClientPlan()) { $0.security = .required }
      #expect(log.contains("violation encryptionUnavailable closed"))
    }
    expectClient(
      "S: 220 mail\nC: EHLO client.test\nS: 250-mail\nS: 250 STARTTLS\nC: STARTTLS\nS: 454 Not now\nC: QUIT",
      ClientPlan(sendsNothing: true)
    ) { $0.security = .opportunistic }
  }
}
