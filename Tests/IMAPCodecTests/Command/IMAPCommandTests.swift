import IMAPCodec
import MailTestKit
import MailWire
import Testing

@Suite struct IMAPCommandTests {
  static func parse(_ text: String, _ quirks: IMAPQuirks = .none) throws(SyntaxError) -> TaggedCommand {
    let bytes = [UInt8](text.replacing("|", with: "\r\n").utf8)
    return try TaggedCommand(bytes.span, quirks: quirks)
  }

  /// The command as it is written for a server with `LITERAL+`, CRLF as `|`.
  static func write(_ command: TaggedCommand, _ literals: IMAPEncoding.Literals = .nonSynchronising) -> String {
    String(decoding: command.encoded(for: IMAPEncoding(literals: literals)).bytes, as: UTF8.self)
      .replacing("\r\n", with: "|")
  }

  /// Commands that are written as they are read.
  static let canonical = [
    "CAPABILITY", "NOOP", "LOGOUT", "STARTTLS", "NAMESPACE", "IDLE", "CHECK", "CLOSE", "UNSELECT", "UNAUTHENTICATE",
    "EXPUNGE", "UID EXPUNGE 3:5,9:*", "LOGIN smith sesame", "LOGIN \"john smith\" \"a\\\"b\\\\c\"",
    "LOGIN \"\" \"NIL\"",
    "AUTHENTICATE PLAIN", "AUTHENTICATE PLAIN AHRlc3QAdGVzdA==", "AUTHENTICATE EXTERNAL =",
    "ENABLE CONDSTORE X-GOOD-IDEA",
    "ID NIL", "ID (\"name\" \"sodr\" \"version\" NIL)", "SELECT INBOX", "SELECT \"Sent Items\" (CONDSTORE)",
    "EXAMINE x (QRESYNC (67890007 20050715194045000 41,43:211,214:541))",
    "SELECT x (QRESYNC (67890007 90060115194045000 41:211,214:541 (1:9 47:55)))", "SELECT x (FOO (a (b)) BAR 5)",
    "CREATE owatagusiam/", "CREATE MySpecial (USE (\\Drafts \\Sent))", "DELETE blurdybloop", "RENAME INBOX old-mail",
    "SUBSCRIBE #news.comp.mail.mime", "UNSUBSCRIBE \"\"", "LIST \"\" *", "LIST /usr/staff/jones \"\"",
    "LIST \"\" \"a b/%\"",
    "LIST (SUBSCRIBED RECURSIVEMATCH) \"\" * RETURN (STATUS (MESSAGES))", "LIST \"\" (INBOX Drafts Sent/%) RETURN ()",
    "LIST (SPECIAL-USE) \"\" % RETURN (CHILDREN METADATA (DEPTH))", "LSUB #news. comp.mail.*", "XLIST \"\" %",
    "STATUS blurdybloop (MESSAGES UIDNEXT SIZE DELETED-STORAGE X-FOO)",
    "STATUS INBOX (HIGHESTMODSEQ APPENDLIMIT MAILBOXID)",
    "SEARCH FLAGGED SINCE 1-Feb-1994 NOT FROM Smith", "SEARCH TEXT \"string not in mailbox\"", "SEARCH RETURN () ALL",
    "UID SEARCH RETURN (MIN COUNT SAVE) 1:* UNDELETED", "SEARCH CHARSET UTF-8 TEXT {6+}|\u{41c}\u{410}\u{41c}",
    "SEARCH OR (SEEN FROM a) OR LARGER 5 SMALLER 6 KEYWORD $Junk", "SEARCH $ UID 5:*", "SEARCH HEADER Message-ID \"\"",
    "SEARCH MODSEQ \"/flags/\\\\draft\" all 620162338", "SEARCH MODSEQ 5 OLDER 60 YOUNGER 4294967295 FUZZY BODY x",
    "SEARCH SAVEDON 28-Dec-2014 SAVEDATESUPPORTED EMAILID M6d99ac3275bb4e FILTER on-the-road",
    "SEARCH X-GM-RAW \"has:attachment in:unread\" X-GM-THRID 1278455344230334865",
    "UID SEARCH RETURN (PARTIAL -1:-100) UNSEEN",
    "SEARCH XFOO (a b) \"c\"", "SORT (SUBJECT REVERSE DATE) UTF-8 ALL",
    "UID SORT RETURN (COUNT) (DISPLAYFROM) UTF-8 1:5 SEEN",
    "THREAD REFERENCES UTF-8 SINCE 5-MAR-2000", "UID THREAD ORDEREDSUBJECT US-ASCII TEXT gewp",
    "FETCH 2:4 (FLAGS BODY.PEEK[HEADER.FIELDS (DATE FROM)])", "FETCH 1 (BODY[])",
    "UID FETCH 1:* (FLAGS) (CHANGEDSINCE 12345 VANISHED)",
    "FETCH 1 (UID BODY[1.2.MIME]<0.100> BODY[HEADER.FIELDS.NOT (Received \"odd name\")] BODY[3.HEADER] BODY[4.TEXT])",
    "FETCH 1 (BINARY.SIZE[1] BINARY[2.1]<5.6> BINARY.PEEK[])", "FETCH 1 (SAVEDATE EMAILID THREADID PREVIEW (LAZY))",
    "FETCH 1:5 (X-GM-MSGID X-GM-LABELS ANNOTATION (/comment value))",
    "UID FETCH 25900:26600 (UID FLAGS) (PARTIAL -1:-30)",
    "FETCH 4294967294,* (RFC822 RFC822.HEADER RFC822.TEXT)", "STORE 2:4 +FLAGS (\\Deleted)",
    "UID STORE 1 -FLAGS.SILENT (a $b)",
    "STORE 7,9 (UNCHANGEDSINCE 320162338) FLAGS ()", "COPY 2:4 MEETING", "UID MOVE 42:69 foo", "MOVE $ \"a b\"",
    "APPEND saved-messages (\\Seen) {310+}|", "APPEND x \" 7-Feb-1994 21:52:25 -0800\" ~{0+}|", "APPEND x UTF8 (~{5+}|",
    "APPEND x CATENATE (URL /INBOX;UIDVALIDITY=385759045/;UID=20)",
    "APPEND x (\\Draft) CATENATE (URL a TEXT {42+}|", "REPLACE 4 Drafts (\\Seen \\Draft) {312+}|",
    "UID REPLACE 5 x {1+}|",
    "COMPRESS DEFLATE", "GETQUOTA \"\"", "GETQUOTAROOT INBOX", "SETQUOTA #user/alice (STORAGE 510 MESSAGE 5)",
    "SETQUOTA x ()",
    "SETACL INBOX/Drafts Byron +lrswikda", "DELETEACL x fred", "GETACL x", "LISTRIGHTS ~/Mail/saved smith",
    "MYRIGHTS INBOX",
    "GETMETADATA INBOX (/shared/comment)", "GETMETADATA (MAXSIZE 1024 DEPTH infinity) \"\" (/a /b)",
    "SETMETADATA INBOX (/private/comment \"My new comment\" /shared/comment NIL)", "NOTIFY NONE",
    "NOTIFY SET STATUS (selected (MessageNew (UID BODY.PEEK[]) MessageExpunge)) (subtree (Lists a) (MessageNew))",
    "NOTIFY SET (selected-delayed NONE) (mailboxes (x) (FlagChange X-EVENT SubscriptionChange))",
    "GENURLAUTH imap://x INTERNAL", "RESETKEY", "RESETKEY INBOX INTERNAL", "URLFETCH imap://x (imap://y BINARY)",
    "GETJMAPACCESS", "LANGUAGE", "COMPARATOR \"cz;*\" i;basic", "RLIST \"\" *", "RLSUB \"\" %",
    "CANCELUPDATE \"B01\" \"B02\"", "SEARCH RETURN (COUNT UPDATE (UID FLAGS)) ALL",
    "STORE 1 +X-GM-LABELS (\\Inbox \"a b\")",
    "UID STORE 5 ANNOTATION (/comment (value.shared \"x\"))",
    "SORT (ANNOTATION \"/altsubject\" \"value.shared\" REVERSE DATE) UTF-8 ALL",
    "CONVERT 1 (\"text/plain\" (\"charset\" \"utf-8\")) BINARY[1]", "LANGUAGE MUL EN", "UIDBATCHES 2000 10:20",
    "UID XFOO 1:5 \\Flag",
    "X-A.b \"abc\" ~{2+}|d\u{0} ()",
    "XAPPLEPUSHSERVICE aps-version 2 mailboxes (\"INBOX\" \"Notes\")",
    "ESEARCH IN (mailboxes (folder1) subtree-one (folder2) personal) RETURN (ALL) UNSEEN", "ESEARCH UNSEEN"
  ]

