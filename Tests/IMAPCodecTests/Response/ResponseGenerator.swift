@_spi(MailCodec) import IMAPCodec
import MailTestKit
@_spi(MailCodec) import MailWire

/// A seeded source of every kind of response but `FETCH`.
struct ResponseGenerator {
  var fetch: FetchGenerator

  init(seed: UInt64) { fetch = FetchGenerator(random: SplitMix64(seed: seed)) }

  mutating func below(_ limit: Int) -> Int { fetch.random.below(limit) }
  mutating func coin() -> Bool { below(2) == 0 }
  mutating func number() -> UInt32 { below(8) == 0 ? UInt32.max : UInt32(1 + below(100_000)) }
  mutating func large() -> UInt64 { fetch.random.next() >> UInt64(1 + below(63)) }
  mutating func string() throws -> IMAPString { try IMAPString(fetch.string().span) }
  mutating func mailbox() throws -> MailboxName { coin() ? .inbox : try MailboxName(fetch.string().span) }
  mutating func tag() throws -> IMAPTag { try IMAPTag(prefix: coin() ? "A" : "it]is~a-long_tag", number: large()) }

  mutating func list<Element>(_ least: Int = 0, _ make: (inout Self) throws -> Element) rethrows -> [Element] {
    var list: [Element] = []
    for _ in 0..<(least + below(4)) { list.append(try make(&self)) }
    return list
  }

  mutating func ordered() throws -> OrderedNumbers {
    try OrderedNumbers(
      list(1) { generator in
        let first = generator.number()
        return first...max(first, generator.coin() ? first : generator.number())
      })
  }

  mutating func set() throws -> NumberRanges { try ordered().set }

  mutating func flags() throws -> FlagSet {
    var flags = FlagSet(SystemFlags(rawValue: UInt8(below(128))))
    for flag in ["$Forwarded", "\\X-Odd", "a[b"] where coin() { flags.insert(try Flag(flag)) }
    return flags
  }

  mutating func capabilities() throws -> [IMAPCapability] {
    try list { generator in try IMAPCapability(["IDLE", "AUTH=PLAIN", "LITERAL+", "X~1"][generator.below(4)]) }
  }

  mutating func atom() throws -> IMAPAtom { try IMAPAtom(["MessageNew", "X+y=", "a.b"][below(3)]) }
  mutating func url() throws -> URLText { try URLText(["imap://a/", "imap://b;AUTH=*@c/(x)?{5}"][below(2)]) }
  mutating func text() throws -> QuotedText { try QuotedText(["UTF-8", "", "NIL", "a \"]\\ b"][below(4)]) }

  mutating func opaque() throws -> ListExtension {
    try ListExtension("X-NEW", text: bytes(["(a \"(\" {1}\r\n) NIL)", "5"][below(2)]))
  }

  mutating func correlator() throws -> SearchCorrelator {
    SearchCorrelator(try tag(), mailbox: coin() ? nil : try mailbox(), uidValidity: coin() ? nil : number())
  }

  mutating func thread() throws -> ThreadResponse {
    var nodes: [ThreadResponse.Node] = []
    for _ in 0..<below(12) {
      let depth = nodes.isEmpty ? 0 : below(nodes[nodes.count - 1].depth + 2)
      nodes.append(ThreadResponse.Node(number(), depth: depth))
    }
    if coin() {
      nodes.append(ThreadResponse.Node(nil, depth: 0))
      for _ in 0..<(2 + below(3)) { nodes.append(ThreadResponse.Node(number(), depth: 1)) }
    }
    return try ThreadResponse(nodes)
  }

  mutating func namespaces() throws -> [MailboxNamespace] {
    try list { generator in
      try MailboxNamespace(
        generator.string(), delimiter: [nil, 47, 34, 92, 1][generator.below(5)],
        parameters: generator.list { generator in
          try MailboxNamespace.Parameter(generator.string(), generator.list(1) { try $0.string() })
        })
    }
  }

