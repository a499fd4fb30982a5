import MailTestKit
import MailWire
import SMTP
import SMTPCodec
import Testing

@Suite struct SMTPServerSecurityTests {
  /// Table 4.1 of the smuggling research: what other servers took for the end of a message. Only CRLF.CRLF is one.
  @Test func onlyOneSequenceEndsAMessage() {
    let fakes = [
      "\\n.\\n", "\\n.\\r\\n", "\\r\\n.\\n", "\\r.\\r", "\\r.\\n", "\\r.\\r\\n", "\\n.\\r", "\\r\\n.\\r",
      "\\r\\n.\\r\\r\\n", "\\r\\r\\n.\\r\\r\\n", "\\r\\n\\x00.\\r\\n", "\\r\\n.\\x00\\r\\n"
    ]
    for fake in fakes {
      let log = expectServer(
        hello + """
          C: MAIL FROM:<susan@website.test>
          C: RCPT TO:<robert@domain.test>
          C: DATA
          S: 250 2.1.0 Sender OK
          S: 250 2.1.5 Recipient OK
          S: 354 End data with <CR><LF>.<CR><LF>
          C! a\(fake)MAIL FROM:<evil@website.test>\\r\\n.\\r\\n
          S: 550 5.6.0 Lines must end with CRLF and hold no NUL
          C: NOOP
          S: 250 2.0.0 OK
          """)
      #expect(!log.contains { $0.contains("evil") && $0.hasPrefix("mail") }, "\(fake)")
      #expect(log.last == "transactionAborted", "\(fake)")
    }
  }

  /// CR CR LF before the dot ends the message, since CRLF.CRLF is in it, and the bare CR refuses it.
  @Test func carriageReturnBeforeTheTerminator() {
    expectServer(
      hello + """
        C: MAIL FROM:<susan@website.test>
        C: RCPT TO:<robert@domain.test>
        C: DATA
        S: 250 2.1.0 Sender OK
        S: 250 2.1.5 Recipient OK
        S: 354 End data with <CR><LF>.<CR><LF>
        C! a\\r\\r\\n.\\r\\n
        S: 550 5.6.0 Lines must end with CRLF and hold no NUL
        """)
  }

  @Test func otherPolicies() {
    for (policy, text) in [(LineEndingPolicy.normalise, "a\\r\\nb\\r\\nc\\r\\n"), (.verbatim, "a\\nb\\rc\\x00\\r\\n")] {
      let log = expectServer(
        hello + """
          C: MAIL FROM:<susan@website.test>
          C: RCPT TO:<robert@domain.test>
          C: DATA
          S: 250 2.1.0 Sender OK
          S: 250 2.1.5 Recipient OK
          S: 354 End data with <CR><LF>.<CR><LF>
          C! a\\nb\\rc\\x00\\r\\n.\\r\\n
          S: 250 2.0.0 OK
          """
      ) { $0.contentPolicy = policy }
      #expect(log.contains("content: " + text), "\(policy)")
    }
  }

  static let tls = """
    S: 220 mail.website.test ESMTP
    C: EHLO client.test
    S: 250-mail.website.test
    S: 250-PIPELINING
    S: 250-SIZE 26214400
    S: 250-8BITMIME
    S: 250-ENHANCEDSTATUSCODES
    S: 250-STARTTLS
    S: 250 HELP

    """

  @Test func startTLS() {
    let log = expectServer(
      Self.tls + """
        C: STARTTLS now
        S: 501 5.5.4 Syntax error in the argument
        C: MAIL FROM:<susan@website.test>
        S: 530 5.7.0 Must issue a STARTTLS command first
        C: AUTH PLAIN AHN1c2FuAHNlY3JldA==
        S: 538 5.7.11 Encryption required
        C: STARTTLS
        S: 220 2.0.0 Ready to start TLS
        -- tls
        C: MAIL FROM:<susan@website.test>
        S: 503 5.5.1 Bad sequence of commands
        C: EHLO client.test
        S: 250-mail.website.test
        S: 250-PIPELINING
        S: 250-SIZE 26214400
        S: 250-8BITMIME
        S: 250-ENHANCEDSTATUSCODES
        S: 250-AUTH PLAIN LOGIN
        S: 250 HELP
        C: STARTTLS
        S: 503 5.5.1 Bad sequence of commands
        C: AUTH PLAIN AHN1c2FuAHNlY3JldA==
        S: 235 2.7.0 Authentication succeeded
        C: MAIL FROM:<susan@website.test>
        S: 250 2.1.0 Sender OK
        """
    ) {
      $0.offersStartTLS = true
      $0.offersAuthentication = true
      $0.requiresEncryption = true
    }
    #expect(log.contains("authenticate susan"))
  }