  @Test func canonicalForms() throws {
    for text in Self.canonical {
      let written = try Self.write(Self.parse("A1 " + text))
      let expected = "A1 " + text + (text.hasSuffix("|") ? "" : "|")
      #expect(written.lowercased() == expected.lowercased(), "\(text)")
    }
  }

  /// Commands and what they are written as.
  @Test func otherForms() throws {
    let table = [
      ("noop", "NOOP|"), ("uid fetch 1 all", "UID FETCH 1 (FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)|"),
      ("FETCH 1 full", "FETCH 1 (FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODY)|"),
      ("FETCH 1 FAST", "FETCH 1 (FLAGS INTERNALDATE RFC822.SIZE)|"),
      ("FETCH 5:3,4 uid", "FETCH 3:5 (UID)|"), ("select inbox", "SELECT INBOX|"),
      ("LOGIN {2}|ab {3+}|c d", "LOGIN ab \"c d\"|"),
      ("STORE 1 FLAGS \\seen x", "STORE 1 FLAGS (\\Seen x)|"),
      ("SEARCH SINCE \"1-feb-1994\"", "SEARCH SINCE 1-Feb-1994|"),
      ("SEARCH (SEEN)", "SEARCH (SEEN)|"), ("DELETE {0}|", "DELETE \"\"|"), ("LIST {0}| {1}|%", "LIST \"\" %|"),
      ("ID ()", "ID NIL|"),
      ("FETCH 1 BODY[HEADER.FIELDS ({4}|From)]", "FETCH 1 (BODY[HEADER.FIELDS (From)])|"),
      ("LIST \"\" (a)", "LIST \"\" (a)|"),
      ("AUTHENTICATE plain", "AUTHENTICATE plain|"), ("uid expunge 1", "UID EXPUNGE 1|"),
      ("SELECT {5}|a\"b c", "SELECT \"a\\\"b c\"|"),
      ("APPEND x (\\Seen) {310}|", "APPEND x (\\Seen) {310+}|"), ("GETMETADATA x /a", "GETMETADATA x (/a)|")
    ]
    for (text, written) in table {
      #expect(try Self.write(Self.parse("A1 " + text)) == "A1 " + written, "\(text)")
    }
  }

