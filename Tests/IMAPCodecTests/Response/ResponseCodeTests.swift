@_spi(MailCodec) import IMAPCodec
import MailTestKit
@_spi(MailCodec) import MailWire
import Testing

@Suite struct ResponseCodeTests {
  /// Every code of IANA's registry that has arguments: typed, and written as it was read.
  @Test func codesWithArguments() throws {
    let codes = [
      "ANNOTATE TOOBIG", "ANNOTATE TOOMANY", "ANNOTATIONS NONE", "ANNOTATIONS READ-ONLY", "ANNOTATIONS 20480 NOPRIVATE",
      "APPENDUID 38505 3955", "APPENDUID 38505 3957,3955:3956", "BADCHARSET", "BADCHARSET (UTF-8 \"X Y\" \"a\\\\b\")",
      "BADEVENT (MessageNew MessageExpunge)", "BADURL imap://host/;uid=20;x=(a)", "CAPABILITY IMAP4rev1 IDLE",
      "CAPABILITY",
      "COPYUID 38505 304,319:320 3956:3958", "COPYUID 38505 9,3,5 1,4,7", "HIGHESTMODSEQ 715194045007", "INPROGRESS",
      "INPROGRESS (\"A001\" 454 1000)", "INPROGRESS (NIL 0 NIL)", "INPROGRESS (\"A1\" NIL NIL)",
      "MAILBOXID (F2212ea87)",
      "MAXCONVERTMESSAGES 1", "MAXCONVERTPARTS 3", "MESSAGELIMIT 1000 23221", "MESSAGELIMIT 1000",
      "METADATA LONGENTRIES 2199", "METADATA MAXSIZE 1024", "METADATA TOOMANY", "METADATA NOPRIVATE", "MODIFIED 7,9",
      "NEWNAME old \"new name\"", "NOUPDATE \"B02\"", "PERMANENTFLAGS (\\Deleted \\Seen \\*)",
      "REFERRAL imap://user;AUTH=*@SERVER2/", "REFERRAL imap://a/ imap://b/", "UIDNEXT 4392", "UIDVALIDITY 3857529045",
      "UNDEFINED-FILTER on-the-road", "UNSEEN 12", "URLMECH INTERNAL XSAMPLE=P34OKhO7VEkCbsiYY8rGEg=="
    ]
    for code in codes {
      let wire = bytes("* NO [\(code)] text\r\n")
      guard case .untagged(.status(let status)) = try ResponseTests.parse(wire).response else { continue }
      switch status.code {
      case .other, .keyword, nil: Issue.record("untyped: \(code)")
      default: break
      }
      let again = ResponseTests.written(.untagged(.status(status)))
      if again != wire { Issue.record("\(code) became \(text(again) ?? "")") }
    }
  }

  /// Every code of IANA's registry without arguments has a name here.
  @Test func codesWithoutArguments() throws {
    let codes: [(String, ResponseCodeKeyword)] = [
      ("ALERT", .alert), ("ALREADYEXISTS", .alreadyExists), ("AUTHENTICATIONFAILED", .authenticationFailed),
      ("AUTHORIZATIONFAILED", .authorizationFailed), ("BADCOMPARATOR", .badComparator), ("CANNOT", .cannot),
      ("CLIENTBUG", .clientBug), ("CLOSED", .closed), ("COMPRESSIONACTIVE", .compressionActive),
      ("CONTACTADMIN", .contactAdmin), ("CORRUPTION", .corruption), ("EXPIRED", .expired),
      ("EXPUNGEISSUED", .expungeIssued), ("HASCHILDREN", .hasChildren), ("INUSE", .inUse), ("LIMIT", .limit),
      ("NOMODSEQ", .noModSeq), ("NONEXISTENT", .nonexistent), ("NOPERM", .noPermission), ("NOTSAVED", .notSaved),
      ("NOTIFICATIONOVERFLOW", .notificationOverflow), ("OVERQUOTA", .overQuota), ("PARSE", .parse),
      ("PRIVACYREQUIRED", .privacyRequired), ("READ-ONLY", .readOnly), ("READ-WRITE", .readWrite),
      ("SERVERBUG", .serverBug), ("TEMPFAIL", .temporaryFailure), ("TOOBIG", .tooBig), ("TOOMANY", .tooMany),
      ("TRYCREATE", .tryCreate), ("UIDNOTSTICKY", .uidNotSticky), ("UIDREQUIRED", .uidRequired),
      ("UNAVAILABLE", .unavailable), ("UNKNOWN-CTE", .unknownEncoding), ("USEATTR", .useAttribute)
    ]
    for (name, keyword) in codes {
      let wire = bytes("A1 OK [\(name)] text\r\n")
      guard case .tagged(_, let status) = try ResponseTests.parse(wire).response else { continue }
      if status.code != .keyword(keyword) { Issue.record("\(name)") }
      if ResponseTests.written(.tagged(try IMAPTag("A1"), status)) != wire { Issue.record("written: \(name)") }
    }
  }

  /// A known code with other arguments than its own, and an unknown one, keep their octets.
  @Test func otherArguments() throws {
    let codes = [
      "UIDNEXT 0", "UIDNEXT x", "UIDVALIDITY 4294967296", "COPYUID 7  ", "COPYUID 1 2:* 3", "APPENDUID 1 *",
      "MODIFIED *",
      "BADCHARSET ()", "INPROGRESS (\"a\" 5 3)", "INPROGRESS (\"a\" NIL 3)", "METADATA SOMETHING", "MESSAGELIMIT 5 6 7",
      "ANNOTATIONS 0", "PERMANENTFLAGS x", "MAILBOXID (a b)", "BADURL a b", "WEBALERT https://a.test/?x=(y)",
      "X-NEW (a \"]\" b) c", "REFERRAL a  b"
    ]
    for code in codes {
      let wire = bytes("* OK [\(code)] text\r\n")
      guard case .untagged(.status(let status)) = try ResponseTests.parse(wire).response else { continue }
      guard case .other(let other)? = status.code else {
        Issue.record("not kept: \(code)")
        continue
      }
      if bytes(code) != other.keyword.bytes + [32] + other.arguments { Issue.record("changed: \(code)") }
      if ResponseTests.written(.untagged(.status(status))) != wire { Issue.record("written: \(code)") }
    }
  }
}
