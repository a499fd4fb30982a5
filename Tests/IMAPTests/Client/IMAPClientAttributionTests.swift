import IMAP
import IMAPCodec
import MailTestKit
import MailWire
import Testing

/// Which responses a command in flight has asked for.
@Suite struct IMAPClientAttributionTests {
  private func selected() throws -> IMAPClient {
    var configuration = IMAPClientConfiguration()
    configuration.security = .none
    var client = IMAPClient(configuration: configuration)
    feed(&client, "* PREAUTH [CAPABILITY IMAP4rev2 ID QRESYNC REPLACE] ready\r\n")
    try client.send(command("SELECT INBOX"))
    feed(&client, "")
    feed(&client, "* 9 EXISTS\r\n* 3 FETCH (UID 30)\r\nA1 OK [READ-WRITE] done\r\n")
    return client
  }

  @Test func table() throws {
    for (text, asked, news) in [
      ("CAPABILITY", ["CAPABILITY X"], ["ENABLED X", "OK [CAPABILITY X] x"]),
      ("NOOP", [], ["3 EXISTS", "OK x", "NO [ALERT] x", "FLAGS (x)", "STATUS a (MESSAGES 1)", "X-NEW"]),
      (
        "SELECT b (QRESYNC (7 8))",
        [
          "FLAGS (x)", "3 EXISTS", "1 RECENT", "OK [UIDNEXT 9] x", "OK [CLOSED] x", "VANISHED (EARLIER) 1:9",
          "1 FETCH (UID 8 FLAGS (x) MODSEQ (9))"
        ], ["VANISHED 1", "SEARCH 1", "OK [COPYUID 7 8 9] x"]
      ),
      ("EXPUNGE", ["3 EXPUNGE", "VANISHED 30"], ["VANISHED (EARLIER) 1", "1 FETCH (FLAGS ())"]),
      ("UID MOVE 30 b", ["OK [COPYUID 7 30 9] x", "3 EXPUNGE"], ["1 EXISTS"]),
      ("NAMESPACE", ["NAMESPACE NIL NIL NIL"], ["ID NIL"]),
      ("ID NIL", ["ID (\"name\" \"x\")"], ["NAMESPACE NIL NIL NIL"]),
      ("LIST \"\" *", ["LIST () \"/\" a"], ["LSUB () \"/\" a", "STATUS a (MESSAGES 1)", "XLIST () \"/\" a"]),
      ("LIST \"\" * RETURN (STATUS (MESSAGES))", ["LIST () \"/\" a", "STATUS a (MESSAGES 1)"], []),
      ("LSUB \"\" *", ["LSUB () \"/\" a"], ["LIST () \"/\" a"]), ("XLIST \"\" *", ["XLIST () \"/\" a"], []),
      ("STATUS a (MESSAGES)", ["STATUS a (MESSAGES 1)"], ["STATUS b (MESSAGES 1)"]),
      ("SEARCH SEEN", ["SEARCH 1", "ESEARCH (TAG \"A2\") ALL 1"], ["ESEARCH (TAG \"A9\") ALL 1", "SORT 1"]),
      ("SORT (DATE) UTF-8 ALL", ["SORT 1"], ["SEARCH 1", "THREAD (1)"]),
      ("THREAD REFERENCES UTF-8 ALL", ["THREAD (1)"], []),
      ("GETQUOTAROOT a", ["QUOTAROOT a x", "QUOTA x (STORAGE 1 2)"], []),
      ("MYRIGHTS a", ["MYRIGHTS a lr"], ["QUOTAROOT a x"]),
      ("GETMETADATA a /private/comment", ["METADATA a (/private/comment \"x\")"], []), ("X-NEW", ["X-NEW 1"], []),
      ("UID SEARCH ALL", ["OK [INPROGRESS (\"A2\" 1 2)] x"], ["OK [INPROGRESS (\"A1\" 1 2)] x", "OK [INPROGRESS] x"]),
      (
        "FETCH 2:4 (FLAGS RFC822.SIZE)", ["3 FETCH (FLAGS ())", "4 FETCH (RFC822.SIZE 3)"],
        ["5 FETCH (FLAGS ())", "3 FETCH (MODSEQ (4))", "3 FETCH (BODY[] \"x\")"]
      ),
      (
        "UID FETCH 30 (BODY[HEADER.FIELDS (DATE)])",
        ["3 FETCH (BODY[HEADER.FIELDS (\"Date\")] \"x\")", "4 FETCH (UID 30 FLAGS (\\Seen))"],
        ["4 FETCH (BODY[HEADER.FIELDS (Date)] \"x\")", "4 FETCH (UID 31 FLAGS ())"]
      ),
      (
        "UID FETCH 40:* (UID) (CHANGEDSINCE 3 VANISHED)", ["VANISHED (EARLIER) 41", "4 FETCH (UID 44)"], ["VANISHED 30"]
      ),
      ("STORE 3 +FLAGS (x)", ["3 FETCH (FLAGS (x))", "3 FETCH (MODSEQ (4))"], ["2 FETCH (FLAGS (x))", "3 EXPUNGE"])
    ] {
      for (line, isAsked) in asked.map({ ($0, true) }) + news.map({ ($0, false) }) {
        var client = try selected()
        let id = try client.send(command(text))
        feed(&client, "")
        var owners: [IMAPClient.CommandID?] = []
        for case .response(_, for: let owner) in feed(&client, "* \(line)\r\n").events { owners.append(owner) }
        check(owners == [isAsked ? id : nil], "\(text) and \(line): \(owners)")
      }
    }
  }

  /// The caller may know better than the rules about numbers, but not better than those about the session.
  @Test func immediateOrder() throws {
    for (first, second, lines) in [
      ("NOOP", "FETCH 1 FLAGS", 2), ("SELECT b", "FETCH 1 FLAGS", 2), ("IDLE", "FETCH 1 FLAGS", 1)
    ] {
      var client = try selected()
      try client.send(command(first))
      try client.send(command(second), order: .immediate)
      let text = feed(&client, "").bytes.split(separator: 10).count
      check(text == lines, "\(first): \(text)")
    }
  }
}
