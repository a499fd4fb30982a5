@_spi(MailCodec) import IMAPCodec
import MailTestKit
@_spi(MailCodec) import MailWire
import Testing

@Suite struct FetchResponseTests {
  @Test func numbersAndFlags() throws {
    let line =
      "* 23 FETCH (FLAGS (\\Seen $Forwarded \\X-Odd) UID 4827313 RFC822.SIZE 44827 MODSEQ (12121231000) "
      + "INTERNALDATE \"17-Jul-1996 02:44:25 -0700\")\r\n"
    let response = try parseFetch(line).response
    let isExpected =
      response.number == 23 && response.uid == 4_827_313 && response.size == 44_827
      && response.modSeq == 12_121_231_000 && response.flags?.system == .seen && response.flags?.keywordCount == 2
      && response.internalDate?.hour == 2 && response.items.isEmpty
    #expect(isExpected)
    let canonical =
      "* 23 FETCH (UID 4827313 FLAGS (\\Seen $Forwarded \\X-Odd) INTERNALDATE "
      + "\"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 44827 MODSEQ (12121231000))\r\n"
    #expect(text(written(response)) == canonical)
  }

  /// The examples of RFC 3501, 9051, 3516, 5257, 7162, 8474, 8514, 8970, 9586 and of Gmail's documentation.
  @Test func examples() throws {
    let examples = [
      "* 2 FETCH (FLAGS (\\Deleted \\Seen))", "* 3 FETCH (FLAGS ())",
      "* 12 FETCH (FLAGS (\\Seen) INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 4286 ENVELOPE "
        + "(\"Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\" \"IMAP4rev1 WG mtg summary and minutes\" "
        + "((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) ((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) "
        + "((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) ((NIL NIL \"imap\" \"cac.washington.edu\")) "
        + "((NIL NIL \"minutes\" \"CNRI.Reston.VA.US\") (\"John Klensin\" NIL \"KLENSIN\" \"MIT.EDU\")) NIL NIL "
        + "\"<B27397-0100000@cac.washington.edu>\") BODY (\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" "
        + "3028 92))",
      "* 12 FETCH (BODY[HEADER] {4}\r\nab\r\n)", "* 1 FETCH (BODY[]<0> {3}\r\na)b FLAGS (\\Seen))",
      "* 1 FETCH (UID 7 BINARY[1.2]<5> ~{3}\r\n\u{0}\r\n BINARY.SIZE[1] 44)", "* 1 FETCH (BINARY[] NIL)",
      "* 1 FETCH (BODY[HEADER.FIELDS (DATE FROM)] {2}\r\n\r\n)",
      "* 1 FETCH (BODY[4.2.HEADER.FIELDS.NOT (\"To\")] \"\")",
      "* 1 FETCH (RFC822 {0}\r\n RFC822.HEADER NIL RFC822.TEXT \"x\")",
      "* 1 FETCH (MODSEQ (624140003))", "* 1 FETCH (EMAILID (M6d99ac3275bb4e) THREADID (T64b478a75b7ea9))",
      "* 3 FETCH (EMAILID (M5fdc09b49ea629) THREADID NIL)", "* 1 FETCH (SAVEDATE \"01-Jan-2015 00:00:00 +0000\")",
      "* 7 FETCH (SAVEDATE NIL)", "* 1 FETCH (PREVIEW \"this is a test\")", "* 2 FETCH (PREVIEW NIL)",
      "* 1 FETCH (X-GM-THRID 1278455344230334865 X-GM-MSGID 18446744073709551615)",
      "* 1 FETCH (X-GM-LABELS (\\Inbox \\Sent Important \"Muy Importante\" NIL))",
      "* 12 FETCH (ANNOTATION (/comment (value.priv \"My comment\" size.priv 10)))",
      "* 25996 UIDFETCH (FLAGS (\\Seen))", "* 1 FETCH (BODYSTRUCTURE (\"text\" \"plain\" NIL NIL NIL \"7bit\" 0 0))",
      "* 5 fetch (uid 3 flags (\\SEEN))", "* 1 FETCH ()", "* 1 FETCH (X-NEW[a (b)]<4> (1 \"(\" {1}\r\n)))"
    ]
    for example in examples {
      let quirks: IMAPQuirks =
        example.contains("(\"John") ? .spaceBetweenAddresses : example.contains(" NIL))") ? .nilForString : .none
      let response = try parseFetch(example + "\r\n", quirks: quirks).response
      let again = try parseFetch(written(response)).response
      if again != response || written(again) != written(response) { Issue.record("\(example)") }
      for item in response.items {
        if case .malformed = item { Issue.record("malformed: \(example)") }
      }
    }
  }

