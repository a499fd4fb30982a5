@_spi(MailCodec) import IMAPCodec
import MailTestKit
@_spi(MailCodec) import MailWire
import Testing

@Suite struct QuirkCatalogueTests {
  /// What a parser without the quirk makes of the line.
  enum Otherwise {
    /// It throws.
    case refused
    /// It reads the line, but as something else.
    case different
    /// It reads the same: the quirk is a remark.
    case same
  }

  static let address = "((\"A\" NIL \"a\" \"b.test\"))"
  static let envelopeTail = "NIL NIL NIL NIL \"<i@b.test>\""
  static let fields = "NIL NIL NIL \"7bit\""

  /// Each deviation with the text that shows it.
  static let catalogue: [(IMAPQuirks, String, Otherwise)] = [
    // Lines and statuses.
    (.missingText, "A1 OK", .refused), (.missingText, "* BYE", .refused),
    (.missingText, "* OK [HIGHESTMODSEQ 12]", .refused), (.trailingSpace, "* SEARCH 1 2 ", .refused),
    (.trailingSpace, "* CAPABILITY IMAP4rev1 ", .refused), (.trailingSpace, "* ID NIL ", .refused),
    (.trailingSpace, "* QUOTAROOT INBOX \"\" ", .refused), (.trailingSpace, "* STATUS a (MESSAGES 1) ", .refused),
    (.trailingSpace, "* 3 EXISTS ", .refused), (.trailingSpace, "* ESEARCH (TAG \"a\") UID ", .refused),
    (.trailingSpace, "* LIST () \"/\" a ", .refused), (.trailingSpace, "* OK [UIDNEXT 5 ] x", .different),
    (.bareContinuation, "+", .refused), (.bareLineFeed, "* 1 EXISTS\n", .refused), (.blankLine, "", .refused),
    (.foreignLine, "421 Server is busy", .refused), (.foreignLine, "220-mail.test ESMTP", .refused),
    (.foreignLine, "+OK POP3 ready", .refused), (.irregularName, "* (NOTICE) maintenance", .refused),
    (.irregularName, "* \"text\"", .refused), (.missingAsterisk, "OK [ALERT] enable IMAP first", .refused),
    (.missingAsterisk, "BAD command", .refused), (.missingAsterisk, "BYE closing", .refused),
    (.textBeforeBye, "session invalidated* BYE connection closed", .refused),
    (.taggedBye, "A1 BYE overloaded", .refused),
    (.severalSpaces, "*  1 EXISTS", .refused), (.severalSpaces, "* SEARCH 1  2", .refused),
    (.severalSpaces, "* CAPABILITY IMAP4rev1  IDLE", .refused),
    (.severalSpaces, "* QUOTA \"\"  (STORAGE 1 2)", .refused),
    (.missingSpace, "* FLAGS(\\Seen)", .refused), (.missingSpace, "* STATUS \"a\"(MESSAGES 1)", .refused),
    (.missingSpace, "* LIST() \"/\" a", .refused), (.missingSpace, "* THREAD (1(2)(3))", .refused),
    (.spaceBeforeParenthesis, "* STATUS a (MESSAGES 1 )", .refused),
    (.spaceBeforeParenthesis, "* FLAGS ( \\Seen)", .refused),
    (.spaceBeforeParenthesis, "* LIST (\\HasNoChildren ) \"/\" a", .refused),
    (.spaceBeforeParenthesis, "* QUOTA \"\" ( STORAGE 1 2)", .refused),
    (.spaceBeforeParenthesis, "* ID (\"a\" NIL )", .refused),
    (.spaceInCapability, "* CAPABILITY IMAP4rev1 LITERAL + IDLE", .different),
    // Codes.
    (.zeroIdentifier, "* OK [UIDNEXT 0] unknown", .different),
    (.zeroIdentifier, "* OK [UIDVALIDITY 0] none", .different),
    (.zeroIdentifier, "* STATUS a (UIDVALIDITY 0)", .refused), (.zeroIdentifier, "* ESEARCH MIN 0", .refused),
    (.emptyCopyUID, "A1 OK [COPYUID 7  ] done", .different), (.emptyCopyUID, "A1 OK [COPYUID 7 ] done", .different),
    ([.untaggedCode, .missingText], "* [COPYUID 38505 304 3956]", .refused),
    (.untaggedCode, "[COPYUID 38505 304 3956] x", .refused),
    // Mailboxes.
    (.nilForString, "* 1 FETCH (X-GM-LABELS (\\Inbox NIL))", .refused),
    (.nilMailbox, "* LIST () \"/\" NIL", .same), (.controlInName, "* LIST () \"/\" a\tb", .refused),
    (.wildcardInName, "* LIST () \"/\" What%", .refused), (.wildcardInName, "* LSUB () \"/\" a*b", .refused),
    (.eightBitInAtom, "* LIST () \"/\" Entwürfe", .refused),
    (.eightBitInQuoted, "* LIST () \"/\" \"Entwürfe\"", .refused),
    (.needlessEscape, "* LIST () \"\\/\" a", .refused), (.nilForString, "* LIST () \"\" a", .refused),
    (.bracketInFlag, "* FLAGS (\\Seen [Draft])", .refused), (.emptyList, "* NAMESPACE () NIL NIL", .refused),
    (.emptyList, "* METADATA a ()", .refused),
    // Results.
    (.searchForExtendedSearch, "* ESEARCH (TAG \"a\") ALL 1 (MODSEQ 5)", .refused),
    (.needlessThreadList, "* THREAD ((3))(4 (5))", .refused), (.zeroMessageNumber, "* 0 EXPUNGE", .refused),
    (.zeroMessageNumber, "* 0 FETCH (FLAGS ())", .refused),
    // Items.
    (.negativeNumber, "* 1 FETCH (RFC822.SIZE -1)", .refused),
    (.floatingNumber, "* 1 FETCH (RFC822.SIZE 9.3736e+06)", .refused),
    (.negativeModSeq, "* 1 FETCH (MODSEQ (-1) UID 2)", .refused),
    (.oneDigitDay, "* 1 FETCH (INTERNALDATE \"7-Feb-2026 21:52:25 +0000\")", .refused),
    (.missingBodyValue, "* 1 FETCH (UID 1 BODY[2])", .refused),
    (.missingBodyValue, "* 1 FETCH (UID 1 BODY[2] )", .refused),
    (.strayLineEnd, "* 1 FETCH (BODY[] {3}\r\nabc\r\n)", .refused),
    (.strayLineEnd, "* 1 FETCH (BODY[] {3}\r\nabc\n UID 5)", .refused),
    (.zeroInLiteral, "* 1 FETCH (PREVIEW {1}\r\n\u{0})", .refused),
    (.nonSynchronisingResponse, "* LIST () \"/\" {3+}\r\nabc", .refused),
    (.zeroIdentifier, "* 1 FETCH (MODSEQ (0))", .refused), (.zeroIdentifier, "* 1 FETCH (UID 1 MODSEQ (0))", .refused),
    (.nonSynchronisingResponse, "* LIST () \"/\" {3+}\r\nabc", .refused),
    (.unescapedQuote, "* 1 FETCH (PREVIEW \"a 19\"-rack\")", .refused),
    (.unescapedQuote, "* 1 FETCH (PREVIEW \"\"\"\")", .refused),
    (.malformedItem, "* 1 FETCH (UID x FLAGS (\\Seen))", .refused),
    // Envelopes.
    (.emptyAddressList, "* 1 FETCH (ENVELOPE (NIL NIL () \(address) NIL \(envelopeTail)))", .refused),
    (
      .spaceBetweenAddresses,
      "* 1 FETCH (ENVELOPE (NIL NIL ((NIL NIL \"a\" \"b\") (NIL NIL \"c\" \"d\")) NIL NIL \(envelopeTail)))", .refused
    ),
    (.nilInAddressList, "* 1 FETCH (ENVELOPE (NIL NIL ((NIL NIL \"a\" \"b\")NIL) NIL NIL \(envelopeTail)))", .refused),
    (.wrappedEnvelope, "* 1 FETCH (ENVELOPE ((NIL NIL \(address) NIL NIL \(envelopeTail))))", .refused),
    (.shortEnvelope, "* 1 FETCH (ENVELOPE (NIL NIL \(address) NIL NIL NIL NIL NIL))", .refused),
    (.shortEnvelope, "* 1 FETCH (ENVELOPE (NIL NIL \(address) NIL NIL NIL NIL NIL \"<a>\"))", .refused),
    (
      .irregularHost,
      "* 1 FETCH (ENVELOPE (NIL NIL ((NIL NIL \"a\" \"MISSING_DOMAIN\")(NIL NIL \"b\" \".MISSING-HOST-NAME.\")) NIL NIL "
        + "\(envelopeTail)))", .same
    ),
    (.irregularHost, "* 1 FETCH (ENVELOPE (NIL NIL ((NIL NIL \"<a\" \"b.test>\")) NIL NIL \(envelopeTail)))", .same),
    // Body structures.
    (.nilEncoding, "* 1 FETCH (BODY (\"image\" \"png\" NIL NIL NIL NIL 5))", .refused),
    (.missingBodyFields, "* 1 FETCH (BODY (\"text\" \"plain\" \(fields) 5))", .refused),
    (.irregularMediaType, "* 1 FETCH (BODY (NIL NIL \(fields) 5))", .refused),
    (.irregularMediaType, "* 1 FETCH (BODY (\"X-ZIP\" NIL \(fields) 5))", .refused),
    (.irregularMediaType, "* 1 FETCH (BODY (\"X-ZIP\" \(fields) 5))", .refused),
    (.emptyMultipart, "* 1 FETCH (BODYSTRUCTURE (NIL \"alternative\" (\"boundary\" \"x\") NIL NIL NIL))", .refused),
    (.emptyMultipart, "* 1 FETCH (BODYSTRUCTURE (\"ALTERNATIVE\" (\"BOUNDARY\" \"x\") NIL NIL))", .refused),
    (.emptyMultipart, "* 1 FETCH (BODYSTRUCTURE (\"ALTERNATIVE\"))", .refused),
    (
      .multipartAsBasicPart,
      "* 1 FETCH (BODYSTRUCTURE (\"multipart\" \"related\" (\"boundary\" \"x\") NIL NIL \"7BIT\" 400 (\"boundary\" \"x\") NIL NIL))",
      .refused
    ),
    (.messageAsBasicPart, "* 1 FETCH (BODYSTRUCTURE (\"message\" \"rfc822\" \(fields) 5 NIL NIL NIL NIL))", .refused),
    (
      .emptyMessageBody,
      "* 1 FETCH (BODY (\"message\" \"rfc822\" \(fields) 5 (NIL NIL NIL NIL NIL \(envelopeTail)) () 3))",
      .refused
    ),
    (.bareDisposition, "* 1 FETCH (BODYSTRUCTURE (\"image\" \"png\" \(fields) 5 NIL \"inline\" NIL NIL))", .refused),
    (.bareDisposition, "* 1 FETCH (BODYSTRUCTURE (\"image\" \"png\" \(fields) 5 NIL (NIL NIL) NIL NIL))", .refused),
    (.bareDisposition, "* 1 FETCH (BODYSTRUCTURE (\"image\" \"png\" \(fields) 5 NIL (\"inline\") NIL NIL))", .refused),
    (
      .bareDisposition, "* 1 FETCH (BODYSTRUCTURE (\"a\" \"b\" \(fields) 5 NIL (\"attachment\" \"x.png\") NIL NIL))",
      .refused
    ),
    (
      .swappedDisposition, "* 1 FETCH (BODYSTRUCTURE (\"a\" \"b\" \(fields) 5 NIL \"en\" (\"inline\" NIL)))", .refused
    ),
    (
      .swappedDisposition,
      "* 1 FETCH (BODYSTRUCTURE (\"a\" \"b\" \(fields) 5 NIL (\"en\" \"de\") (\"attachment\" (\"filename\" \"x\")) NIL))",
      .refused
    ),
    (
      .descriptionInMultipart, "* 1 FETCH (BODYSTRUCTURE ((\"a\" \"b\" \(fields) 5) \"mixed\" NIL \"Text\" NIL))",
      .refused
    ),
    (.nilInLanguages, "* 1 FETCH (BODYSTRUCTURE (\"a\" \"b\" \(fields) 5 NIL NIL (\"en\" NIL) NIL))", .refused),
    (.emptyList, "* 1 FETCH (BODY (\"a\" \"b\" () NIL NIL \"7bit\" 5))", .refused),
    (.nilForString, "* 1 FETCH (BODY (\"a\" \"b\" (\"boundary\" NIL) NIL NIL \"7bit\" 5))", .refused)
  ]

