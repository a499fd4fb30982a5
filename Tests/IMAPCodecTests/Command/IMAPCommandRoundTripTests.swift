import IMAPCodec
import MailTestKit
import MailWire
import Testing

@Suite struct IMAPCommandRoundTripTests {
  /// `parse(write(x)) == x` for seeded random commands, in every encoding; the pieces end where a literal begins.
  @Test func randomCommands() throws {
    var random = SplitMix64(seed: 21)
    let encodings = [
      IMAPEncoding(), IMAPEncoding(literals: .upTo4096, acceptsUTF8: true), IMAPEncoding(literals: .nonSynchronising),
      IMAPEncoding(literals: .nonSynchronising, longestQuoted: 0)
    ]
    for round in 0..<12_000 {
      let command = TaggedCommand(try IMAPTag(prefix: "A", number: UInt64(round)), try random.command())
      let encoded = command.encoded(for: encodings[round % 4])
      let isStreaming: Bool
      switch command.command {
      case .append(_, let message), .replace(_, _, let message): isStreaming = message.position != nil
      default: isStreaming = false
      }
      let unit = encoded.bytes.span.extracting(first: encoded.bytes.count - (isStreaming ? 0 : 2))
      let parsed = try? TaggedCommand(unit, quirks: .eightBitInQuoted)
      guard parsed == command, encoded.pieces.dropLast().allSatisfy({ $0.suffix(3) == [125, 13, 10] }) else {
        Issue.record("round \(round): \(command)\n\(String(decoding: encoded.bytes, as: UTF8.self))")
        return
      }
    }
  }

  /// Mutilated commands never trap, and what is accepted is written in one form that reads back as the same.
  @Test func hostileCommands() throws {
    var random = SplitMix64(seed: 22)
    var accepted = 0
    for round in 0..<30_000 {
      var bytes = [UInt8](IMAPCommandTests.canonical[random.below(IMAPCommandTests.canonical.count)].utf8)
      let alphabet = [UInt8](" ()\"\\{}[]<>*%$,:.+-~09aN".utf8) + [0, 10, 13, 200]
      for _ in 0..<random.below(4) {
        let index = random.below(bytes.count + 1)
        let letter = alphabet[random.below(alphabet.count)]
        switch random.below(3) {
        case 0: bytes.insert(letter, at: index)
        case 1: if index < bytes.count { bytes[index] = letter }
        default: if index < bytes.count { bytes.remove(at: index) }
        }
        if bytes.isEmpty { bytes = [97] }
      }
      let text = [UInt8]("A ".utf8) + bytes.flatMap { $0 == 124 ? [13, 10] : [$0] }
      for quirks in [IMAPQuirks.none, .lenient] {
        guard let command = try? TaggedCommand(text.span, quirks: quirks) else { continue }
        accepted += 1
        let written = command.encoded(for: IMAPEncoding(literals: .nonSynchronising)).bytes
        let isWhole = (try? TaggedCommand(written.span, quirks: quirks)) != command
        let again = try? TaggedCommand(
          written.span.extracting(first: written.count - (isWhole ? 2 : 0)), quirks: quirks)
        guard again == command else {
          Issue.record("round \(round): \(text)\n\(command)\n\(String(decoding: written, as: UTF8.self))")
          return
        }
      }
    }
    #expect(accepted > 5_000)
  }
}

extension SplitMix64 {
  private mutating func letters(_ alphabet: String, below bound: Int, atLeast: Int = 1) -> String {
    let letters = Array(alphabet)
    return String((0..<(atLeast + below(bound))).map { _ in letters[below(letters.count)] })
  }

  private mutating func string() throws -> IMAPString {
    try IMAPString(letters("abN IL\"\\{5}()%*é\u{7f}\r\n", below: 9, atLeast: 0))
  }

  private mutating func mailbox() throws -> MailboxName {
    try MailboxName(letters("InbOx/& é\"*%\t", below: 9, atLeast: 0))
  }

  private mutating func token() throws -> IMAPToken { try IMAPToken(letters("abX-9*%\\[]<>:,.$/", below: 9)) }

  private mutating func name() throws -> IMAPToken { try IMAPToken("Z" + letters("abX-9", below: 5)) }

  private mutating func set() throws -> UIDSet {
    if below(9) == 0 { return .savedResult }
    var ranges = below(4) == 0 ? try NumberRanges(from: UInt32(1 + below(90))) : NumberRanges()
    for _ in 0...below(4) {
      let lower = UInt32(1 + below(100))
      ranges.formUnion(try NumberRanges(lower...(lower + UInt32(below(5)))))
    }
    return below(9) == 0 ? try UIDSet(ranges).union(.savedResult) : try UIDSet(ranges)
  }

  private mutating func messages() throws -> MessageSet {
    let uids = try set()
    if below(2) == 0 { return .uid(uids) }
    if uids.ranges.isEmpty { return .sequence(.savedResult) }
    let set = try SequenceSet(uids.ranges)
    return .sequence(uids.includesSavedResult ? set.union(.savedResult) : set)
  }

