import IMAP
import IMAPCodec
import MailTestKit
import MailWire
import Testing

/// Runs a transcript against the server in all its cuts and returns the log.
@discardableResult
func expectServer(
  _ text: String, chunk: Int = 3, configure: @escaping (inout IMAPServerConfiguration) -> Void = { _ in },
  sourceLocation: SourceLocation = #_sourceLocation
) -> [String] {
  var box = TestMailbox(chunk: chunk)
  return expectTranscript(
    text, drives: .server,
    machine: {
      box = TestMailbox(chunk: chunk)
      var configuration = IMAPServerConfiguration()
      configuration.allowsPlaintextAuthentication = true
      configure(&configuration)
      return IMAPServer(configuration: configuration)
    },
    log: { event in
      switch event {
      case .content(let part): .content(part)
      case .contentWanted: .none
      case .command(let command, let uids): .line("command \("\(command)".prefix { $0 != "(" }) \(uids)")
      default: .line("\("\(event)".prefix { $0 != "(" })")
      }
    }, sourceLocation: sourceLocation,
    handle: { event, server in try box.handle(event, &server) },
    act: { text, server in
      switch text {
      case "appear": server.messagesAppeared(try NumberRanges([12]))
      case "expunge": server.messagesExpunged(try NumberRanges([2]))
      case "flags": server.flagsChanged(5, flags: FlagSet(.flagged), modSequence: 8)
      case "shutdown": server.shutDown()
      default: Issue.record("unknown act \(text)")
      }
    })
}

let serverGreeting =
  "S: * OK [CAPABILITY IMAP4rev1 LITERAL+ SASL-IR ENABLE ID AUTH=PLAIN AUTH=LOGIN] IMAP server ready\n"
let serverLogin =
  serverGreeting + "C: a LOGIN susan secret\n"
  + "S: a OK [CAPABILITY IMAP4rev1 LITERAL+ SASL-IR ENABLE ID IDLE UNSELECT] Done\n"
let serverSelect =
  serverLogin
    + """
    C: b SELECT inbox
    S: * FLAGS (\\\\Deleted \\\\Seen)
    S: * 3 EXISTS
    S: * 0 RECENT
    S: * OK [UNSEEN 1] First unseen
    S: * OK [PERMANENTFLAGS (\\\\Deleted \\\\Seen)] Permanent flags
    S: * OK [UIDVALIDITY 7] UIDs valid
    S: * OK [UIDNEXT 10] Predicted next UID
    S: b OK [READ-WRITE] Done

    """.replacing("\\\\", with: "\\")

@Suite("IMAPServer: sessions") struct IMAPServerTests {
  @Test("from the greeting to LOGOUT")
  func session() {
    expectServer(
      serverSelect + #"""
        C: c FETCH 1:2 (FLAGS RFC822.SIZE)
        S: * 1 FETCH (FLAGS () RFC822.SIZE 5)
        S: * 2 FETCH (FLAGS (\Seen) RFC822.SIZE 8)
        S: c OK Done
        C: d UID FETCH 9,5 FLAGS
        S: * 2 FETCH (UID 5 FLAGS (\Seen))
        S: * 3 FETCH (UID 9 FLAGS ())
        S: d OK Done
        C: e STORE 1 FLAGS \Deleted
        S: * 1 FETCH (FLAGS (\Deleted))
        S: e OK Done
        C: f UID EXPUNGE 2
        S: * 1 EXPUNGE
        S: f OK Done
        C: g NOOP
        S: g OK Done
        C: h FETCH 3 FLAGS
        S: h BAD No such message
        C: i CLOSE
        S: i OK Done
        C: j LOGOUT
        S: * BYE Goodbye
        S: j OK Logged out
        -- closed
        """#)
  }

  @Test("contents are streamed, also empty ones")
  func contents() {
    for chunk in [1, 3, 1_000] {
      expectServer(
        serverSelect + """
          C: c FETCH 1:* BODY.PEEK[]
          C: d CAPABILITY
          S: * 1 FETCH (BODY[] {5}
          S: one
          S: )
          S: * 2 FETCH (BODY[] {8}
          S: second
          S: )
          S: * 3 FETCH (BODY[] {0}
          S: )
          S: c OK Done
          S: * CAPABILITY IMAP4rev1 LITERAL+ SASL-IR ENABLE ID IDLE UNSELECT
          S: d OK Capabilities listed
          """, chunk: chunk)
    }
  }

  @Test("searches, in each form")
  func searches() {
    expectServer(
      serverSelect + """
        C: c SEARCH ALL
        S: * SEARCH 1 2 3
        S: c OK Done
        C: d UID SEARCH RETURN (MIN MAX COUNT SAVE) ALL
        S: * ESEARCH (TAG "d") UID MIN 2 MAX 9 COUNT 3
        S: d OK Done
        C: e SEARCH RETURN () ALL
        S: * ESEARCH (TAG "e") ALL 1:3
        S: e OK Done
        C: f FETCH $ RFC822.SIZE
        S: * 1 FETCH (RFC822.SIZE 5)
        S: * 2 FETCH (RFC822.SIZE 8)
        S: * 3 FETCH (RFC822.SIZE 0)
        S: f OK Done
        C: g UID SORT (DATE) UTF-8 ALL
        S: * SORT 9 5 2
        S: g OK Done
        C: h SEARCH RETURN (PARTIAL 2:7) ALL
        S: * ESEARCH (TAG "h") PARTIAL (2:7 2:3)
        S: h OK Done
        C: i SEARCH RETURN (SAVE MIN) ALL
        S: * ESEARCH (TAG "i") MIN 1
        S: i OK Done
        C: j FETCH $ RFC822.SIZE
        S: * 1 FETCH (RFC822.SIZE 5)
        S: j OK Done
        """)
  }

  @Test("messages come in, synchronising or not, or are refused")
  func appends() {
    let log = expectServer(
      serverLogin + """
        C: b APPEND INBOX {5}
        S: + OK
        C: hello
        S: b OK Done
        C: c APPEND INBOX {5+}
        C: again {3+}
        C: abc
        S: c OK Done
        C: d APPEND other {4}
        S: d NO [TRYCREATE] No such mailbox
        C: e APPEND other {4+}
        C: lost
        S: e NO [TRYCREATE] No such mailbox
        C: f NOOP
        S: f OK Nothing done
        """)
    #expect(log.filter { $0.hasPrefix("content") } == ["content: hello", "content: again", "content: abc"])
  }

  @Test("news are pushed in IDLE, and expunges held back elsewhere")
  func news() {
    expectServer(
      serverSelect + #"""
        C: c IDLE
        S: + idling
        -- do appear
        S: * 4 EXISTS
        -- do flags
        S: * 2 FETCH (FLAGS (\Flagged))
        C: DONE
        S: c OK Idle ended
        -- do expunge
        C: d FETCH 2 RFC822.SIZE
        S: * 2 FETCH (RFC822.SIZE 8)
        S: d OK Done
        C: e UID FETCH 5 RFC822.SIZE
        S: * 2 FETCH (UID 5 RFC822.SIZE 8)
        S: * 1 EXPUNGE
        S: e OK Done
        C: f NOOP
        S: f OK Done
        """#)
  }
}
