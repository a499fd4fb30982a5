import IMAP
import IMAPCodec
import MailTestKit
import MailWire
import Testing

@Suite struct IMAPClientPipeliningTests {
  /// Commands that are given together in a selected mailbox, and which of them go out at once: RFC 9051 §5.5.
  @Test func ambiguity() throws {
    for (commands, expected) in [
      ("FETCH 1 FLAGS; STORE 1 +FLAGS (x); SEARCH 1:3; NOOP", 4), ("STORE 1 +FLAGS (x); COPY 1 b; EXPUNGE", 3),
      ("FETCH 1 FLAGS; NOOP; STORE 1 +FLAGS (x)", 2), ("STORE 1 +FLAGS (x); COPY 1 b; FETCH 1 FLAGS", 2),
      ("COPY 1 b; COPY 1 b", 1), ("UID FETCH 1 FLAGS; FETCH 1 FLAGS", 1),
      ("UID FETCH 1 FLAGS; UID STORE 1 +FLAGS (x)", 2),
      ("UID SEARCH UID 1; UID SEARCH UID 2", 2), ("UID SEARCH UID 1; UID SEARCH 1", 1),
      ("UID SEARCH UID 1; UID SEARCH NOT (OR SEEN 1)", 1), ("NOOP; SEARCH SEEN", 2),
      ("SEARCH RETURN (SAVE) SEEN; FETCH $ FLAGS", 1), ("SEARCH RETURN (SAVE) SEEN; UID SEARCH UID $", 1),
      ("SORT (DATE) UTF-8 1; THREAD REFERENCES UTF-8 1", 2), ("MOVE 1 b; MOVE 1 b", 1), ("LIST \"\" *; LIST \"\" *", 2),
      ("FETCH 1 FLAGS; SELECT b", 1), ("SELECT b; FETCH 1 FLAGS", 1), ("SELECT b; LIST \"\" *", 2),
      ("CLOSE; SELECT b", 1),
      ("NOOP; LOGOUT", 1), ("ENABLE X", 0)
    ] {
      var client = IMAPClient(configuration: Self.configuration)
      feed(&client, "* PREAUTH [CAPABILITY IMAP4rev1 MOVE] ready\r\n")
      try client.send(command("SELECT INBOX"))
      feed(&client, "")
      feed(&client, "* 3 EXISTS\r\nA1 OK done\r\n")
      for text in commands.split(separator: "; ") {
        let command = try command(String(text))
        do { try client.send(command) } catch { check(expected == 0, "\(text): \(error)") }
      }
      let lines = feed(&client, "").bytes.split(separator: 10).count
      check(lines == expected, "\(commands): \(lines)")
    }
  }

  private static var configuration: IMAPClientConfiguration {
    var configuration = IMAPClientConfiguration()
    configuration.security = .none
    configuration.allowsPlaintextAuthentication = true
    return configuration
  }

  @Test func answersInAnyOrder() {
    let log = expectClient(
      """
      S: * PREAUTH [CAPABILITY IMAP4rev1] ready
      -- do SELECT INBOX
      C: A1 SELECT INBOX
      S: * 9 EXISTS
      S: A1 OK selected
      -- do FETCH 1:4 FLAGS; FETCH 5:9 (UID RFC822.SIZE); SEARCH UNSEEN; STATUS b (MESSAGES); STATUS c (MESSAGES); LIST "" %
      C: A2 FETCH 1:4 (FLAGS)
      C: A3 FETCH 5:9 (UID RFC822.SIZE)
      C: A4 SEARCH UNSEEN
      C: A5 STATUS b (MESSAGES)
      C: A6 STATUS c (MESSAGES)
      C: A7 LIST "" %
      S: * 5 FETCH (UID 50 RFC822.SIZE 7)
      S: * 5 FETCH (FLAGS (x))
      S: * 4 FETCH (FLAGS (x))
      S: * 4 FETCH (RFC822.SIZE 8)
      S: * SEARCH 1 2
      S: A4 OK searched
      S: * STATUS c (MESSAGES 1)
      S: * STATUS d (MESSAGES 1)
      S: * LIST () "/" b
      S: * LSUB () "/" b
      S: A3 OK fetched
      S: * X-NEWS 1
      S: A6 NO c
      S: A2 OK fetched
      S: A2 OK fetched
      S: A5 BAD b
      S: A7 OK list
      """)
    expectLog(
      Array(log.dropFirst(4)),
      """
      #3 5 FETCH (UID 50 RFC822.SIZE 7)
      news 5 FETCH (FLAGS (x))
      #2 4 FETCH (FLAGS (x))
      news 4 FETCH (RFC822.SIZE 8)
      #4 SEARCH 1 2
      #4 OK searched
      #6 STATUS c (MESSAGES 1)
      news STATUS d (MESSAGES 1)
      #7 LIST () "/" b
      news LSUB () "/" b
      #3 OK fetched
      news X-NEWS 1
      #6 NO c
      #2 OK fetched
      violation unsolicitedResponse tolerated
      #5 BAD b
      #7 OK list
      """)
  }

