import MailTestKit
import MailWire
import POP3
import POP3Codec
import Testing

@Suite struct POP3ServerTests {
  /// Two messages of 120 and 200 octets would be those of RFC 1939; these are shorter and nastier.
  private static let messages = [
    "Subject: one\r\n\r\nfirst\r\n..second\r\n.\r\n", "Subject: two\nX: y\n\n.1\n2\n\n3", "no blank line\r\nat all\r\n"
  ]

  @discardableResult
  private func expect(
    _ text: String, host: Host = Host(messages),
    configure: @escaping (inout POP3ServerConfiguration) -> Void = { _ in },
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> [String] {
    expectTranscript(
      text, drives: .server, machine: { host.server(configure) }, log: logEntry, sourceLocation: sourceLocation,
      handle: { try host.handle($0, &$1) },
      act: { name, server in
        switch name {
        case "shutdown": server.shutDown()
        default: Issue.record("unknown act \(name)")
        }
      })
  }

  @Test func session() {
    let host = Host(Self.messages)
    let log = expect(
      """
      S: +OK POP3 server ready
      C: CAPA
      S: +OK Capability list follows
      S: TOP
      S: UIDL
      S: RESP-CODES
      S: AUTH-RESP-CODE
      S: PIPELINING
      S: USER
      S: SASL PLAIN
      S: IMPLEMENTATION test
      S: .
      C: USER susan
      S: +OK
      C: PASS secret
      S: +OK Maildrop locked, 3 messages (93 octets)
      C: STAT
      S: +OK 3 93
      C: LIST
      S: +OK 3 messages (93 octets)
      S: 1 36
      S: 2 34
      S: 3 23
      S: .
      C: LIST 2
      S: +OK 2 34
      C: UIDL
      S: +OK
      S: 1 id-1
      S: 2 id-2
      S: 3 id-3
      S: .
      C: UIDL 3
      S: +OK 3 id-3
      C: RETR 1
      S: +OK 36 octets
      S: Subject: one
      S:
      S: first
      S: ...second
      S: ..
      S: .
      C: RETR 2
      S: +OK 34 octets
      S: Subject: two
      S: X: y
      S:
      S: ..1
      S: 2
      S:
      S: 3
      S: .
      C: TOP 1 0
      S: +OK
      S: Subject: one
      S:
      S: .
      C: TOP 2 1
      S: +OK
      S: Subject: two
      S: X: y
      S:
      S: ..1
      S: .
      C: TOP 1 99999999
      S: +OK
      S: Subject: one
      S:
      S: first
      S: ...second
      S: ..
      S: .
      C: TOP 3 0
      S: +OK
      S: no blank line
      S: at all
      S: .
      C: NOOP
      S: +OK
      C: DELE 2
      S: +OK Marked to be deleted
      C: STAT
      S: +OK 2 59
      C: LIST
      S: +OK 2 messages (59 octets)
      S: 1 36
      S: 3 23
      S: .
      C: RSET
      S: +OK 3 messages (93 octets)
      C: DELE 3
      S: +OK Marked to be deleted
      C: DELE 1
      S: +OK Marked to be deleted
      C: QUIT
      S: +OK Goodbye
      -- closed
      """, host: host
    ) { $0.additionalCapabilities = POP3Capabilities((try? [POP3Capability(.implementation, "test")]) ?? []) }
    #expect(host.updated == [1, 3])
    #expect(log.suffix(2) == ["update(deleted: [1, 3])", "closed(MailWire.CloseReason.quit)"])
  }

  @Test func pipelined() {
    let log = expect(
      """
      C: USER susan
      C: PASS secret
      C: STAT
      C: LIST 1
      C: RETR 3
      C: TOP 1 0
      C: DELE 1
      C: NOOP
      C: UIDL
      C: QUIT
      S: +OK POP3 server ready
      S: +OK
      S: +OK Maildrop locked, 3 messages (93 octets)
      S: +OK 3 93
      S: +OK 1 36
      S: +OK 23 octets
      S: no blank line
      S: at all
      S: .
      S: +OK
      S: Subject: one
      S:
      S: .
      S: +OK Marked to be deleted
      S: +OK
      S: +OK
      S: 2 id-2
      S: 3 id-3
      S: .
      S: +OK Goodbye
      -- closed
      """.replacingGreeting())
    #expect(log.contains("update(deleted: [1])"))
  }

  /// What other servers get wrong.
  @Test func mistakesOfOthers() {
    expect(
      """
      S: +OK POP3 server ready
      C: STAT
      S: -ERR Not valid in this state
      C: NOOP
      S: -ERR Not valid in this state
      C: PASS secret
      S: -ERR Not valid in this state
      C: USER susan
      S: +OK
      C: CAPA
      S: +OK Capability list follows
      S: TOP
      S: UIDL
      S: RESP-CODES
      S: AUTH-RESP-CODE
      S: PIPELINING
      S: USER
      S: SASL PLAIN
      S: STLS
      S: .
      C: PASS secret
      S: +OK Maildrop locked, 3 messages (93 octets)
      C: USER again
      S: -ERR Not valid in this state
      C: STLS
      S: -ERR Not valid in this state
      C: DELE 0
      S: -ERR Invalid number
      C: RETR 0
      S: -ERR Invalid number
      C: LIST 0
      S: -ERR Invalid number
      C: RETR 99
      S: -ERR No such message
      C: UIDL 4
      S: -ERR No such message
      C: TOP 4 0
      S: -ERR No such message
      C: DELE 1
      S: +OK Marked to be deleted
      C: DELE 1
      S: -ERR Message is deleted
      C: RETR 1
      S: -ERR Message is deleted
      C: TOP 1 0
      S: -ERR Message is deleted
      C: LIST 1
      S: -ERR Message is deleted
      C: UIDL 1
      S: -ERR Message is deleted
      C: UIDL
      S: +OK
      S: 2 id-2
      S: 3 id-3
      S: .
      C: RETR 002
      S: +OK 34 octets
      S: Subject: two
      S: X: y
      S:
      S: ..1
      S: 2
      S:
      S: 3
      S: .
      C: RETR +2
      S: -ERR Invalid number
      C: RETR 2 x
      S: -ERR Noise after the arguments
      C: RETR
      S: -ERR Argument missing
      C: TOP 2
      S: -ERR Argument missing
      C: RETR 18446744073709551617
      S: -ERR Invalid number
      C: LAST
      S: -ERR Not implemented
      C: UTF8
      S: -ERR Not implemented
      C: LANG
      S: -ERR Not implemented
      C! \\r\\n
      S: -ERR Syntax error
      C! NO\\x00OP\\r\\n
      S: -ERR Syntax error
      C! NOOP\\n\\r\\n
      S: -ERR Syntax error
      """
    ) {
      $0.offersStartTLS = true
      $0.limits.errors = 100
    }
  }

  @Test func emptyMaildrop() {
    expect(
      """
      S: +OK POP3 server ready
      C: AUTH PLAIN AHN1c2FuAHNlY3JldA==
      S: +OK Maildrop locked, 0 messages (0 octets)
      C: LIST
      S: +OK 0 messages (0 octets)
      S: .
      C: UIDL
      S: +OK
      S: .
      C: STAT
      S: +OK 0 0
      C: RETR 1
      S: -ERR No such message
      C: QUIT
      S: +OK Goodbye
      -- closed
      """, host: Host())
  }

  @Test func authentication() {
    let log = expect(
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
    expect(
      """
      S: +OK POP3 server ready <1.2@website.test>
      C: APOP susan 04c9334bac560ecc979e58001b3e22fb
      S: -ERR [AUTH] Authentication failed
      C: APOP susan c4c9334bac560ecc979e58001b3e22fb
      S: +OK Maildrop locked, 3 messages (93 octets)
      """
    ) { $0.timestamp = try? APOPTimestamp("<1.2@website.test>") }
    let inUse = Host(Self.messages)
    inUse.isInUse = true
    expect(
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
    expect(
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
    let log = expect(
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
    expect(
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
    expect(
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
      let log = expect(
        """
        S: +OK POP3 server ready
        C! STLS\\r\\n\(behind)
        S: +OK Begin TLS negotiation
        -- closed
        """
      ) { $0.offersStartTLS = true }
      #expect(log.last?.contains("plaintextBeforeTLS") == true && !log.contains { $0.contains("eve") }, "\(behind)")
    }
    expect(
      """
      S: +OK POP3 server ready
      C: STLS
      S: +OK Begin TLS negotiation
      -- +61s
      -- closed
      """
    ) { $0.offersStartTLS = true }
    expect(
      """
      S: +OK POP3 server ready
      C: STLS
      S: -ERR Not implemented
      """)
  }

  @Test func endings() {
    let host = Host(Self.messages)
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
      let log = expect(opening + end + "\n-- closed", host: host)
      #expect(log.last == "closed(MailWire.CloseReason.\(reason))", "\(end)")
      #expect(host.updated == nil && !log.contains { $0.hasPrefix("update") }, "\(end)")
    }
    // A command restarts the clock.
    let log = expect(opening + "-- +599s\nC: NOOP\nS: +OK\n-- +599s\nC: QUIT\nS: +OK Goodbye\n-- closed", host: host)
    #expect(host.updated == [1] && log.last == "closed(MailWire.CloseReason.quit)")
    // What arrived before the end of file still counts.
    expect(opening + "C! QUIT\\r\\nNOO\nS: +OK Goodbye\n-- closed", host: host)
    #expect(host.updated == [1])
    host.updateFails = true
    expect(opening + "C: QUIT\nS: -ERR [SYS/TEMP] Some deleted messages not removed\n-- closed", host: host)
  }

  @Test func otherProtocols() {
    for line in [
      "GET / HTTP/1.1", "POST /x HTTP/1.0", "CONNECT a:1 HTTP/1.1", "EHLO x", "helo x", "\\x16\\x03\\x01\\x02", "\\x80"
    ] {
      let log = expect(
        """
        S: +OK POP3 server ready
        C! \(line)\\r\\nUSER susan\\r\\n
        S: -ERR This is a POP3 server
        -- closed
        """)
      #expect(log.last?.contains("foreignProtocol") == true && log.count == 2, "\(line)")
    }
    expect(
      """
      S: +OK POP3 server ready
      C: CAPX
      S: -ERR Unknown command
      C: GET / HTTP/1.1
      S: -ERR Unknown command
      """)
  }

  @Test func errorBudget() {
    let log = expect(
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
    let log = expect(
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

extension String {
  /// The greeting comes before anything that the client said ahead.
  fileprivate func replacingGreeting() -> String {
    "S: +OK POP3 server ready\n"
      + split(separator: "\n").filter { $0 != "S: +OK POP3 server ready" }.joined(separator: "\n")
  }
}
