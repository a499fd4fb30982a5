import IMAP
import IMAPCodec
import MailTestKit
import MailWire
import Testing

@Suite struct IMAPClientIdleTests {
  private static let opening = """
    S: * PREAUTH [CAPABILITY IMAP4rev1 IDLE] ready
    -- do SELECT INBOX; IDLE
    C: A1 SELECT INBOX
    C: A2 IDLE
    S: * 3 EXISTS
    S: A1 OK selected

    """

  /// Gives a transcript in which `IDLE` waits for the selection.
  private func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> [String] {
    let log = expectClient(Self.opening + text, sourceLocation: sourceLocation)
    return Array(log.dropFirst(4))
  }

  @Test func newsAndDone() {
    let log = expect(
      """
      S: * 4 EXISTS
      S: + idling
      S: * 2 EXPUNGE
      S: + still here
      -- do done; done
      C: DONE
      S: * 5 EXISTS
      S: A2 OK done
      """)
    expectLog(
      log,
      """
      news 4 EXISTS
      #2 idling
      news 2 EXPUNGE
      violation unsolicitedResponse tolerated
      news 5 EXISTS
      #2 OK done
      """)
  }

  /// Behind `DONE`, what cannot be misunderstood follows at once; sequence numbers wait.
  @Test func nextCommandIsPipelined() {
    let log = expect(
      """
      S: + idling
      -- do UID FETCH 1:* (FLAGS); FETCH 1 (FLAGS); IDLE
      C: DONE
      C: A3 UID FETCH 1:* (FLAGS)
      S: A2 OK done
      S: A3 OK fetched
      C: A4 FETCH 1 (FLAGS)
      C: A5 IDLE
      S: A4 OK fetched
      S: + idling
      -- do IDLE; done
      C: DONE
      S: A5 OK done
      C: A6 IDLE
      S: + idling
      C: DONE
      S: A6 OK done
      """)
    check(log.suffix(4) == ["#5 idling", "#5 OK done", "#6 idling", "#6 OK done"], "\(log)")
  }

  /// A command that is given before the server's consent waits for it.
  @Test func doneBeforeConsent() {
    let log = expect(
      """
      -- do NOOP
      S: + idling
      C: DONE
      C: A3 NOOP
      S: A2 OK done
      S: A3 OK
      """)
    check(log.contains("#3 OK "), "\(log)")
  }

  @Test func refusals() {
    let early = expect(
      """
      -- do NOOP
      S: A2 NO not now
      C: A3 NOOP
      S: A3 OK done
      -- do IDLE
      C: A4 IDLE
      """)
    check(early == ["#2 NO not now", "#3 OK done"], "\(early)")
    let late = expect(
      """
      S: + idling
      S: A2 NO enough
      -- do NOOP
      C: A3 NOOP
      """)
    check(late == ["#2 idling", "#2 NO enough"], "\(late)")
    let crossed = expect(
      """
      S: + idling
      -- do done
      C: DONE
      S: A2 OK enough
      S: DONE BAD what
      -- do NOOP
      C: A3 NOOP
      """)
    check(crossed.last == "violation unsolicitedResponse tolerated", "\(crossed)")
    let madeUp = expect(
      """
      S: + idling
      S: * BYE timeout
      -- closed
      """)
    check(madeUp == ["#2 idling", "news BYE timeout", "closed serviceRefused"], "\(madeUp)")
  }

  /// What the server says does not prolong the 28 minutes; `IDLE` begins anew behind them, with the same name.
  @Test func renewal() {
    let log = expect(
      """
      S: + idling
      -- +27m
      S: * 4 EXISTS
      -- +59s
      S: * 5 EXISTS
      -- +1s
      C: DONE
      S: * 6 EXISTS
      S: A2 OK done
      C: A3 IDLE
      S: + idling
      -- +28m
      C: DONE
      -- do NOOP
      C: A4 NOOP
      S: A3 OK done
      S: A4 OK done
      -- +60m
      """)
    expectLog(
      log,
      """
      #2 idling
      news 4 EXISTS
      news 5 EXISTS
      news 6 EXISTS
      #2 idling
      #2 OK done
      #3 OK done
      """)
  }

  @Test func silence() {
    for text in ["-- +5m", "S: + idling\n-- +28m\nC: DONE\n-- +5m"] {
      let log = expect(text + "\n-- closed")
      check(log.last == "closed timedOut", "\(text): \(log)")
    }
  }
}
