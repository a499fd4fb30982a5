@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// What stands behind the asterisk and its space.
  @_lifetime(cursor: copy cursor)
  mutating func untagged(_ cursor: inout ByteCursor) throws(SyntaxError) -> UntaggedResponse {
    if cursor.next == .openBracket, context.accepts(.untaggedCode) { return .status(try statusText(&cursor, .ok)) }
    if let next = cursor.next, next.isASCIIDigit { return try numbered(&cursor) }
    let start = cursor.offset
    let word = cursor.takeKeyword()
    guard word.count > 0 else { throw cursor.unexpected }
    if let condition = IMAPResponseParser.condition(word) { return .status(try statusText(&cursor, condition)) }
    let response: UntaggedResponse
    switch word {
    case IMAPWord("capability"): response = .capability(try capabilities(&cursor))
    case IMAPWord("enabled"): response = .enabled(try capabilities(&cursor))
    case IMAPWord("flags"):
      try value(&cursor)
      response = .flags(try FlagSet.parse(&cursor, &context))
    case IMAPWord("list"): response = .list(try list(&cursor, .list))
    case IMAPWord("lsub"): response = .list(try list(&cursor, .subscribed))
    case IMAPWord("xlist"): response = .list(try list(&cursor, .extended))
    case IMAPWord("status"): response = .mailboxStatus(try mailboxStatus(&cursor))
    case IMAPWord("search"): response = .search(try search(&cursor))
    case IMAPWord("sort"): response = .sort(try search(&cursor))
    case IMAPWord("esearch"): response = .extendedSearch(try extendedSearch(&cursor))
    case IMAPWord("vanished"): response = try vanished(&cursor)
    default:
      guard let found = try extensionResponse(word, &cursor) else {
        return .other(try other(number: nil, from: start, &cursor))
      }
      response = found
    }
    try end(&cursor)
    return response
  }

  /// The responses of extensions; nil for any other.
  @_lifetime(cursor: copy cursor)
  private mutating func extensionResponse(
    _ word: IMAPWord, _ cursor: inout ByteCursor
  ) throws(SyntaxError) -> UntaggedResponse? {
    switch word {
    case IMAPWord("thread"): return .thread(try thread(&cursor))
    case IMAPWord("uidbatches"): return .uidBatches(try uidBatches(&cursor))
    case IMAPWord("id"): return .id(try identity(&cursor))
    case IMAPWord("namespace"): return .namespace(try namespaces(&cursor))
    case IMAPWord("quota"): return .quota(try quota(&cursor))
    case IMAPWord("quotaroot"): return .quotaRoot(try quotaRoot(&cursor))
    case IMAPWord("acl"): return .accessControlList(try accessControlList(&cursor))
    case IMAPWord("listrights"): return .grantableRights(try grantableRights(&cursor))
    case IMAPWord("myrights"):
      try value(&cursor)
      let mailbox = try mailboxValue(&cursor)
      try value(&cursor)
      return .myRights(mailbox, try rights(&cursor))
    case IMAPWord("metadata"): return .metadata(try metadata(&cursor))
    case IMAPWord("language"):
      try value(&cursor)
      return .language(try astringList(&cursor))
    case IMAPWord("comparator"): return .comparator(try comparator(&cursor))
    case IMAPWord("genurlauth"): return .authorisedURLs(try urls(&cursor))
    case IMAPWord("urlfetch"): return .urlFetch(try urlFetch(&cursor))
    case IMAPWord("jmapaccess"):
      try value(&cursor)
      return .jmapAccess(try stringValue(&cursor))
    default: return nil
    }
  }

  /// A response with a number before its name.
  @_lifetime(cursor: copy cursor)
  private mutating func numbered(_ cursor: inout ByteCursor) throws(SyntaxError) -> UntaggedResponse {
    let start = cursor.offset
    let number = try cursor.takeNumber32()
    try space(&cursor)
    let nameStart = cursor.offset
    switch cursor.takeKeyword() {
    case IMAPWord("exists"):
      try end(&cursor)
      return .exists(number)
    case IMAPWord("recent"):
      try end(&cursor)
      return .recent(number)
    case IMAPWord("expunge"):
      cursor.offset = start
      let message = try messageNumber(&cursor)
      cursor.offset = nameStart &+ 7
      try end(&cursor)
      return .expunge(message)
    case IMAPWord("fetch"), IMAPWord("uidfetch"):
      cursor.offset = 0
      var head = FetchHead()
      try fetchHead(&cursor, &head)
      return .fetch(try fetchResponse(&cursor, &head))
    default:
      return .other(try other(number: number, from: nameStart, &cursor))
    }
  }

  /// The items of a `FETCH` response whose beginning was read, and its end.
  @_lifetime(cursor: copy cursor)
  mutating func fetchResponse(
    _ cursor: inout ByteCursor, _ head: inout FetchHead
  ) throws(SyntaxError) -> FetchResponse {
    try fetchItems(&cursor, &head)
    try end(&cursor)
    return FetchResponse(FetchResponseView(view(cursor.bytes), head))
  }

  /// `"VANISHED" [SP "(EARLIER)"] SP known-uids`
  @_lifetime(cursor: copy cursor)
  private mutating func vanished(_ cursor: inout ByteCursor) throws(SyntaxError) -> UntaggedResponse {
    try space(&cursor)
    let isEarlier = cursor.skip(.openParenthesis)
    if isEarlier {
      guard cursor.takeKeyword() == IMAPWord("earlier") else { throw cursor.error(.badToken) }
      try cursor.expect(.closeParenthesis)
      try space(&cursor)
    }
    return .vanished(earlier: isEarlier, UIDSet(unchecked: try closedSet(&cursor)))
  }

  /// A response that is kept as it is: a name of an atom's characters, and whatever follows.
  @_lifetime(cursor: copy cursor)
  private mutating func other(
    number: UInt32?, from start: Int, _ cursor: inout ByteCursor
  ) throws(SyntaxError) -> OtherResponse {
    cursor.offset = start
    let name = cursor.take { ASCIIClass.atom.contains($0) }
    guard !name.isEmpty else { throw cursor.unexpected }
    var text: [UInt8] = []
    guard !context.hasGap(from: 0, to: cursor.bytes.count) else { throw cursor.unexpected }
    if cursor.skip(.space) { text = lineRest(&cursor).copied() }
    try end(&cursor)
    return OtherResponse(number: number, name: name.copied(), text: text)
  }

  /// All that is left but the line end.
  @_lifetime(copy cursor)
  @_lifetime(cursor: copy cursor)
  func lineRest(_ cursor: inout ByteCursor) -> Span<UInt8> {
    let start = cursor.offset
    var end = cursor.bytes.count
    if end > start, cursor.bytes[end &- 1] == .lineFeed { end &-= 1 }
    if end > start, end < cursor.bytes.count, cursor.bytes[end &- 1] == .carriageReturn { end &-= 1 }
    cursor.offset = end
    return cursor.bytes.extracting(start..<end)
  }

  /// A whole line that is no response.
  mutating func strayLine(_ unit: Span<UInt8>) throws(SyntaxError) -> StrayLine {
    var cursor = ByteCursor(unit)
    let text = lineRest(&cursor)
    if let bad = text.firstIndex(of: 0) ?? text.firstIndex(of: .carriageReturn, or: .lineFeed) {
      throw SyntaxError(.unexpectedByte, at: bad)
    }
    let bytes = text.copied()
    try end(&cursor)
    return StrayLine(bytes)
  }

  /// `*(SP capability)`
  @_lifetime(cursor: copy cursor)
  mutating func capabilities(_ cursor: inout ByteCursor) throws(SyntaxError) -> [IMAPCapability] {
    var capabilities: [IMAPCapability] = []
    while true {
      // Spaces before the end are judged by what reads the end.
      var ahead = cursor
      guard ahead.skipAll(.space) > 0, let next = ahead.next, ASCIIClass.atom.contains(next) else {
        return capabilities
      }
      try space(&cursor)
      let start = cursor.offset
      let name = cursor.take { ASCIIClass.atom.contains($0) }
      if name.isEmpty { throw cursor.unexpected }
      guard name.count <= IMAPCapability.maximumLength else { throw SyntaxError(.tooLong, at: start) }
      guard capabilities.count < context.limits.elements else { throw SyntaxError(.tooMany, at: start) }
      if name.count == 1, name[0] == .plus || name[0] == .hyphen, let last = capabilities.last,
        context.accepts(.spaceInCapability)
      {
        capabilities[capabilities.count - 1] = IMAPCapability(validated: ValidatedToken(last.bytes + [name[0]]))
        continue
      }
      capabilities.append(IMAPCapability(validated: ValidatedToken(name.copied())))
    }
  }
}