  @Test func sectionsKeepNameOriginAndContent() throws {
    let line = "* 2 FETCH (BODY[1.HEADER.FIELDS (DATE)]<10> {5}\r\n1)\"34 BODY[] NIL BODY[2] \"q\\\"q\" UID 8)\r\n"
    let response = try parseFetch(line).response
    let sections = response.sections
    #expect(sections.count == 3 && response.uid == 8)
    #expect(text(sections[0].content) == "1)\"34" && sections[0].origin == 10 && sections[1].content == nil)
    #expect(text(sections[2].content) == "q\"q" && sections[1].name == .body(.message))
  }

  /// Each deviation with the text that shows it: accepted with its quirk alone, refused without it.
  @Test func quirks() throws {
    let address = "((\"A\" NIL \"a\" \"b.test\"))"
    let tail = "NIL NIL NIL NIL \"<i@b.test>\""
    let fields = "NIL NIL NIL \"7bit\""
    let table: [(IMAPQuirks, String)] = [
      (.zeroMessageNumber, "* 0 FETCH (FLAGS ())"),
      (.severalSpaces, "*  1 FETCH (FLAGS ())"),
      (.severalSpaces, "* 1 FETCH  (FLAGS ())"),
      (.missingSpace, "* 1 FETCH (FLAGS(\\Seen) UID 3)"),
      (.missingSpace, "* 1 FETCH(FLAGS ())"),
      (.spaceBeforeParenthesis, "* 1 FETCH (UID 1 FLAGS () )"),
      (.spaceBeforeParenthesis, "* 1 FETCH (FLAGS (\\Seen ) UID 1)"),
      (.trailingSpace, "* 1 FETCH (FLAGS ()) "),
      (.bracketInFlag, "* 1 FETCH (FLAGS (\\Seen [Draft]))"),
      (.negativeNumber, "* 1 FETCH (RFC822.SIZE -1)"),
      (.floatingNumber, "* 1 FETCH (RFC822.SIZE 9.3736e+06)"),
      (.negativeModSeq, "* 1 FETCH (MODSEQ (-1) UID 2)"),
      (.oneDigitDay, "* 1 FETCH (INTERNALDATE \"7-Feb-2026 21:52:25 +0000\")"),
      (.missingBodyValue, "* 1 FETCH (UID 1 BODY[2])"),
      (.eightBitInQuoted, "* 1 FETCH (PREVIEW \"Grüße\")"),
      (.unescapedQuote, "* 1 FETCH (PREVIEW \"a 19\"-rack\")"),
      (.needlessEscape, "* 1 FETCH (PREVIEW \"a\\/b\")"),
      (.zeroInLiteral, "* 1 FETCH (PREVIEW {3}\r\na\u{0}b)"),
      (.nilForString, "* 1 FETCH (BODY (\"text\" \"plain\" (\"charset\" NIL) NIL NIL \"7bit\" 1 1))"),
      (.emptyAddressList, "* 1 FETCH (ENVELOPE (NIL NIL () \(address) NIL \(tail)))"),
      (
        .spaceBetweenAddresses,
        "* 1 FETCH (ENVELOPE (NIL NIL ((NIL NIL \"a\" \"b\") (NIL NIL \"c\" \"d\")) NIL NIL \(tail)))"
      ),
      (.nilInAddressList, "* 1 FETCH (ENVELOPE (NIL NIL ((NIL NIL \"a\" \"b\")NIL) NIL NIL \(tail)))"),
      (.wrappedEnvelope, "* 1 FETCH (ENVELOPE ((NIL NIL \(address) NIL NIL \(tail))))"),
      (.shortEnvelope, "* 1 FETCH (ENVELOPE (NIL NIL \(address) NIL NIL NIL NIL NIL))"),
      (.nilEncoding, "* 1 FETCH (BODY (\"image\" \"png\" NIL NIL NIL NIL 5))"),
      (.missingBodyFields, "* 1 FETCH (BODY (\"text\" \"plain\" \(fields) 5))"),
      (.irregularMediaType, "* 1 FETCH (BODY (NIL NIL \(fields) 5))"),
      (.irregularMediaType, "* 1 FETCH (BODY (\"X-ZIP\" \(fields) 5))"),
      (.emptyMultipart, "* 1 FETCH (BODYSTRUCTURE (NIL \"alternative\" (\"boundary\" \"x\") NIL NIL NIL))"),
      (.emptyMultipart, "* 1 FETCH (BODYSTRUCTURE (\"ALTERNATIVE\" (\"BOUNDARY\" \"x\") NIL NIL))"),
      (.emptyMultipart, "* 1 FETCH (BODYSTRUCTURE (\"ALTERNATIVE\"))"),
      (.messageAsBasicPart, "* 1 FETCH (BODYSTRUCTURE (\"message\" \"rfc822\" \(fields) 5 NIL NIL NIL NIL))"),
      (.emptyMessageBody, "* 1 FETCH (BODY (\"message\" \"rfc822\" \(fields) 5 (NIL NIL NIL NIL NIL \(tail)) () 3))"),
      (.bareDisposition, "* 1 FETCH (BODYSTRUCTURE (\"image\" \"png\" \(fields) 5 NIL \"inline\" NIL NIL))"),
      (.descriptionInMultipart, "* 1 FETCH (BODYSTRUCTURE ((\"a\" \"b\" \(fields) 5) \"mixed\" NIL \"Text\" NIL))"),
      (.nilInLanguages, "* 1 FETCH (BODYSTRUCTURE (\"a\" \"b\" \(fields) 5 NIL NIL (\"en\" NIL) NIL))"),
      (.emptyList, "* 1 FETCH (BODY (\"a\" \"b\" () NIL NIL \"7bit\" 5))"),
      (.malformedItem, "* 1 FETCH (UID x FLAGS (\\Seen))")
    ]
    for (quirk, line) in table {
      do {
        let (_, used) = try parseFetch(line + "\r\n", quirks: quirk)
        if used != quirk { Issue.record("\(line) used \(used.rawValue)") }
      } catch { Issue.record("\(line): \(error)") }
      do {
        _ = try parseFetch(line + "\r\n", quirks: .lenient.subtracting([quirk, .malformedItem]))
        Issue.record("accepted without its quirk: \(line)")
      } catch {}
    }
  }

