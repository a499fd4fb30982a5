@_spi(MailCodec) import IMAPCodec
import MailTestKit
@_spi(MailCodec) import MailWire
import Testing

@Suite struct ResponseTests {
  static func parse(
    _ line: [UInt8], _ quirks: IMAPQuirks = .none
  ) throws(SyntaxError) -> (response: IMAPResponse, used: IMAPQuirks) {
    var parser = IMAPResponseParser(quirks: quirks)
    let response = try parser.response(line.span)
    return (response, parser.usedQuirks)
  }

  static func written(_ response: IMAPResponse) -> [UInt8] {
    var output = OutboundBuffer()
    response.write(to: &output)
    return output.bytes.copied()
  }

  /// Responses in their canonical form: read strictly, they are written as they were.
  @Test func canonicalResponses() throws {
    let lines = [
      "A1 OK done", "A1 NO [TRYCREATE] No such mailbox", "A1 BAD what? {5}", "* OK [UNSEEN 12] Message 12",
      "* BYE [X a] b",
      "* PREAUTH [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN] hello", "* OK [PERMANENTFLAGS (\\Deleted \\Seen \\*)] Limited",
      "* OK [UIDNEXT 4392] next", "* OK [UIDVALIDITY 3857529045] valid", "* OK [HIGHESTMODSEQ 715194045007] ok",
      "A1 OK [APPENDUID 38505 3955:3957] done", "A1 OK [COPYUID 38505 304,319:320 3956:3958] done",
      "A1 OK [MODIFIED 7,9] failed", "A1 OK [MAILBOXID (F2212ea87)] done", "* NO [BADCHARSET (UTF-8 \"X ]\")] no",
      "* OK [REFERRAL imap://a.test/] there", "* OK [INPROGRESS (\"A1\" 454 1000)] busy", "* OK [ALERT] Danger!",
      "* OK [not closed", "* CAPABILITY IMAP4rev1 LITERAL+ AUTH=PLAIN", "* CAPABILITY", "* ENABLED CONDSTORE QRESYNC",
      "* ENABLED", "* FLAGS (\\Answered \\Seen $Label1)", "* 23 EXISTS", "* 0 EXISTS", "* 5 RECENT", "* 44 EXPUNGE",
      "* VANISHED 405,407", "* VANISHED (EARLIER) 300:310,405", "* 12 FETCH (UID 3 FLAGS (\\Seen))",
      "* LIST (\\Noselect) \"/\" ~/Mail/foo", "* LIST () NIL \"\"", "* LSUB () \"\\\\\" \"a b\"",
      "* XLIST (\\Inbox) \"/\" INBOX",
      "* LIST (\\NonExistent) \"/\" Foo (CHILDINFO (\"SUBSCRIBED\") OLDNAME (\"x y\"))", "* LIST () \".\" {3}\r\na\r\n",
      "* STATUS blurdybloop (MESSAGES 231 UIDNEXT 44292)", "* STATUS \"a b\" ()",
      "* STATUS INBOX (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 3 UNSEEN 4 DELETED 5 SIZE 4294967296 RECENT 6 HIGHESTMODSEQ 7 "
        + "MAILBOXID (Fx) APPENDLIMIT NIL)", "* SEARCH", "* SEARCH 2 3 84882 (MODSEQ 917162500)", "* SORT 84 2 3",
      "* ESEARCH", "* ESEARCH (TAG \"A282\") MIN 2 COUNT 3", "* ESEARCH (TAG \"A284\") UID ALL 2,10:11 MODSEQ 5",
      "* ESEARCH (TAG \"A1\") PARTIAL (1:10 2,4) RELEVANCY (4 99)", "* THREAD (2)(3 6 (4 23)(44 7 96))",
      "* NAMESPACE ((\"\" \"/\")) NIL NIL", "* 7 X-NEW (a)", "* ID NIL", "* X", "+ ", "+ idling", "+ bW9haA=="
    ]
    for line in lines {
      let wire = bytes(line + "\r\n")
      do throws(SyntaxError) {
        let (response, used) = try Self.parse(wire)
        let again = Self.written(response)
        if again != wire || !used.isEmpty { Issue.record("\(line) became \(String(decoding: again, as: UTF8.self))") }
        if try Self.parse(again).response != response { Issue.record("differs: \(line)") }
      } catch { Issue.record("\(line): \(error)") }
    }
  }