  @Test func everyQuirkHasANameOfItsOwn() {
    let used = Self.catalogue.reduce(into: IMAPQuirks.none) { $0.formUnion($1.0) }
    #expect(used.names.count == used.rawValue.nonzeroBitCount)
    #expect(Set(used.names).count == used.names.count)
    #expect(!used.names.contains { $0.hasPrefix("quirk") })
    #expect(
      IMAPQuirks.nilForString.names == ["nilForString"] && IMAPQuirks.swappedDisposition.names == ["swappedDisposition"]
    )
    #expect(IMAPQuirks(rawValue: 1 << 63).names == ["quirk63"])
  }

  @Test func eachByItsName() {
    var seen = IMAPQuirks.none
    for (quirk, line, otherwise) in Self.catalogue {
      seen.formUnion(quirk)
      let wire = line.hasSuffix("\n") ? bytes(line) : bytes(line + "\r\n")
      guard let (lenient, used) = try? ResponseTests.parse(wire, quirk), used == quirk else {
        Issue.record("not read with its quirk alone: \(line)")
        continue
      }
      let others = IMAPQuirks.lenient.subtracting(quirk.union(.malformedItem))
      for quirks in [IMAPQuirks.none, others] {
        let without = try? ResponseTests.parse(wire, quirks)
        // Another quirk may explain the line as well.
        let isJudged = quirks == .none || without?.used == IMAPQuirks.none
        switch otherwise {
        case .refused: if without != nil, isJudged { Issue.record("accepted without its quirk: \(line)") }
        case .different:
          if without?.response == lenient, isJudged { Issue.record("the same without its quirk: \(line)") }
        case .same: if without?.response != lenient { Issue.record("different without its quirk: \(line)") }
        }
        if quirks == .none, without.map({ !$0.used.isEmpty }) ?? false {
          Issue.record("a quirk in strict mode: \(line)")
        }
      }
      // What was read can be written, and is then read as the same, with no more quirks.
      let again = ResponseTests.written(lenient)
      if (try? ResponseTests.parse(again, .lenient).response) != lenient { Issue.record("written: \(line)") }
    }
    #expect(seen == IMAPQuirks(rawValue: (1 << 50) - 1 | (127 << 54)).subtracting(.leadingZero))
  }

  @Test func values() throws {
    let line = "* 1 FETCH (ENVELOPE (NIL NIL ((NIL NIL \"<a\" \"b.test>\")(NIL NIL \"c\" \"MISSING_DOMAIN\")) NIL NIL "
    let (response, _) = try parseFetch(line + Self.envelopeTail + "))\r\n", quirks: .client)
    let from = response.envelope?.from ?? []
    #expect(from.map { text($0.localPart) } == ["a", "c"] && from.map { text($0.domain) } == ["b.test", nil])
    #expect(text(from.last?.host) == "MISSING_DOMAIN")
    let swapped =
      "* 1 FETCH (BODYSTRUCTURE (\"a\" \"b\" \(Self.fields) 5 NIL (\"en\" \"de\") (\"inline\" (\"filename\" \"x\")) NIL))\r\n"
    let structure = try parseFetch(swapped, quirks: .client).response.bodyStructure
    #expect(structure?.languages.count == 2 && text(structure?.disposition?.type) == "inline")
    #expect(structure?.disposition?.parameters.count == 1)
    let related =
      "(\"multipart\" \"related\" (\"boundary\" \"x\") NIL NIL \"7BIT\" 400 (\"boundary\" \"y\") (\"inline\" NIL) NIL)"
    let multipart = try BodyStructure(bytes(related).span)
    #expect(multipart.kind == .multipart && multipart.parts.isEmpty && text(multipart.parameters.first?.value) == "y")
    #expect(text(multipart.disposition?.type) == "inline" && text(multipart.subtype) == "related")
    guard case .stray(let stray) = try ResponseTests.parse(bytes("421 Server is busy\r\n"), .client).response else {
      return
    }
    #expect(text(stray.bytes) == "421 Server is busy")
  }
}