  @Test func goodNeighboursOfBadItemsStand() throws {
    let lines = [
      "* 7 FETCH (UID 12 BODYSTRUCTURE ((\"text\" \"plain\") 5 x) FLAGS (\\Seen) RFC822.SIZE 3)\r\n",
      "* 7 FETCH (UID 12 ENVELOPE (\"a\" {3}\r\n)x( oops) FLAGS (\\Seen) RFC822.SIZE 3)\r\n",
      "* 7 FETCH (UID 12 FLAGS (\\Seen) RFC822.SIZE 3 BODYSTRUCTURE ((\"text)\r\n",
      "* 7 FETCH (UID 12 FLAGS (\\Seen) RFC822.SIZE 3 BODY[1.x] (1 2))\r\n"
    ]
    for line in lines {
      let (response, used) = try parseFetch(line, quirks: .client)
      guard case .malformed(let item) = response.items.first else {
        Issue.record("\(line)")
        continue
      }
      let isWhole = response.uid == 12 && response.flags?.system == .seen && response.size == 3
      if !isWhole || item.name.isEmpty || !used.contains(.malformedItem) { Issue.record("\(line)") }
      let again = try parseFetch(written(response), quirks: .client).response
      if again.uid != 12 || again.items != response.items { Issue.record("written: \(line)") }
    }
  }

