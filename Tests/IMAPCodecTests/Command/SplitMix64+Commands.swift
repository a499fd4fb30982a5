import IMAPCodec
import MailTestKit
import MailWire

// Seeded values of everything that a client can say.

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
    case 0, 1, 2:
      [
        .all, .answered, .deleted, .draft, .flagged, .new, .old, .recent, .seen, .unanswered, .undeleted, .undraft,
        .unflagged, .unseen
      ][below(14)]
    case 3: .keyword(try IMAPAtom("$Forwarded"))
    case 4: .unkeyword(try IMAPAtom(letters("abX-9$", below: 7)))
    case 5, 6, 7:
      [
        SearchKey.before, SearchKey.on, SearchKey.since, SearchKey.sentBefore, SearchKey.sentOn, SearchKey.sentSince,
        SearchKey.savedBefore, SearchKey.savedOn, SearchKey.savedSince
      ][below(9)](try date())
    case 8, 9:
      [
        SearchKey.bcc, SearchKey.body, SearchKey.cc, SearchKey.from, SearchKey.subject, SearchKey.text, SearchKey.to,
        SearchKey.filter, SearchKey.gmailLabel
      ][below(9)](try string())
    case 10: .header(try string(), try string())
    case 11: below(2) == 0 ? .larger(Number64(clamping: next())) : .smaller(Number64(clamping: next()))
    case 12:
      below(2) == 0
        ? .older(try NonZeroNumber(UInt32(1 + below(1 << 30)))) : .younger(try NonZeroNumber(1))
    case 13: .modSeq(ModSeqKey(UInt64(below(1 << 40))))
    case 14:
      .modSeq(
        ModSeqKey(5, flag: below(2) == 0 ? .draft : .forwarded, kind: [.own, .shared, .any][below(3)]))
    case 15: .saveDateSupported
    case 16: .emailID(try string())
    case 17: .gmailRaw(try string())
    case 18: below(2) == 0 ? .gmailThreadID(next()) : .gmailMessageID(next())
    case 19:
      [.uid(try set()), .uidAfter(try NonZeroNumber(7)), .uidBefore(try NonZeroNumber(UInt32.max))][below(3)]
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
    let options = SearchReturn.Options(rawValue: UInt16(below(1_024)))
    return try SearchReturn(
      options, partial: window(), updateItems: options.contains(.update) && below(2) == 0 ? items() : nil,
      unknown: parameters())
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

  mutating func command() throws -> IMAPCommand {
    switch below(34) {
    case 0:
      return [
        .noop, .capability, .logout, .startTLS, .idle, .unselect, .expunge(nil), .unauthenticate, .namespace, .check,
        .close, .getJMAPAccess, .resetKey(nil), .language([]), .compress(.deflate)
      ][below(15)]
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
        .arrival, .cc, .date, .displayFrom, .displayTo, .from, .size, .subject, .to, .relevancy,
        .unknown(try SortCriterion.UnknownKey(name(), (0..<below(3)).map { _ in try string() }))
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
      let labels = try (0..<below(3)).map { _ in try IMAPString(letters("\\\\ab é(", below: 6, atLeast: 0)) }
      let targets: [StoreRequest.Target] = try [.flags(flags()), .gmailLabels(labels), .unknown(name(), values())]
      let target = below(3)
      return .store(
        try messages(),
        try StoreRequest(
          action, targets[target], isSilent: target < 2 && below(2) == 0,
          unchangedSince: below(2) == 0 ? nil : next() >> 1, unknown: parameters()))
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
    case 23: return .notify(below(5) == 0 ? .none : .set(isStatusWanted: below(2) == 0, try OneOrMore(groups())))
    case 24:
      guard below(4) > 0 else { return .searchMailboxes(MailboxesSearch(try program())) }
      let sources = try OneOrMore((0...below(3)).map { _ in try filter() })
      return .searchMailboxes(try MailboxesSearch(program(), in: sources, options: parameters()))
    case 25: return .cancelUpdate(try OneOrMore((0...below(3)).map { _ in try IMAPTag(letters("aB7]~", below: 20)) }))
    case 26:
      let first = UInt32(1 + below(50))
      let batches = below(2) == 0 ? nil : first...(first + UInt32(below(9)))
      return .uidBatches(try UIDBatchesRequest(size: UInt32(1 + below(5_000)), batches: batches))
    case 27:
      let strings = try (0..<below(4)).map { _ in try string() }
      return below(2) == 0 ? .language(strings) : .comparator(strings)
    case 28: return .generateURLAuth(try OneOrMore((0...below(2)).map { _ in try URLAuthRequest(string()) }))
    case 29: return .resetKey(try URLKeyReset(mailbox(), mechanisms: Array(repeating: .internal, count: below(3))))
    case 30:
      return .fetchURLs(
        try OneOrMore(
          (0...below(2)).map { _ in
            try URLFetchItem(string(), parameters: below(2) == 0 ? nil : Array(repeating: name2(), count: below(3)))
          }))
    case 31:
      let pattern = try MailboxPattern(letters("ab/*% \"é", below: 7, atLeast: 0))
      return below(2) == 0
        ? .listRemote(reference: try mailbox(), pattern)
        : .listRemoteSubscribed(reference: try mailbox(), pattern)
    case 32:
      let (name, identifier) = (try mailbox(), try string())
      return [
        .setACL(name, identifier: identifier, rights: try string()), .deleteACL(name, identifier: identifier),
        .getACL(name), .listRights(name, identifier: identifier), .myRights(name), .getQuota(identifier),
        .getQuotaRoot(name), .subscribe(name), .unsubscribe(name), .delete(name),
        .listSpecial(reference: name, try MailboxPattern("%")), .examine(name, SelectParameters(condStore: true))
      ][below(12)]
    default: return try .unknown(IMAPAtom("X" + letters("ab-9", below: 7)), values())
    }
  }

  private mutating func name2() throws -> IMAPAtom { try IMAPAtom("Z" + letters("abX-9", below: 5)) }

  private mutating func filter() throws -> MailboxFilter {
    let names = try OneOrMore((0...below(3)).map { _ in try mailbox() })
    return [
      .selected, .selectedDelayed, .inboxes, .personal, .subscribed, .subtree(names), .subtreeOne(names),
      .mailboxes(names)
    ][below(8)]
  }

  private mutating func groups() throws -> [NotifyRequest.Group] {
    try (0...below(3)).map { _ in
      let events: [NotifyEvent] = try (0..<below(4)).map { _ in
        try [
          .messageNew(nil), .messageNew(items()), .messageExpunge, .flagChange, .annotationChange, .mailboxName,
          .subscriptionChange, .mailboxMetadataChange, .serverMetadataChange,
          .unknown(NotifyEvent.UnknownEvent(name2()))
        ][below(10)]
      }
      return NotifyRequest.Group(try filter(), events)
    }
  }
}