  @Test func typedValues() throws {
    guard case .tagged(let tag, let status) = try Self.parse(bytes("a7 no [CopyUID 1 2:3 5:6] x\r\n")).response else {
      Issue.record("not tagged")
      return
    }
    let sets = (try OrderedNumbers([2...3]), try OrderedNumbers([5...6]))
    #expect(tag.description == "a7" && status.condition == .no)
    #expect(status.code == .copyUID(uidValidity: 1, source: sets.0, target: sets.1))
    guard case .untagged(.status(let news)) = try Self.parse(bytes("* OK [alert] x\r\n")).response else { return }
    #expect(news.code == .keyword(.alert))
    guard case .untagged(.other(let other)) = try Self.parse(bytes("* 3 X-Y (a \"b\" (c))\r\n")).response else {
      return
    }
    #expect(other.number == 3)
    let tree = try IMAPValue.list([
      .token(IMAPToken("a")), .string(IMAPString("b")), .list([.token(IMAPToken("c"))])
    ])
    #expect(try other.values() == [tree])
    let evil = StatusResponse(.ok, nil, "[ALERT] a\r\n* BYE")
    #expect(text(Self.written(.untagged(.status(evil)))) == "* OK  [ALERT] a??* BYE\r\n")
  }

  @Test func quirks() {
    let table: [(IMAPQuirks, String)] = [
      (.missingText, "A1 OK"), (.missingText, "* OK [HIGHESTMODSEQ 12]"), (.bareContinuation, "+"),
      (.trailingSpace, "* SEARCH 1 2 "), (.trailingSpace, "* CAPABILITY IMAP4rev1 "), (.trailingSpace, "* 3 EXISTS "),
      (.spaceInCapability, "* CAPABILITY IMAP4rev1 LITERAL + IDLE"), (.zeroIdentifier, "* OK [UIDNEXT 0] unknown"),
      (.untaggedCode, "* [COPYUID 38505 304 3956]"), (.untaggedCode, "[COPYUID 38505 304 3956] x"),
      (.taggedBye, "A1 BYE overloaded"), (.searchForExtendedSearch, "* ESEARCH (TAG \"a\") ALL 1 (MODSEQ 5)"),
      (.spaceBeforeParenthesis, "* STATUS a (MESSAGES 1 )"), (.zeroMessageNumber, "* 0 EXPUNGE"),
      (.nilForString, "* LIST () \"\" a")
    ]
    for (quirk, line) in table {
      let wire = bytes(line + "\r\n")
      let needed: IMAPQuirks = line.hasPrefix("* [") ? [quirk, .missingText] : quirk
      if let (_, used) = try? Self.parse(wire, needed) {
        if used != needed { Issue.record("\(line) used \(used.rawValue)") }
      } else {
        Issue.record("refused: \(line)")
      }
      // Without theirs, a code with a zero is kept as text, and a plus sign is a capability of its own.
      if ![.zeroIdentifier, .spaceInCapability].contains(quirk),
        (try? Self.parse(wire, .lenient.subtracting(quirk))) != nil
      {
        Issue.record("accepted without its quirk: \(line)")
      }
    }
  }

  @Test func refusals() {
    for line in [
      "", "*", "* ", "A1", "A1 ", "A1 MAYBE x", "A1 PREAUTH x", "A+ OK x", "* 3 EXISTS x", "* SEARCH 0", "* SEARCH x",
      "* VANISHED (LATER) 1", "* VANISHED *x", "* FLAGS", "* LIST () \"//\" a", "* LIST () \"/\"", "* STATUS a",
      "* (x)",
      "* STATUS a (MESSAGES)", "* ESEARCH (TAG) MIN 2", "* OK a\u{0}b", "* 4294967296 EXISTS", "* ESEARCH MIN"
    ] where (try? Self.parse(bytes(line + "\r\n"))) != nil {
      Issue.record("accepted: \(line)")
    }
  }

  /// Every response of the recorded sessions is understood strictly, has a case of its own, and is equal to what its written form reads as.
  @Test func recordings() throws {
    let names = Corpus.files(in: "IMAP").filter { $0.hasSuffix(".server") }
    #expect(names.count > 15)
    var count = 0
    for name in names {
      let units = try Self.units(in: Corpus.bytes("IMAP/" + name))
      count += units.count
      for unit in units where !Self.isReadAndWritten(unit) { Issue.record("\(name): \(text(unit) ?? "")") }
    }
    #expect(count > 1_000)
  }

  static func isReadAndWritten(_ unit: [UInt8]) -> Bool {
    guard let response = try? parse(unit).response else { return false }
    if case .untagged(.other) = response { return false }
    return (try? parse(written(response)).response) == response
  }

  /// The responses of one side of a session, literals included.
  static func units(in bytes: [UInt8]) throws -> [[UInt8]] {
    var buffer = ReceiveBuffer()
    buffer.append(bytes.span)
    var framer = IMAPFramer(.responses)
    var units: [[UInt8]] = []
    while true {
      switch framer.next(in: &buffer) {
      case .literal: try framer.keepLiteral()
      case .unit(let length, let ending):
        units.append(buffer.bytes.extracting(first: length).copied())
        buffer.consume(length + ending)
      case .content, .endOfContent, .discarded, .failed, .incomplete: return units
      }
    }
  }
}
