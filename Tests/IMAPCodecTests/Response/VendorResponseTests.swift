@_spi(MailCodec) import IMAPCodec
import MailTestKit
@_spi(MailCodec) import MailWire
import Testing

@Suite struct VendorResponseTests {
  /// What servers are known to send, by the server, and the quirks that it takes.
  static let responses: [(String, IMAPQuirks, String)] = [
    // Gmail.
    ("Gmail", .none, "* OK Gimap ready for requests from 192.0.2.7 a1mb12345678abc"),
    (
      "Gmail", .none,
      "* CAPABILITY IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 UIDPLUS COMPRESS=DEFLATE ENABLE MOVE "
        + "CONDSTORE ESEARCH UTF8=ACCEPT LIST-EXTENDED LIST-STATUS LITERAL- SPECIAL-USE APPENDLIMIT=35651584"
    ),
    ("Gmail", .none, "* LIST (\\HasNoChildren \\Trash) \"/\" \"[Gmail]/Papierkorb\""),
    ("Gmail", .none, "* XLIST (\\HasChildren \\Noselect) \"/\" \"[Gmail]\""),
    (
      "Gmail", .nilForString,
      "* 1 FETCH (X-GM-THRID 1266894439832287888 X-GM-MSGID 1266894439832287888 X-GM-LABELS (\"\\\\Inbox\" \"\\\\Sent\" NIL) UID 1)"
    ),
    ("Gmail", .missingText, "* OK [HIGHESTMODSEQ 1058]"), ("Gmail", .bracketInFlag, "* FLAGS (\\Seen [Imap]/Sent)"),
    (
      "Gmail", .messageAsBasicPart,
      "* 9 FETCH (BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"UTF-8\") NIL NIL \"7BIT\" 5 1 NIL NIL NIL)(\"MESSAGE\" \"RFC822\" "
        + "(\"NAME\" \"a.eml\") NIL NIL \"BASE64\" 3000 NIL (\"ATTACHMENT\" (\"FILENAME\" \"a.eml\")) NIL) \"MIXED\" (\"BOUNDARY\" \"x\") NIL NIL))"
    ),
    ("Gmail", .emptyMultipart, "* 9 FETCH (BODYSTRUCTURE (\"ALTERNATIVE\" (\"BOUNDARY\" \"x\") NIL NIL) UID 7)"),
    ("Gmail", .none, "A1 NO [ALERT] Please log in via your web browser: https://support.example.test/ (Failure)"),
    ("Gmail", .none, "A1 NO [WEBALERT https://accounts.example.test/signin?x=y(1)] Web login required."),
    // Microsoft.
    ("Exchange", .none, "* OK The Microsoft Exchange IMAP4 service is ready. [TABOAFAAUgAwADEAQwBBADAAMAAwADEA]"),
    ("Exchange", .none, "* OK Server ready. "),
    ("Exchange", .controlInName, "* LIST (\\HasNoChildren) \"/\" Tabs\tand"),
    ("Exchange", .untaggedCode, "[COPYUID 14 9 5] "),
    ("Exchange", .emptyCopyUID, "A1 OK [COPYUID 14  ] COPY completed."),
    ("Exchange", .none, "* BAD Command Argument Error. 11"),
    (
      "Exchange", .descriptionInMultipart,
      "* 2 FETCH (BODYSTRUCTURE ((\"text\" \"plain\" NIL NIL NIL \"7bit\" 5 1 NIL NIL NIL NIL) \"mixed\" (\"boundary\" \"x\") \"text\" NIL))"
    ),
    ("Exchange", .none, "* BYE Connection is closed. 13"), ("Exchange", .taggedBye, "A1 BYE Session invalidated"),
    ("Exchange", .textBeforeBye, "Session invalidated* BYE Connection closed. 14"),
    // Apple.
    ("iCloud", .missingText, "* 5 EXISTS\r\n"), ("iCloud", .missingText, "A5 OK"),
    ("iCloud", .none, "* CAPABILITY XAPPLEPUSHSERVICE IMAP4 IMAP4rev1 SASL-IR AUTH=ATOKEN AUTH=PLAIN"),
    // Yahoo.
    ("Yahoo", .trailingSpace, "* SEARCH 1 2 3 "),
    ("Yahoo", .none, "* OK [CAPABILITY IMAP4rev1 ID MOVE NAMESPACE XYMHIGHESTMODSEQ UIDPLUS] ready"),
    ("Yahoo", .none, "* 1 FETCH (UID 5 XYMTAGS ())"),
    // Domino, GMX, Zoho, mail.ru, Yandex, QQ, 163, Courier, SmarterMail, hMailServer, home.pl, Dovecot.
    (
      "Domino", .wrappedEnvelope,
      "* 3 FETCH (ENVELOPE ((\"Fri, 01 Jan 2021 00:00:00 +0000\" \"x\" ((NIL NIL \"a\" \"b.test\")) NIL NIL NIL NIL NIL NIL \"<a@b.test>\")))"
    ),
    ("Domino", .strayLineEnd, "* 3 FETCH (UID 9 BODY[TEXT] {5}\r\nabc\r\n\r\n)"),
    (
      "GMX", .multipartAsBasicPart,
      "* 2 FETCH (BODYSTRUCTURE (\"multipart\" \"related\" (\"boundary\" \"----=_1\") NIL NIL \"7BIT\" 400 (\"boundary\" \"----=_1\") NIL NIL))"
    ),
    ("Zoho", .negativeModSeq, "* 4 FETCH (UID 7 FLAGS (\\Seen) MODSEQ (-1))"),
    ("mail.ru", .floatingNumber, "* 5 FETCH (UID 7 RFC822.SIZE 9.3736e+06)"),
    (
      "mail.ru", .nilForString,
      "* 5 FETCH (BODYSTRUCTURE (\"a\" \"b\" (\"boundary\" NIL) NIL NIL \"7bit\" 5 NIL NIL NIL NIL))"
    ),
    ("Yandex", .missingBodyValue, "* 6 FETCH (UID 7 BODY[2] )"),
    ("Yandex", .none, "* BYE Autologout; idle for too long"),
    ("QQ", .oneDigitDay, "* 7 FETCH (INTERNALDATE \"7-Feb-2026 21:52:25 +0800\")"),
    ("QQ", .spaceBeforeParenthesis, "* 7 FETCH (UID 9 FLAGS (\\Seen) )"),
    ("163", .none, "* STATUS INBOX ()"),
    ("163", .none, "A1 NO SELECT Unsafe Login. Please contact kefu@188.test for help"),
    ("Courier", .zeroMessageNumber, "* 0 FETCH (FLAGS (\\Seen))"),
    (
      "Courier", .irregularHost,
      "* 8 FETCH (ENVELOPE (NIL NIL ((NIL NIL \"a\" \".MISSING-HOST-NAME.\")) NIL NIL NIL NIL NIL NIL NIL))"
    ),
    ("Courier", .none, "* ACL INBOX owner aceilrstwx administrators aceilrstwx"),
    (
      "SmarterMail", .nilInAddressList,
      "* 9 FETCH (ENVELOPE (NIL NIL ((NIL NIL \"a\" \"b.test\")) NIL NIL (NIL(NIL NIL \"c\" \"d.test\")) NIL NIL NIL NIL))"
    ),
    ("hMailServer", .negativeNumber, "* 1 FETCH (BODY (\"text\" \"plain\" NIL NIL NIL \"7bit\" -1 -1))"),
    ("home.pl", [.untaggedCode, .missingText], "* [COPYUID 1 2 3]"),
    ("Dovecot", .emptyMultipart, "* 1 FETCH (BODYSTRUCTURE (NIL \"alternative\" (\"boundary\" \"x\") NIL NIL NIL))"),
    ("Dovecot", .none, "A5 OK [READ-WRITE] Select completed (0.001 + 0.000 secs)."),
    ("Dovecot", .none, "* VANISHED (EARLIER) 1:3,5"), ("Dovecot", .none, "* BAD [CLIENTBUG] too many invalid commands"),
    ("Cyrus", .none, "* ESEARCH (TAG \"4\" MAILBOX INBOX UIDVALIDITY 1478) UID COUNT 3"),
    ("Cyrus", .none, "* OK [URLMECH INTERNAL] Ok"), ("Cyrus", .none, "* OK [ANNOTATIONS 65536] Ok"),
    (
      "Cyrus", .none,
      "* ID (\"name\" \"Cyrus IMAP\" \"version\" \"3.8.0\" \"vendor\" \"Project Cyrus\" \"support-url\" NIL)"
    ),
    ("Stalwart", .none, "* OK [INPROGRESS (\"A2\" 10 NIL)] searching"), ("BSD popper", .foreignLine, "+OK ready"),
    ("busy", .foreignLine, "421 Server is busy"), ("PHP proxy", .blankLine, "")
  ]

  @Test func responsesOfVendors() {
    for (vendor, quirks, line) in Self.responses {
      let wire = bytes(line.hasSuffix("\r\n") ? line : line + "\r\n")
      guard let (response, used) = try? ResponseTests.parse(wire, .client) else {
        Issue.record("\(vendor): refused \(line)")
        continue
      }
      if used != quirks, vendor != "iCloud" { Issue.record("\(vendor): \(line) took \(used.rawValue)") }
      if Self.hasMalformed(response) { Issue.record("\(vendor): malformed \(line)") }
      let again = ResponseTests.written(response)
      if (try? ResponseTests.parse(again, .client).response) != response { Issue.record("\(vendor): written \(line)") }
    }
  }

  static func hasMalformed(_ response: IMAPResponse) -> Bool {
    guard case .untagged(.fetch(let fetch)) = response else { return false }
    return fetch.items.contains { item in
      if case .malformed = item { return true }
      return false
    }
  }
}