  mutating func code() throws -> ResponseCode {
    switch below(28) {
    case 0: return .keyword(try ResponseCodeKeyword(["ALERT", "READ-ONLY", "X-NEW"][below(3)]))
    case 1: return .capabilities(try capabilities())
    case 2: return .permanentFlags(try flags())
    case 3: return .uidNext(number())
    case 4: return .uidValidity(number())
    case 5: return .unseen(number())
    case 6: return .highestModSeq(large())
    case 7: return .mailboxID(try ObjectID("F-1_x"))
    case 8:
      return .annotations([.none, .readOnly(allowsPrivate: coin()), .upTo(number(), allowsPrivate: coin())][below(3)])
    case 9: return .newName(old: try text(), new: try text())
    case 10: return .modified(try set())
    case 11: return .appendUID(uidValidity: number(), try ordered())
    case 12: return .copyUID(uidValidity: number(), source: try ordered(), target: try ordered())
    case 13: return .badCharset(try list { try $0.text() })
    case 14: return .badURL(try url())
    case 15: return .badEvent(try list(1) { try $0.atom() })
    case 16: return .undefinedFilter(try atom())
    case 17: return .metadata([.longEntries(number()), .maximumSize(number()), .tooMany, .noPrivate][below(4)])
    case 18: return .annotate(coin() ? .tooBig : .tooMany)
    case 19: return .maximumConvertMessages(number())
    case 20: return .maximumConvertParts(number())
    case 21: return .messageLimit(number(), lowestUID: coin() ? nil : number())
    case 22: return .noUpdate(try tag())
    case 23: return .inProgress(nil)
    case 24:
      return .inProgress(CommandProgress(tag: coin() ? nil : try tag(), done: coin() ? nil : number(), goal: number()))
    case 25: return .referral(try list(1) { try $0.url() })
    case 26: return .urlMechanisms(try list(1) { try $0.atom() })
    default: return .other(try OtherResponseCode(ResponseCodeKeyword("X-NEW"), arguments: bytes("(a \"]\") b")))
    }
  }

  mutating func status(_ conditions: [StatusCondition]) throws -> StatusResponse {
    StatusResponse(conditions[below(conditions.count)], coin() ? nil : try code(), bytes: fetch.string())
  }

  mutating func extendedSearch() throws -> ExtendedSearchResponse {
    var result = ExtendedSearchResponse()
    if coin() { result.correlator = try correlator() }
    result.isUID = coin()
    if coin() { result.minimum = number() }
    if coin() { result.maximum = number() }
    if coin() { result.count = UInt32(below(5)) }
    if coin() { result.all = try ordered() }
    if coin() { result.modSeq = large() }
    if coin() {
      let range = try ResultRange(first: coin() ? 1 : 10, last: Int64(1 + below(100)))
      result.partial = PartialResult(range, coin() ? OrderedNumbers() : try ordered())
    }
    if coin() { result.relevancy = list { UInt32($0.below(101)) } }
    result.updates = try list { try SearchUpdate($0.coin() ? .added : .removed, at: UInt32($0.below(5)), $0.ordered()) }
    return result
  }

  mutating func mailboxStatus() throws -> MailboxStatus {
    var status = MailboxStatus(try mailbox())
    if coin() { status.messages = UInt32(below(5)) }
    if coin() { status.uidNext = number() }
    if coin() { status.uidValidity = number() }
    if coin() { status.unseen = 0 }
    if coin() { status.deleted = number() }
    if coin() { status.size = large() }
    if coin() { status.recent = number() }
    if coin() { status.highestModSeq = large() }
    if coin() { status.mailboxID = try ObjectID("Fx") }
    if coin() { status.appendLimit = coin() ? .unlimited : .octets(number()) }
    if coin() { status.deletedStorage = large() }
    return status
  }