  @Test func refusals() {
    let table: [(String, SyntaxError.Code, Int)] = [
      ("", .empty, 0), ("A1", .unexpectedEnd, 2), ("A1 ", .unexpectedEnd, 3), ("+ NOOP", .badToken, 0),
      ("A1  NOOP", .unexpectedByte, 3),
      ("A1 NOOP ", .trailingBytes, 7), ("A1 NOOP x", .trailingBytes, 7), ("A1 LOGIN a", .unexpectedEnd, 10),
      ("A1 LOGIN a b c", .trailingBytes, 12),
      ("A1 LOGIN a \"b", .unexpectedEnd, 13), ("A1 LOGIN a \"b\\c\"", .unexpectedByte, 14),
      ("A1 LOGIN a \u{e9}", .unexpectedByte, 11),
      ("A1 LOGIN a \"\u{e9}\"", .unexpectedByte, 12), ("A1 LOGIN {5}|abc", .unexpectedEnd, 17),
      ("A1 LOGIN {1-}|a b", .unexpectedByte, 11),
      ("A1 LOGIN {1}|\u{0} b", .unexpectedByte, 14), ("A1 LOGIN a\r b", .unexpectedByte, 10),
      ("A1 SELECT a b", .trailingBytes, 11),
      ("A1 SELECT (a)", .unexpectedByte, 10), ("A1 SELECT a%", .trailingBytes, 11), ("A1 FETCH 0 FLAGS", .badNumber, 9),
      ("A1 FETCH 1", .unexpectedEnd, 10),
      ("A1 FETCH 1 ()", .unexpectedByte, 12), ("A1 FETCH 1 (FLAGS", .unexpectedEnd, 17),
      ("A1 FETCH 1 BODY[MIME]", .badToken, 16),
      ("A1 FETCH 1 BODY[0]", .badToken, 16), ("A1 FETCH 1 BODY[]<0.0>", .badNumber, 20),
      ("A1 FETCH 1 BODY[HEADER.FIELDS ()]", .unexpectedByte, 31),
      ("A1 FETCH 1 BODY[1.]", .badToken, 18), ("A1 FETCH 1 BODY.POKE[]", .badToken, 11),
      ("A1 STORE 1 FLAG x", .badToken, 11), ("A1 STORE 1 FLAGS (\\)", .unexpectedByte, 19),
      ("A1 SEARCH", .unexpectedEnd, 9), ("A1 SEARCH ()", .unexpectedByte, 11), ("A1 SEARCH NOT", .unexpectedEnd, 13),
      ("A1 SEARCH (SEEN", .unexpectedEnd, 15),
      ("A1 SEARCH SINCE 32-Jan-2020", .badNumber, 18), ("A1 SEARCH LARGER -1", .badNumber, 17),
      ("A1 SEARCH OLDER 0", .badNumber, 16),
      ("A1 UID EXPUNGE", .unexpectedEnd, 14), ("A1 EXPUNGE 1", .trailingBytes, 10),
      ("A1 STATUS x ()", .unexpectedByte, 13), ("A1 STATUS x MESSAGES", .unexpectedByte, 12),
      ("A1 APPEND x", .unexpectedEnd, 11), ("A1 APPEND x abc", .badToken, 12), ("A1 APPEND x {5}", .unexpectedByte, 15),
      ("A1 APPEND x \"7-Feb-1994 21:52:25 -0800\" {1}|", .badNumber, 13),
      ("A1 AUTHENTICATE PLAIN ab!", .badBase64, 25), ("A1 ENABLE", .unexpectedEnd, 9),
      ("A1 XFOO (a", .unexpectedEnd, 10), ("A1 XFOO a)", .trailingBytes, 9),
      ("A1 SELECT x (QRESYNC (0 1))", .badNumber, 22), ("A1 FETCH 1 UID (CHANGEDSINCE)", .unexpectedByte, 28),
      ("A1 SORT () UTF-8 ALL", .unexpectedByte, 9),
      ("A1 NOOP\u{0}", .trailingBytes, 7)
    ]
    for (text, code, offset) in table {
      do {
        let command = try Self.parse(text)
        Issue.record("accepted \(text): \(command)")
      } catch {
        #expect(error == SyntaxError(code, at: offset), "\(text)")
      }
    }
  }

