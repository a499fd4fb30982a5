import IMAP
import IMAPCodec
import MailTestKit
import MailWire
import Testing

@Suite struct IMAPClientContentTests {
  private static let opening = """
    S: * PREAUTH [CAPABILITY IMAP4rev1] ready
    -- do SELECT INBOX
    C: A1 SELECT INBOX
    S: * 3 EXISTS
    S: A1 OK selected

    """

  @Test func sections() {
    let log = expectClient(
      Self.opening
        + #"""
        -- do UID FETCH 9 (UID BODY.PEEK[1] BODY.PEEK[2]); FETCH 1 (FLAGS)
        C: A2 UID FETCH 9 (UID BODY.PEEK[1] BODY.PEEK[2])
        S: * 2 FETCH (UID 9 BODY[1] {5}
        S! abcde BODY[2] {3}\r\n
        S! xyz FLAGS ())\r\n
        S: * 1 FETCH (FLAGS (x))
        S: * 3 FETCH (UID 10 BODY[1] {5}
        S! abcde)\r\n
        S: A2 OK {3}
        C: A3 FETCH 1 (FLAGS)
        S: * URLFETCH /x {5}
        S! abcde\r\n
        S: A3 OK done
        """#, configure: { $0.limits.inlineContent = 3 })
    expectLog(
      Array(log.dropFirst(4)),
      #"""
      #2 content of 5
      content: abcde
      endOfContent
      #2 2 FETCH (UID 9 FLAGS () BODY[1] {5}\r\n BODY[2] {3}\r\nxyz)
      news 1 FETCH (FLAGS (x))
      news content of 5
      content: abcde
      endOfContent
      news 3 FETCH (UID 10 BODY[1] {5}\r\n)
      #2 OK {3}
      news content of 5
      content: abcde
      endOfContent
      news URLFETCH /x {5}\r\n
      #3 OK done
      """#)
  }

  /// What the server says is bounded, and what is malformed costs only itself.
  @Test func limits() {
    let log = expectClient(
      Self.opening
        + #"""
        S: * LIST () "/" "a mailbox with a long name that goes on and on"
        S: * LIST () "/" {40}
        S: 0123456789012345678901234567890123456789
        S: * LIST (
        S: * 2 EXPUNGE
        -- do NOOP
        C: A2 NOOP
        S: A2 OK a text that is too long for one line
        -- closed
        """#,
      configure: {
        $0.limits.responses.line = 40
        $0.limits.responses.literal = 10
      })
    expectLog(
      Array(log.dropFirst(4)),
      """
      violation responseTooLong tolerated
      violation responseTooLong tolerated
      violation syntax(MailWire.SyntaxError(code: MailWire.SyntaxError.Code.empty, offset: 8)) tolerated
      news 2 EXPUNGE
      violation responseTooLong closed
      closed violation(MailWire.ProtocolViolation.Fault.responseTooLong)
      """)
  }

  @Test func badResponses() {
    for (line, fault) in [
      ("A2 MAYBE", "syntax"), ("A9 OK done", "unsolicitedResponse"), ("B OK done", "unsolicitedResponse"),
      ("* LIST {x}", "tolerated"), ("421 busy", "tolerated"), ("* 1 FETCH (BODY[] {99999999999999999999}", "closed")
    ] {
      let isTolerated = fault == "tolerated"
      let log = expectClient(Self.opening + "S: \(line)\n" + (isTolerated ? "" : "-- closed"))
      check(isTolerated || log.contains { $0.contains(fault) && $0.hasSuffix("closed") }, "\(line): \(log)")
    }
    for (greeting, reason) in [
      ("* BYE full", "serviceRefused"), ("* NO full", "unexpectedResponse"), ("* 3 EXISTS", "unexpectedResponse"),
      ("+OK POP3 ready", "unexpectedResponse"), ("220 SMTP ready", "unexpectedResponse"),
      ("A1 OK", "unexpectedResponse"),
      ("* PREAUTH", "")
    ] {
      let log = expectClient("S: \(greeting)\n" + (reason.isEmpty ? "C: A1 CAPABILITY" : "-- closed"))
      check(reason.isEmpty || log.last?.contains(reason) == true, "\(greeting): \(log)")
    }
  }

  @Test func endings() {
    for (text, reason) in [
      ("-- end\n-- closed", "peerClosed"), ("-- failed\n-- closed", "transportFailed"),
      ("-- do close\n-- closed", "shutdown"),
      ("S: * BYE gone\n-- closed", "serviceRefused"), ("-- +60m", ""),
      ("-- do NOOP\nC: A2 NOOP\n-- +4m\nS: * 4 EXISTS\n-- +4m\nS: A2 OK\n-- +60m", ""),
      ("-- do NOOP\nC: A2 NOOP\n-- +5m\n-- closed", "timedOut"),
      ("-- do LOGOUT\nC: A2 LOGOUT\nS: * BYE gone\n-- end\n-- closed", "quit"),
      ("-- do LOGOUT\nC: A2 LOGOUT\nS: A2 BAD what\n-- closed", "quit"),
      ("-- do NOOP\nC: A2 NOOP\nS: A2 BYE overloaded\n-- closed", "serviceRefused")
    ] {
      let log = expectClient(Self.opening + text)
      check(reason.isEmpty || log.last == "closed \(reason)", "\(text): \(log)")
    }
    check(expectClient("-- +2m\n-- closed").last == "closed timedOut")
  }

  /// While the host is asked, the server may be silent.
  @Test func hostsTurn() throws {
    var configuration = IMAPClientConfiguration()
    configuration.security = .none
    configuration.allowsPlaintextAuthentication = true
    for (text, answer) in [("APPEND b {3}", "+ go\r\n"), ("AUTHENTICATE X", "+ YWJj\r\n")] {
      var client = IMAPClient(configuration: configuration)
      feed(&client, "* \(answer.contains("go") ? "PREAUTH" : "OK") [CAPABILITY IMAP4rev1] ready\r\n")
      try client.send(command(text))
      let silent = feed(&client, "")
      check(silent.wait?.deadline != nil, text)
      check(feed(&client, answer).wait?.deadline == nil, text)
      client.advance(to: Instant(nanoseconds: .max))
      check(feed(&client, "").actions.isEmpty, text)
    }
  }
}