  /// Whole lines, half a line, a single octet behind STARTTLS: none may be read after the handshake.
  @Test func plaintextBehindStartTLS() {
    for injected in ["RSET\\r\\n", "RSET\\r\\nMAIL FROM:<a@b>\\r\\n", "RSE", "R", "\\x00"] {
      let log = expectServer(
        Self.tls + """
          C! STARTTLS\\r\\n\(injected)
          S: 220 2.0.0 Ready to start TLS
          -- closed
          """
      ) { $0.offersStartTLS = true }
      #expect(log.last == "closed violation(MailWire.ProtocolViolation.Fault.plaintextBeforeTLS)", "\(injected)")
    }
    let log = expectServer(
      Self.tls + """
        C: STARTTLS
        S: 220 2.0.0 Ready to start TLS
        -- tls failed
        -- closed
        """
    ) { $0.offersStartTLS = true }
    #expect(log.last == "closed tlsFailed")
  }

  @Test func authentication() {
    let start = """
      S: 220 mail.website.test ESMTP
      C: EHLO client.test
      S: 250-mail.website.test
      S: 250-PIPELINING
      S: 250-SIZE 26214400
      S: 250-8BITMIME
      S: 250-ENHANCEDSTATUSCODES
      S: 250-AUTH PLAIN LOGIN
      S: 250 HELP
      C: MAIL FROM:<susan@website.test>
      S: 530 5.7.0 Authentication required

      """
    let dialogues = [
      """
      C: AUTH PLAIN
      S! 334 \\r\\n
      C: AHN1c2FuAHNlY3JldA==
      S: 235 2.7.0 Authentication succeeded
      C: AUTH PLAIN AHN1c2FuAHNlY3JldA==
      S: 503 5.5.1 Bad sequence of commands
      """,
      """
      C: auth login
      S: 334 VXNlcm5hbWU6
      C: c3VzYW4=
      S: 334 UGFzc3dvcmQ6
      C: c2VjcmV0
      S: 235 2.7.0 Authentication succeeded
      C: MAIL FROM:<susan@website.test> AUTH=<>
      S: 250 2.1.0 Sender OK
      """,
      """
      C: AUTH LOGIN c3VzYW4=
      S: 334 UGFzc3dvcmQ6
      C: c2VjcmV0
      S: 235 2.7.0 Authentication succeeded
      """,
      """
      C: AUTH CRAM-MD5
      S: 504 5.5.4 Authentication mechanism not offered
      C: AUTH PLAIN
      S! 334 \\r\\n
      C: *
      S: 501 5.7.0 Authentication cancelled
      C: AUTH PLAIN !!!
      S: 501 5.5.2 Malformed base64
      C: AUTH PLAIN AHN1c2FuAHdyb25n
      S: 535 5.7.8 Authentication credentials invalid
      S: 421 4.7.0 Too many errors
      -- closed
      """,
      """
      C: AUTH PLAIN =
      S: 501 5.5.4 Syntax error in the argument
      C: AUTH PLAIN AHN1c2Fu
      S: 501 5.5.4 Syntax error in the argument
      """
    ]
    for dialogue in dialogues {
      expectServer(start + dialogue) {
        $0.offersAuthentication = true
        $0.allowsPlaintextAuthentication = true
        $0.requiresAuthentication = true
        $0.limits.authenticationFailures = 1
      }
    }
  }

  @Test func tracesHideSecrets() throws {
    var server = SMTPServer(
      configuration: try serverConfiguration {
        $0.offersAuthentication = true
        $0.allowsPlaintextAuthentication = true
        $0.tracing = true
      })
    let lines = [
      "EHLO x", "AUTH PLAIN AHN1c2FuAHdyb25n", "auth  plain AHN1c2FuAHdyb25n", "AUTH LOGIN", "c3VzYW4=", "c2VjcmV0",
      "AUTH CRAM-MD5", "c2VjcmV0", "NOOP \u{1b}[31m"
    ]
    var traced: [String] = []
    for line in lines {
      server.receive([UInt8]((line + "\r\n").utf8).span, at: .zero)
      traced += try drain(&server, handle: serve).traces.map(\.description)
    }
    let all = traced.joined(separator: "\n")
    for secret in ["AHN1c2FuAHdyb25n", "c2VjcmV0", "c3VzYW4=", "\u{1b}"] { #expect(!all.contains(secret), "\(all)") }
    #expect(traced.contains("C: AUTH PLAIN <hidden>") && traced.contains("C: NOOP \\x1B[31m"), "\(all)")
  }
}