  private mutating func flags() throws -> FlagSet {
    var flags = FlagSet(SystemFlags(rawValue: UInt8(below(64))))
    for _ in 0..<below(3) { flags.insert(try Flag(letters("abX-9$[", below: 7))) }
    return flags
  }

  private mutating func date() throws -> IMAPDate {
    try IMAPDate(year: below(10_000), month: 1 + below(12), day: 1 + below(31))
  }

  private mutating func values(_ depth: Int = 0) throws -> [IMAPValue] {
    try (0..<below(4)).map { _ in
      switch below(depth < 3 ? 4 : 3) {
      case 0: .token(try token())
      case 1: .string(try string())
      case 2: .binary([UInt8](hostileBytes(below: 9)))
      default: try .list(values(depth + 1))
      }
    }
  }

  private mutating func parameters() throws -> [IMAPParameter] {
    try (0..<below(3)).map { _ in try IMAPParameter(name(), below(2) == 0 ? nil : try .list(values(1))) }
  }

  private mutating func window() throws -> ResultRange? {
    let sign: Int64 = below(2) == 0 ? 1 : -1
    return below(3) == 0 ? try ResultRange(first: sign * Int64(1 + below(50)), last: sign * Int64(1 + below(50))) : nil
  }

  private mutating func key(_ depth: Int = 0) throws -> SearchKey {
    switch below(depth < 4 ? 27 : 22) {
    case 0: .all
    case 1: .unanswered
    case 2: .undraft
    case 3: .keyword(try IMAPAtom("$Forwarded"))
    case 4: .unkeyword(try IMAPAtom(letters("abX-9$", below: 7)))
    case 5: .sentBefore(try date())
    case 6: .savedSince(try date())
    case 7: .on(try date())
    case 8: .bcc(try string())
    case 9: .text(try string())
    case 10: .header(try string(), try string())
    case 11: .larger(Number64(clamping: next()))
    case 12: .older(try SearchInterval(seconds: UInt32(1 + below(1 << 30))))
    case 13: .modSeq(ModSeqKey(UInt64(below(1 << 40))))
    case 14:
      .modSeq(
        ModSeqKey(5, flag: below(2) == 0 ? .draft : .forwarded, kind: [.own, .shared, .any][below(3)]))
    case 15: .saveDateSupported
    case 16: .emailID(try string())
    case 17: .gmailRaw(try string())
    case 18: .gmailThreadID(next())
    case 19: .uid(try set())
    case 20: .sequence(.last)
    case 21: .threadID(try string())
    case 22: try .not(key(depth + 1))
    case 23: try .or(key(depth + 1), key(depth + 1))
    case 24: try .fuzzy(key(depth + 1))
    case 25: try .unknown(name(), values())
    default: try .and((0...below(3)).map { _ in try key(depth + 1) })
    }
  }

  private mutating func keys() throws -> [SearchKey] { try (0..<below(4)).map { _ in try key() } }

  private mutating func returning() throws -> SearchReturn? {
    guard below(2) == 0 else { return nil }
    return try SearchReturn(.init(rawValue: UInt16(below(1_024))), partial: window(), unknown: parameters())
  }

  private mutating func program() throws -> SearchProgram {
    try SearchProgram(keys(), charset: below(2) == 0 ? string() : nil, returning: returning())
  }

  private mutating func section() throws -> SectionSpecifier {
    let path = try SectionPath((0..<below(11)).map { _ in UInt32(1 + below(300)) })
    let names = try HeaderFieldNames((0...below(3)).map { _ in letters("Fr-om \"é", below: 7, atLeast: 0) })
    let contents: [SectionSpecifier.Content] = [
      .all, .header, .text, .headerFields(names), .headerFieldsExcept(names), .mimeHeader
    ]
    return try SectionSpecifier(path, contents[below(path.isEmpty ? 5 : 6)])
  }

  private mutating func items() throws -> FetchItems {
    let others: [FetchRequestItem] = try (0...below(3)).map { _ in
      let partial = below(2) == 0 ? nil : try PartialRange(offset: UInt64(below(99)), count: UInt64(1 + below(99)))
      switch below(4) {
      case 0: return .body(try section(), isPeek: below(2) == 0, partial)
      case 1: return .binary(try section().path, isPeek: below(2) == 0, partial)
      case 2: return .binarySize(try section().path)
      default: return try .unknown(name(), below(2) == 0 ? nil : values())
      }
    }
    return try FetchItems(FetchAttributes(rawValue: UInt32(below(1 << 20))), others)
  }