  @Test func literals() {
    let log = expectClient(
      #"""
      S: * PREAUTH [CAPABILITY IMAP4rev1] ready
      -- do RENAME "é" "ö"; CREATE "ü"; NOOP; now NOOP
      C! A1 RENAME {2}\r\n
      S: * OK one
      S: + go on
      C! \xC3\xA9 {2}\r\n
      S: + go on
      C! \xC3\xB6\r\nA2 CREATE {2}\r\n
      S: A1 NO not that
      S: A2 NO [CANNOT] not that
      C: A3 NOOP
      C: A4 NOOP
      S: + what
      S: A3 OK
      S: A4 OK [CAPABILITY IMAP4rev1 LITERAL-] done
      -- do CREATE "é"
      C! A5 CREATE {2+}\r\n\xC3\xA9\r\n
      S: A5 OK [CAPABILITY IMAP4rev2 ENABLE] done
      -- do ENABLE UTF8=ACCEPT
      C: A6 ENABLE UTF8=ACCEPT
      S: * ENABLED UTF8=ACCEPT
      S: A6 OK done
      -- do CREATE "é"
      C! A7 CREATE "\xC3\xA9"\r\n
      S: A9 OK done
      -- closed
      """#)
    check(log.last == "closed violation(MailWire.ProtocolViolation.Fault.unsolicitedResponse)", "\(log)")
    check(log.filter { $0.hasPrefix("violation") }.count == 2, "\(log)")
  }

  /// Numbers that were chosen before messages went are not sent behind that.
  @Test func staleNumbers() {
    let log = expectClient(
      """
      S: * PREAUTH [CAPABILITY IMAP4rev1] ready
      -- do SELECT a
      C: A1 SELECT a
      S: * 9 EXISTS
      S: A1 OK
      -- do NOOP; FETCH 2 FLAGS; FETCH 1:* FLAGS; SELECT b; FETCH 2 FLAGS
      C: A2 NOOP
      S: * 1 EXPUNGE
      S: A2 OK
      C: A3 FETCH 1:* (FLAGS)
      S: A3 OK
      C: A4 SELECT b
      S: A4 OK
      C: A5 FETCH 2 (FLAGS)
      S: * 1 EXPUNGE
      S: A5 OK
      -- do FETCH 2 FLAGS
      C: A6 FETCH 2 (FLAGS)
      """)
    check(log.filter { $0.hasSuffix("not sent") } == ["#3 not sent"], "\(log)")
  }

  @Test func failedSelection() {
    let log = expectClient(
      """
      S: * PREAUTH [CAPABILITY IMAP4rev1] ready
      -- do SELECT a; FETCH 1 FLAGS; NOOP; SELECT b; FETCH 1 FLAGS
      C: A1 SELECT a
      S: A1 NO no such mailbox
      C: A2 NOOP
      C: A3 SELECT b
      S: A2 OK
      S: A3 OK selected
      C: A4 FETCH 1 (FLAGS)
      S: A4 OK
      """)
    check(log.contains("#2 not sent") && log.contains("#5 OK "), "\(log)")
  }
}
