@_spi(MailCodec) import MailWire

// The commands whose arguments are one list up to the end of the line.

extension IMAPCommand {
  /// Whether another argument follows; its space is read.
  @_lifetime(cursor: copy cursor)
  private static func isAnother(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, _ count: Int
  ) throws(SyntaxError) -> Bool {
    guard cursor.remaining > 1, cursor.next == .space else { return false }
    guard count < context.limits.elements else { throw cursor.error(.tooMany) }
    try cursor.requireSpace(&context)
    return true
  }

  /// `*(SP astring)`
  @_lifetime(cursor: copy cursor)
  static func strings(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> [IMAPString] {
    var strings: [IMAPString] = []
    while try isAnother(&cursor, &context, strings.count) { strings.append(try IMAPString.parse(&cursor, &context)) }
    return strings
  }

  /// `1*(SP quoted)`, tags
  @_lifetime(cursor: copy cursor)
  static func tags(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> OneOrMore<IMAPTag>
  {
    var tags: [IMAPTag] = []
    while try isAnother(&cursor, &context, tags.count) {
      let start = cursor.offset
      let tag = try cursor.takeString(&context).copied()
      do throws(SyntaxError) { tags.append(try IMAPTag(tag.span)) } catch { throw SyntaxError(error.code, at: start) }
    }
    guard !tags.isEmpty else { throw cursor.unexpected }
    return OneOrMore(unchecked: tags)
  }

  /// `1*(SP url-rump SP mechanism)`
  @_lifetime(cursor: copy cursor)
  static func urlAuthRequests(
    _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> OneOrMore<URLAuthRequest> {
    var requests: [URLAuthRequest] = []
    while try isAnother(&cursor, &context, requests.count) {
      let url = try IMAPString.parse(&cursor, &context)
      try cursor.requireSpace(&context)
      requests.append(URLAuthRequest(url, mechanism: try IMAPAtom.parse(&cursor)))
    }
    guard !requests.isEmpty else { throw cursor.unexpected }
    return OneOrMore(unchecked: requests)
  }

  /// `[SP mailbox *(SP mechanism)]`
  @_lifetime(cursor: copy cursor)
  static func keyReset(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> URLKeyReset? {
    guard try isAnother(&cursor, &context, 0) else { return nil }
    let mailbox = try MailboxName.parse(&cursor, &context)
    var mechanisms: [IMAPAtom] = []
    while try isAnother(&cursor, &context, mechanisms.count) { mechanisms.append(try IMAPAtom.parse(&cursor)) }
    return URLKeyReset(mailbox, mechanisms: mechanisms)
  }

  /// `1*(SP url-fetch-arg)`
  @_lifetime(cursor: copy cursor)
  static func urlFetchItems(
    _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> OneOrMore<URLFetchItem> {
    var items: [URLFetchItem] = []
    while try isAnother(&cursor, &context, items.count) { items.append(try URLFetchItem.parse(&cursor, &context)) }
    guard !items.isEmpty else { throw cursor.unexpected }
    return OneOrMore(unchecked: items)
  }
}