  @Test func refusals() {
    let lines = [
      "", "*", "* ", "* 1", "* x FETCH ()", "* 1 FETCH", "* 1 FETCH ", "* 1 FETCH (", "* 1 FETCH (UID",
      "* 1 FETCH (UID 1",
      "* 1 FETCH (UID 1) x", "* 4294967296 FETCH ()", "* 1 FETCH (UID 0)", "* 1 FETCH (UID 4294967296)",
      "* 1 FETCH (RFC822.SIZE 9223372036854775808)", "* 1 FETCH (FLAGS (\\))", "* 1 FETCH (FLAGS (a{))",
      "* 1 FETCH (EMAILID ())", "* 1 FETCH (PREVIEW {5}\r\nabc)", "* 1 FETCH (PREVIEW \"a\u{0}\")",
      "* 1 FETCH (BODY[0] NIL)",
      "* 1 FETCH (UID 1)\n", "* 1 FETCHX (UID 1)"
    ]
    for line in lines {
      do {
        _ = try parseFetch(line)
        Issue.record("accepted: \(line)")
      } catch {}
    }
  }

  @Test func depthCostsNoStackAndDegrades() throws {
    for depth in [99, 100, 101, 100_000] {
      let open = String(repeating: "(", count: depth)
      let close = String(repeating: " \"mixed\")", count: depth)
      let line = "* 1 FETCH (UID 9 BODYSTRUCTURE \(open)(\"a\" \"b\" NIL NIL NIL \"7bit\" 1)\(close) FLAGS ())\r\n"
      let (response, _) = try parseFetch(line)
      var part = response.bodyStructure
      var levels = 0
      while let child = part?.parts.first {
        part = child
        levels += 1
      }
      let isOpaque = part?.kind == .opaque
      if response.uid != 9 || response.flags == nil || levels != min(depth, 100) || isOpaque != (depth >= 100) {
        Issue.record("\(depth): \(levels) \(isOpaque)")
      }
      #expect(try parseFetch(written(response)).response == response)
    }
  }

  @Test func roundTripsOfGeneratedValues() throws {
    var generator = FetchGenerator(random: SplitMix64(seed: 9_051))
    for _ in 0..<400 {
      let value = try generator.response()
      let wire = written(value)
      let (again, used) = try parseFetch(wire, quirks: .zeroInLiteral)
      if again != value || written(again) != wire || !used.isEmpty {
        Issue.record("\(String(decoding: wire, as: UTF8.self))")
      }
    }
  }

  @Test func mutationsNeitherTrapNorLoop() throws {
    var generator = FetchGenerator(random: SplitMix64(seed: 3_501))
    for _ in 0..<300 {
      var wire = written(try generator.response())
      for _ in 0...generator.random.below(4) {
        let place = generator.random.below(wire.count)
        switch generator.random.below(3) {
        case 0: wire.remove(at: place)
        case 1: wire.insert(UInt8(truncatingIfNeeded: generator.random.next()), at: place)
        default: wire[place] = Array("(){}\"\\ \r\nN0".utf8)[generator.random.below(11)]
        }
      }
      guard let (response, _) = try? parseFetch(wire, quirks: .lenient) else { continue }
      _ = written(response)
      _ = response.bodyStructure?.parts.map(\.kind)
    }
  }
}
