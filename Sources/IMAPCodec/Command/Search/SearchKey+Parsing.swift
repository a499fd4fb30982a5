@_spi(MailCodec) import MailWire

extension SearchKey {
  /// Parses `search-key`; `depth` counts the keys around it.
  @_lifetime(cursor: copy cursor)
  static func parse(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, depth: Int = 0
  ) throws(SyntaxError) -> SearchKey {
    guard depth <= Swift.min(context.limits.nesting, NestingDepth.maximum) else { throw cursor.error(.tooMany) }
    guard let byte = cursor.next else { throw cursor.unexpected }
    if byte.isASCIIDigit || byte == .asterisk || byte == 36 {
      return .sequence(try SequenceSet.parse(&cursor, elements: context.limits.elements))
    }
    if byte == .openParenthesis { return try parseList(&cursor, &context, depth) }
    let start = cursor.offset
    let word = cursor.takeLetters()
    if let next = cursor.next, next != .space, next != .closeParenthesis {
      return try parseOther(&cursor, &context, from: start, depth)
    }
    switch word {
    case IMAPWord("all"): return .all
    case IMAPWord("answered"): return .answered
    case IMAPWord("deleted"): return .deleted
    case IMAPWord("draft"): return .draft
    case IMAPWord("flagged"): return .flagged
    case IMAPWord("new"): return .new
    case IMAPWord("old"): return .old
    case IMAPWord("recent"): return .recent
    case IMAPWord("seen"): return .seen
    case IMAPWord("unanswered"): return .unanswered
    case IMAPWord("undeleted"): return .undeleted
    case IMAPWord("undraft"): return .undraft
    case IMAPWord("unflagged"): return .unflagged
    case IMAPWord("unseen"): return .unseen
    case IMAPWord("before"): return .before(try date(&cursor, &context))
    case IMAPWord("on"): return .on(try date(&cursor, &context))
    case IMAPWord("since"): return .since(try date(&cursor, &context))
    case IMAPWord("sentbefore"): return .sentBefore(try date(&cursor, &context))
    case IMAPWord("senton"): return .sentOn(try date(&cursor, &context))
    case IMAPWord("sentsince"): return .sentSince(try date(&cursor, &context))
    case IMAPWord("savedbefore"): return .savedBefore(try date(&cursor, &context))
    case IMAPWord("savedon"): return .savedOn(try date(&cursor, &context))
    case IMAPWord("savedsince"): return .savedSince(try date(&cursor, &context))
    case IMAPWord("bcc"): return .bcc(try string(&cursor, &context))
    case IMAPWord("body"): return .body(try string(&cursor, &context))
    case IMAPWord("cc"): return .cc(try string(&cursor, &context))
    case IMAPWord("from"): return .from(try string(&cursor, &context))
    case IMAPWord("subject"): return .subject(try string(&cursor, &context))
    case IMAPWord("text"): return .text(try string(&cursor, &context))
    case IMAPWord("to"): return .to(try string(&cursor, &context))
    case IMAPWord("keyword"): return .keyword(try keyword(&cursor, &context))
    case IMAPWord("unkeyword"): return .unkeyword(try keyword(&cursor, &context))
    case IMAPWord("header"): return .header(try string(&cursor, &context), try string(&cursor, &context))
    case IMAPWord("larger"): return .larger(Number64(clamping: try number(&cursor, &context)))
    case IMAPWord("smaller"): return .smaller(Number64(clamping: try number(&cursor, &context)))
    case IMAPWord("older"): return .older(try nonZero(&cursor, &context))
    case IMAPWord("younger"): return .younger(try nonZero(&cursor, &context))
    case IMAPWord("modseq"): return .modSeq(try ModSeqKey.parse(&cursor, &context))
    case IMAPWord("emailid"): return .emailID(try string(&cursor, &context))
    case IMAPWord("threadid"): return .threadID(try string(&cursor, &context))
    case IMAPWord("filter"): return .filter(try string(&cursor, &context))
    case IMAPWord("uid"):
      try cursor.requireSpace(&context)
      return .uid(try UIDSet.parse(&cursor, elements: context.limits.elements))
    case IMAPWord("uidafter"): return .uidAfter(try nonZero(&cursor, &context))
    case IMAPWord("uidbefore"): return .uidBefore(try nonZero(&cursor, &context))
    case IMAPWord("not"): return try .not(nested(&cursor, &context, depth))
    case IMAPWord("or"): return try .or(nested(&cursor, &context, depth), nested(&cursor, &context, depth))
    case IMAPWord("fuzzy"): return try .fuzzy(nested(&cursor, &context, depth))
    default: return try parseOther(&cursor, &context, from: start, depth)
    }
  }