  @Test func quirks() throws {
    let table: [(String, IMAPQuirks)] = [
      ("A NOOP ", .trailingSpace), ("A SELECT x ", .trailingSpace), ("A  NOOP", .severalSpaces),
      ("A FETCH 1  FLAGS", .severalSpaces),
      ("A LOGIN a \"\u{e9}\"", .eightBitInQuoted), ("A SELECT \u{e9}", .eightBitInAtom),
      ("A STORE 1 FLAGS (a])", .bracketInFlag),
      ("A STATUS x ()", .emptyList), ("A APPEND x \"7-Feb-1994 21:52:25 -0800\" {1}|", .oneDigitDay),
      ("A STORE 1 FLAGS (a )", .spaceBeforeParenthesis)
    ]
    for (text, quirk) in table {
      let bytes = [UInt8](text.replacing("|", with: "\r\n").utf8)
      var used = IMAPQuirks.none
      _ = try TaggedCommand(bytes.span, quirks: .lenient, used: &used)
      #expect(used == quirk, "\(text)")
      #expect(throws: SyntaxError.self, "\(text)") { try Self.parse(text, IMAPQuirks.lenient.subtracting(quirk)) }
    }
  }

  /// Grammar levels, not stack frames: a hundred are read, more are refused, and nothing recurses beyond.
  @Test func depth() throws {
    for (open, close) in [("(", ")"), ("NOT ", ""), ("OR SEEN ", ""), ("FUZZY ", "")] {
      let nested = { (levels: Int) in
        "A SEARCH " + String(repeating: open, count: levels) + "ALL" + String(repeating: close, count: levels)
      }
      #expect((try? Self.parse(nested(100))) != nil && (try? Self.parse(nested(101))) == nil, "\(open)")
      #expect((try? Self.parse(nested(8_000))) == nil)
    }
    for levels in [101, 20_000] {
      #expect((try? Self.parse("A XFOO " + String(repeating: "(", count: levels))) == nil)
      #expect((try? Self.parse("A SELECT x (Q " + String(repeating: "(", count: levels))) == nil)
    }
    #expect((try? Self.parse("A FETCH 1 BODY[" + String(repeating: "1.", count: 200) + "1]")) == nil)
  }

