import MailTestKit
import MailWire
import POP3
import POP3Codec
import Testing

@Suite struct POP3ServerSecurityTests {
  @Test func authentication() {
    let log = expectServer(
      """
      S: +OK POP3 server ready
      C: USER two words
      S: +OK
      C: PASS  a b 
      S: -ERR [AUTH] Authentication failed
      C: PASS secret
      S: -ERR Not valid in this state
      C: AUTH PLAIN
      S: + 
      C: *
      S: -ERR Authentication cancelled
      C: AUTH PLAIN =
      S: -ERR [AUTH] Malformed credentials
      C: AUTH PLAIN ?
      S: -ERR Syntax error
      C: AUTH LOGIN
      S: -ERR [AUTH] Unknown mechanism
      C: APOP susan c4c9334bac560ecc979e58001b3e22fb
      S: -ERR Not implemented
      C: USER susan
      S: +OK
      C: AUTH PLAIN
      S: + 
      C: AHN1c2FuAHNlY3JldA==
      S: +OK Maildrop locked, 3 messages (93 octets)
      C: AUTH PLAIN
      S: -ERR Not valid in this state
      """
    ) { $0.limits.authenticationFailures = 10 }
    #expect(log.first == "authenticate two words")
    expectServer(
      """
      S: +OK POP3 server ready <1.2@website.test>
      C: APOP susan 04c9334bac560ecc979e58001b3e22fb
      S: -ERR [AUTH] Authentication failed
      C: APOP susan c4c9334bac560ecc979e58001b3e22fb
      S: +OK Maildrop locked, 3 messages (93 octets)
      """
    ) { $0.timestamp = try? APOPTimestamp("<1.2@website.test>") }
    let inUse = Host(nastyMessages)
    inUse.isInUse = true
    expectServer(
      """
      S: +OK POP3 server ready
      C: USER susan
      S: +OK
      C: PASS secret
      S: -ERR [IN-USE] Maildrop is in use by another session
      C: USER susan
      S: +OK
      C: PASS wrong
      S: -ERR [AUTH] Authentication failed
      C: QUIT
      S: +OK Goodbye
      -- closed
      """, host: inUse)
    #expect(inUse.updated == nil)
    expectServer(
      """
      S: +OK POP3 server ready
      C: USER susan
      S: +OK
      C: PASS 1
      S: -ERR [AUTH] Authentication failed
      C: USER susan
      S: +OK
      C: PASS 2
      S: -ERR [AUTH] Authentication failed
      C: AUTH PLAIN AHN1c2FuADM=
      S: -ERR [AUTH] Authentication failed
      -- closed
      """)
  }

  @Test func encryption() {
    let log = expectServer(
      """
      S: +OK POP3 server ready <1.2@website.test>
      C: USER susan
      S: -ERR [AUTH] Encryption required, use STLS
      C: AUTH PLAIN AHN1c2FuAHNlY3JldA==
      S: -ERR [AUTH] Encryption required, use STLS
      C: CAPA
      S: +OK Capability list follows
      S: TOP
      S: UIDL
      S: RESP-CODES
      S: AUTH-RESP-CODE
      S: PIPELINING
      S: STLS
      S: .
      C: STLS now
      S: -ERR Noise after the arguments
      C: STLS
      S: +OK Begin TLS negotiation
      -- tls
      C: STLS
      S: -ERR Not valid in this state
      C: PASS secret
      S: -ERR Not valid in this state
      C: APOP susan c4c9334bac560ecc979e58001b3e22fb
      S: -ERR Not implemented
      C: CAPA
      S: +OK Capability list follows
      S: TOP
      S: UIDL
      S: RESP-CODES
      S: AUTH-RESP-CODE
      S: PIPELINING
      S: USER
      S: SASL PLAIN
      S: .
      C: USER susan
      S: +OK
      C: PASS secret
      S: +OK Maildrop locked, 3 messages (93 octets)
      """
    ) {
      $0.allowsPlaintextAuthentication = false
      $0.offersStartTLS = true
      $0.timestamp = try? APOPTimestamp("<1.2@website.test>")
    }
    #expect(log.filter { $0.hasPrefix("encrypted") }.count == 1)
    // The name of USER does not survive the handshake.
    expectServer(
      """
      S: +OK POP3 server ready
      C: USER susan
      S: +OK
      C: STLS
      S: +OK Begin TLS negotiation
      -- tls
      C: PASS secret
      S: -ERR Not valid in this state
      """
    ) { $0.offersStartTLS = true }
    expectServer(
      """
      -- tls
      S: +OK POP3 server ready
      C: STLS
      S: -ERR Not valid in this state
      C: USER susan
      S: +OK
      """
    ) {
      $0.offersStartTLS = true
      $0.allowsPlaintextAuthentication = false
    }
    for behind in ["USER eve\\r\\n", "U", "\\x16\\x03\\x01", "\\r\\n", "\\x00"] {
      let log = expectServer(
        """
        S: +OK POP3 server ready
        C! STLS\\r\\n\(behind)
        S: +OK Begin TLS negotiation
        -- closed
        """
      ) { $0.offersStartTLS = true }
      #expect(log.last?.contains("plaintextBeforeTLS") == true && !log.contains { $0.contains("eve") }, "\(behind)")
    }
    expectServer(
      """
      S: +OK POP3 server ready
      C: STLS
      S: +OK Begin TLS negotiation
      -- +61s
      -- closed
      """
    ) { $0.offersStartTLS = true }
    expectServer(
      """
      S: +OK POP3 server ready
      C: STLS
      S: -ERR Not implemented
      """)
  }