  @_lifetime(cursor: copy cursor)
  private static func parseList(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, _ depth: Int
  ) throws(SyntaxError) -> SearchKey {
    try cursor.expect(.openParenthesis)
    var keys: [SearchKey] = []
    keys.reserveCapacity(4)
    repeat {
      guard keys.count < context.limits.elements else { throw cursor.error(.tooMany) }
      keys.append(try parse(&cursor, &context, depth: depth &+ 1))
    } while cursor.skip(.space)
    try cursor.expect(.closeParenthesis)
    return try .and(keys)
  }

  /// A name with hyphens or digits, one that is longer, or an unknown one.
  @_lifetime(cursor: copy cursor)
  private static func parseOther(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, from start: Int, _ depth: Int
  ) throws(SyntaxError) -> SearchKey {
    cursor.offset = start
    let name = try IMAPToken.parse(&cursor)
    if name.isKeyword("X-GM-RAW") { return .gmailRaw(try string(&cursor, &context)) }
    if name.isKeyword("X-GM-LABELS") { return .gmailLabel(try string(&cursor, &context)) }
    if name.isKeyword("X-GM-MSGID") { return .gmailMessageID(try number(&cursor, &context, upTo: .max)) }
    if name.isKeyword("X-GM-THRID") { return .gmailThreadID(try number(&cursor, &context, upTo: .max)) }
    if name.isKeyword("SAVEDATESUPPORTED") { return .saveDateSupported }
    let values = try IMAPValue.parseRest(&cursor, &context, depth: depth)
    return .unknown(name, values, try NestingDepth(around: IMAPValue.depth(of: values)))
  }

  @_lifetime(cursor: copy cursor)
  private static func nested(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, _ depth: Int
  ) throws(SyntaxError) -> SearchKey {
    try cursor.requireSpace(&context)
    return try parse(&cursor, &context, depth: depth &+ 1)
  }

  @inline(__always)
  @_lifetime(cursor: copy cursor)
  private static func string(
    _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> IMAPString {
    try cursor.requireSpace(&context)
    return try IMAPString.parse(&cursor, &context)
  }

  @_lifetime(cursor: copy cursor)
  private static func keyword(
    _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> IMAPAtom {
    try cursor.requireSpace(&context)
    let start = cursor.offset
    let name = cursor.take {
      ASCIIClass.atom.contains($0) || ($0 == .closeBracket && context.quirks.contains(.bracketInFlag))
    }
    guard !name.isEmpty else { throw cursor.unexpected }
    guard name.count <= Flag.maximumLength else { throw SyntaxError(.tooLong, at: start) }
    return IMAPAtom(validated: ValidatedToken(name.copied()))
  }

  @inline(__always)
  @_lifetime(cursor: copy cursor)
  private static func date(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> IMAPDate {
    try cursor.requireSpace(&context)
    return try IMAPDate.parse(&cursor)
  }

  @_lifetime(cursor: copy cursor)
  private static func number(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, upTo limit: UInt64 = UInt64(Int64.max)
  ) throws(SyntaxError) -> UInt64 {
    try cursor.requireSpace(&context)
    return try cursor.requireNumber(upTo: limit)
  }

  @_lifetime(cursor: copy cursor)
  private static func nonZero(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError)
    -> NonZeroNumber
  {
    try cursor.requireSpace(&context)
    let number = try cursor.requireNumber(upTo: UInt64(UInt32.max), least: 1)
    return NonZeroNumber(unchecked: UInt32(truncatingIfNeeded: number))
  }

  /// Whether the name is read as that of no known key.
  static func isUnknown(_ name: IMAPToken) -> Bool {
    var cursor = ByteCursor(name.bytes.span)
    var context = ParseContext()
    guard let key = try? parse(&cursor, &context), case .unknown(_, [], _) = key, cursor.isAtEnd else { return false }
    return true
  }
}