  /// A million flags and as many search keys: linear work, and the limits hold.
  @Test(.timeLimit(.minutes(1))) func many() throws {
    let limits = IMAPLimits(elements: 300_000)
    for (head, element, tail) in [
      ("A STORE 1 FLAGS (x", " abc", ")"), ("A SEARCH ALL", " SEEN", ""), ("A FETCH 1 (UID", " BODY[]", ")"),
      ("A XFOO", " x", ""),
      ("A FETCH 1 BODY[HEADER.FIELDS (x", " abc", ")]"), ("A FETCH 1", ",1", " UID")
    ] {
      let bytes = [UInt8]((head + String(repeating: element, count: 200_000) + tail).utf8)
      #expect((try? TaggedCommand(bytes.span, limits: limits)) != nil, "\(head)")
      #expect((try? TaggedCommand(bytes.span, limits: IMAPLimits(elements: 1_000))) == nil, "\(head)")
    }
  }

  /// Nothing that can be constructed writes a second line or another argument.
  @Test func noInjection() throws {
    for text in [
      "a\r\nB NOOP", "a\nb", "a\"b", "a\\b", "{5}", "a {5+}\r\nx", "(", "a)", "NIL", "*", "\u{e9}", "a\u{7f}"
    ] {
      let string = try IMAPString(text)
      let command = TaggedCommand(try IMAPTag("A"), .login(string, try IMAPPassword(Secret(text))))
      for literals in [IMAPEncoding.Literals.synchronising, .upTo4096, .nonSynchronising] {
        for utf8 in [true, false] {
          let bytes = command.encoded(for: IMAPEncoding(literals: literals, acceptsUTF8: utf8)).bytes
          let unit = bytes.span.extracting(first: bytes.count - 2)
          #expect(try TaggedCommand(unit, quirks: .eightBitInQuoted) == command, "\(text)")
        }
      }
      #expect((try? IMAPTag(text)) == nil || text.allSatisfy { $0.isLetter } || text == "a\\b", "\(text)")
    }
    #expect((try? IMAPString("\u{0}")) == nil && (try? IMAPPassword(Secret("\u{0}"))) == nil)
    for text in ["a b", "(", "a\r", "{", "\u{e9}", ""] {
      #expect((try? IMAPAtom(text)) == nil && (try? IMAPToken(text)) == nil)
    }
  }

  @Test func secrets() throws {
    let command = try Self.parse("A LOGIN smith sesame")
    #expect(!"\(command)".contains("sesame") && !String(reflecting: command).contains("sesame"))
  }
}