  @Test func endings() {
    let host = Host(nastyMessages)
    let opening = """
      S: +OK POP3 server ready
      C: USER susan
      S: +OK
      C: PASS secret
      S: +OK Maildrop locked, 3 messages (93 octets)
      C: DELE 1
      S: +OK Marked to be deleted

      """
    for (end, reason) in [
      ("-- end", "peerClosed"), ("-- failed", "transportFailed"), ("-- +599s\nC! NOO\n-- +1s", "timedOut"),
      ("-- do shutdown", "shutdown")
    ] {
      let log = expectServer(opening + end + "\n-- closed", host: host)
      #expect(log.last == "closed(MailWire.CloseReason.\(reason))", "\(end)")
      #expect(host.updated == nil && !log.contains { $0.hasPrefix("update") }, "\(end)")
    }
    // A command restarts the clock.
    let log = expectServer(
      opening + "-- +599s\nC: NOOP\nS: +OK\n-- +599s\nC: QUIT\nS: +OK Goodbye\n-- closed", host: host)
    #expect(host.updated == [1] && log.last == "closed(MailWire.CloseReason.quit)")
    // What arrived before the end of file still counts.
    expectServer(opening + "C! QUIT\\r\\nNOO\nS: +OK Goodbye\n-- closed", host: host)
    #expect(host.updated == [1])
    host.updateFails = true
    expectServer(opening + "C: QUIT\nS: -ERR [SYS/TEMP] Some deleted messages not removed\n-- closed", host: host)
  }

  @Test func otherProtocols() {
    for line in [
      "GET / HTTP/1.1", "POST /x HTTP/1.0", "CONNECT a:1 HTTP/1.1", "EHLO x", "helo x", "\\x16\\x03\\x01\\x02", "\\x80"
    ] {
      let log = expectServer(
        """
        S: +OK POP3 server ready
        C! \(line)\\r\\nUSER susan\\r\\n
        S: -ERR This is a POP3 server
        -- closed
        """)
      #expect(log.last?.contains("foreignProtocol") == true && log.count == 2, "\(line)")
    }
    expectServer(
      """
      S: +OK POP3 server ready
      C: CAPX
      S: -ERR Unknown command
      C: GET / HTTP/1.1
      S: -ERR Unknown command
      """)
  }

  @Test func errorBudget() {
    let log = expectServer(
      """
      S: +OK POP3 server ready
      C: JUNK
      C: JUNK
      C: JUNK
      C: JUNK
      S: -ERR Unknown command
      S: -ERR Unknown command
      S: -ERR Too many errors
      -- closed
      """
    ) { $0.limits.errors = 2 }
    #expect(log.last?.contains("tooManyErrors") == true)
  }

  @Test func quirksAreReported() {
    let log = expectServer(
      """
      S: +OK POP3 server ready
      C! USER susan\\nPASS secret\\n
      S: +OK
      S: +OK Maildrop locked, 3 messages (93 octets)
      C: LIST  01\u{20}
      S: +OK 1 36
      C: LAST
      S: +OK 0
      C: DELE 2
      S: +OK Marked to be deleted
      C: LAST
      S: +OK 2
      """
    ) {
      $0.quirks = .lenient
      $0.answersLast = true
    }
    #expect(log.filter { $0.hasPrefix("quirks") }.count == 3)
  }
}
