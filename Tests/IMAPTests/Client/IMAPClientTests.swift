import IMAP
import IMAPCodec
import MailTestKit
import MailWire
import Testing

@Suite struct IMAPClientTests {
  @Test func session() {
    let log = expectClient(
      #"""
      S: * OK ready
      C: A1 CAPABILITY
      S: * CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR LITERAL+
      S: A1 OK done
      -- do login; SELECT INBOX; FETCH 1:* (UID FLAGS)
      C: A2 AUTHENTICATE PLAIN AHN1c2FuAHNlY3JldA==
      S: A2 OK welcome
      C: A3 CAPABILITY
      C: A4 SELECT INBOX
      S: * CAPABILITY IMAP4rev1 IDLE UIDPLUS
      S: A3 OK done
      S: * FLAGS (\Answered \Seen)
      S: * 2 EXISTS
      S: * 1 RECENT
      S: * OK [UIDVALIDITY 7] valid
      S: * OK [UIDNEXT 12] next
      S: A4 OK [READ-WRITE] selected
      C: A5 FETCH 1:* (UID FLAGS)
      S: * 1 FETCH (FLAGS (\Seen) UID 9)
      S: * 2 FETCH (FLAGS () UID 11)
      S: * 3 EXISTS
      S: A5 OK fetched
      -- do LOGOUT
      C: A6 LOGOUT
      S: * BYE see you
      S: A6 OK bye
      -- closed
      """#)
    expectLog(
      log,
      #"""
      greeting OK ready
      ready untagged IMAP4rev1 AUTH=PLAIN SASL-IR LITERAL+
      #2 OK welcome
      capabilities untagged IMAP4rev1 IDLE UIDPLUS
      #3 FLAGS (\\Answered \\Seen)
      #3 2 EXISTS
      #3 1 RECENT
      #3 OK [UIDVALIDITY 7] valid
      #3 OK [UIDNEXT 12] next
      #3 OK [READ-WRITE] selected
      #4 1 FETCH (UID 9 FLAGS (\\Seen))
      #4 2 FETCH (UID 11 FLAGS ())
      news 3 EXISTS
      #4 OK fetched
      #6 BYE see you
      #6 OK bye
      closed quit
      """#)
  }
}
