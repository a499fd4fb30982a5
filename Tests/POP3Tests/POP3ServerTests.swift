import MailTestKit
import MailWire
import POP3
import POP3Codec
import Testing

@Suite struct POP3ServerTests {
  @Test func session() {
    let host = Host(nastyMessages)
    let log = expectServer(
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
    let log = expectServer(
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
    expectServer(
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
    expectServer(
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
}