  mutating func listed() throws -> ListResponse {
    try ListResponse(
      mailbox(), kind: [.list, .subscribed, .extended][below(3)],
      attributes: list { try Flag(["\\Noselect", "\\Sent", "\\X-1"][$0.below(3)]) },
      delimiter: [nil, 47, 46, 34, 92][below(5)],
      extensions: list { generator in
        switch generator.below(3) {
        case 0: return .oldName(try generator.mailbox())
        case 1: return .childInformation([try generator.atom()])
        default: return try generator.opaque()
        }
      })
  }

  mutating func urlResult() throws -> URLFetchResult {
    guard coin() else { return try URLFetchResult(string(), .octets(fetch.octets())) }
    return try URLFetchResult(
      string(),
      .parts(
        list { generator in
          switch generator.below(4) {
          case 0: return .structure(try generator.fetch.structure(depth: 2))
          case 1: return .body(generator.fetch.octets())
          case 2: return .binary(generator.coin() ? .none : .inline([0, 13, 10, 255]))
          default: return .unknown(try generator.opaque())
          }
        }))
  }

  mutating func untagged() throws -> UntaggedResponse {
    switch below(29) {
    case 0: return .status(try status([.ok, .no, .bad, .bye, .preAuthenticated]))
    case 1: return .capability(try capabilities())
    case 2: return .enabled(try capabilities())
    case 3: return .flags(try flags())
    case 4: return .exists(UInt32(below(9)))
    case 5: return .recent(number())
    case 6: return .expunge(number())
    case 7: return .vanished(earlier: coin(), try UIDSet(set()))
    case 8: return .list(try listed())
    case 9: return .mailboxStatus(try mailboxStatus())
    case 10: return .search(try SearchResponse(list { $0.number() }, modSeq: coin() ? nil : large()))
    case 11: return .sort(try SearchResponse(list { $0.number() }))
    case 12: return .extendedSearch(try extendedSearch())
    case 13: return .thread(try thread())
    case 14: return .uidBatches(try UIDBatchesResponse(correlator(), ordered().ranges))
    case 15:
      let fields = try list { try IDParameters.Field($0.string(), $0.coin() ? nil : $0.string()) }
      return .id(IDParameters(fields))
    case 16:
      return .namespace(
        NamespaceResponse(personal: try namespaces(), otherUsers: try namespaces(), shared: try namespaces()))
    case 17:
      return .quota(
        QuotaResponse(try string(), try list { QuotaUsage(try $0.atom(), usage: $0.large(), limit: $0.large()) }))
    case 18: return .quotaRoot(QuotaRootResponse(try mailbox(), try list { try $0.string() }))
    case 19:
      let entries = try list { AccessControlList.Entry(try $0.string(), AccessRights(rawValue: $0.large())) }
      return .accessControlList(AccessControlList(try mailbox(), entries))
    case 20:
      let optional = list { AccessRights(rawValue: $0.large()) }
      return .grantableRights(
        GrantableRights(
          try mailbox(), identifier: try string(), required: AccessRights(rawValue: large()), optional: optional))
    case 21: return .myRights(try mailbox(), AccessRights(rawValue: large()))
    case 22: return .metadata(try MetadataResponse(mailbox(), .names(list(1) { try $0.string() })))
    case 23:
      let entries = try list(1) { MetadataEntry(try $0.string(), $0.coin() ? [0, 10] : $0.fetch.optional()) }
      return .metadata(try MetadataResponse(mailbox(), .values(entries)))
    case 24: return .language(try list(1) { try $0.string() })
    case 25: return .comparator(ComparatorResponse(try string(), matching: try list { try $0.string() }))
    case 26: return .authorisedURLs(try list(1) { try $0.string() })
    case 27: return .urlFetch(try list(1) { try $0.urlResult() })
    default: return .jmapAccess(try string())
    }
  }

  mutating func response() throws -> IMAPResponse {
    switch below(12) {
    case 0: return .tagged(try tag(), try status([.ok, .no, .bad]))
    case 1: return .continuationRequest(bytes(["", "idling", "bW9h"][below(3)]))
    default: return .untagged(try untagged())
    }
  }
}