  private mutating func message() throws -> AppendMessage {
    let content = AppendMessage.Content(size: UInt64(below(9_000)), isBinary: below(2) == 0)
    let urls = try (0...below(2)).map { _ in try string() }
    let sources: [AppendMessage.Source] = [
      .literal(content), .utf8(content), .catenate(urls: urls, content), .catenate(urls: [], content),
      .catenateURLs(try OneOrMore(urls))
    ]
    let date = below(2) == 0 ? nil : try IMAPDateTime(secondsSince1970: Int64(below(1 << 32)), zone: below(1_000) - 500)
    return AppendMessage(sources[below(5)], flags: below(2) == 0 ? nil : try flags(), date: date)
  }

  fileprivate mutating func command() throws -> IMAPCommand {
    switch below(24) {
    case 0: return [.noop, .capability, .logout, .startTLS, .idle, .unselect, .expunge(nil), .unauthenticate][below(8)]
    case 1: return .login(try string(), try IMAPPassword(Secret(letters("ab \"\\é\r\n", below: 9, atLeast: 0))))
    case 2:
      let response = below(2) == 0 ? nil : Secret(letters("ab\u{0}é", below: 20, atLeast: 0))
      return .authenticate(try SASLMechanism("PLAIN"), initialResponse: response)
    case 3: return .enable(OneOrMore(.condStore, .utf8Accept))
    case 4:
      let matches = try Resynchronisation.Matches(SequenceSet("1:5"), UIDSet("7:11"))
      let state = try Resynchronisation(
        uidValidity: 5, modSeq: next() >> 1 | 1, knownUIDs: below(2) == 0 ? nil : set(),
        matches: below(2) == 0 ? nil : matches)
      return .select(
        try mailbox(),
        try SelectParameters(
          condStore: below(2) == 0, resynchronisation: below(2) == 0 ? nil : state, unknown: try parameters()))
    case 5: return .create(try mailbox(), try parameters())
    case 6: return .rename(try mailbox(), try mailbox())
    case 7:
      let patterns = try (0...below(3)).map { _ in try MailboxPattern(letters("ab/*% \"é", below: 7, atLeast: 0)) }
      return .list(
        ListRequest(
          try OneOrMore(patterns), reference: try mailbox(), selection: below(2) == 0 ? nil : try parameters(),
          returning: below(2) == 0 ? nil : try parameters()))
    case 8:
      return .listSubscribed(reference: try mailbox(), try MailboxPattern(letters("ab/*% \"é", below: 7, atLeast: 0)))
    case 9:
      return .status(
        try mailbox(),
        try StatusItems(.init(rawValue: UInt16(1 + below(2_047))), unknown: below(2) == 0 ? [] : [name()]))
    case 10: return .append(try mailbox(), try message())
    case 11:
      return try .replace(
        below(2) == 0 ? ReplacedMessage(uid: 7) : ReplacedMessage(lastByUID: below(2) == 0), mailbox(), message())
    case 12: return .expunge(try set())
    case 13: return .search(try program(), isUID: below(2) == 0)
    case 14:
      let names: [SortCriterion.Key] = [
        .arrival, .displayFrom, .size, .relevancy, .unknown(try SortCriterion.UnknownKey(name()))
      ]
      let criteria = try OneOrMore(names.map { SortCriterion($0, isReversed: below(2) == 0) })
      return .sort(
        try SortRequest(criteria, charset: string(), keys(), returning: returning()), isUID: below(2) == 0)
    case 15:
      return .thread(try ThreadRequest(.references, charset: string(), keys()), isUID: below(2) == 0)
    case 16, 17:
      let modifiers = try FetchModifiers(
        changedSince: below(2) == 0 ? nil : next() >> 1, vanished: below(2) == 0, partial: try window(),
        unknown: try parameters())
      return .fetch(try messages(), try items(), modifiers)
    case 18:
      let action: StoreRequest.Action = [.replace, .add, .remove][below(3)]
      return .store(
        try messages(),
        try StoreRequest(
          action, try flags(), isSilent: below(2) == 0, unchangedSince: below(2) == 0 ? nil : next() >> 1,
          unknown: try parameters()))
    case 19: return below(2) == 0 ? .copy(try messages(), try mailbox()) : .move(try messages(), try mailbox())
    case 20:
      return .id(IDParameters(try (0..<below(3)).map { _ in .init(try string(), below(2) == 0 ? nil : try string()) }))
    case 21: return .setQuota(try string(), [QuotaLimit(try IMAPAtom("STORAGE"), next())])
    case 22:
      let entries = try (0...below(3)).map { _ in
        MetadataEntry(try string(), below(3) == 0 ? nil : hostileBytes(below: 9))
      }
      return below(2) == 0
        ? .setMetadata(try mailbox(), try OneOrMore(entries))
        : .getMetadata(
          try mailbox(),
          MetadataRequest(
            try OneOrMore(entries.map(\.name)), maximumSize: 5, depth: [nil, .entry, .children, .all][below(4)]))
    default: return try .unknown(IMAPAtom("X" + letters("ab-9", below: 7)), values())
    }
  }
}
