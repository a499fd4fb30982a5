@_spi(MailCodec) import MailWire

extension SearchKey {
  /// Parses `search-key`; `depth` counts the keys around it.
  @_lifetime(cursor: copy cursor)
  static func parse(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, depth: Int = 0
  ) throws(SyntaxError) -> SearchKey {
    guard depth <= context.limits.nesting else { throw cursor.error(.tooMany) }
    guard let byte = cursor.next else { throw cursor.fault }
    if byte.isASCIIDigit || byte == .asterisk || byte == 36 {
      return .sequence(try SequenceSet.parse(&cursor, elements: context.limits.elements))
    }
    if byte == .openParenthesis { return try parseList(&cursor, &context, depth) }
    let start = cursor.offset
    let word = cursor.takeKeywordLetters()
    if let next = cursor.next, next != .space, next != .closeParenthesis {
      return try parseOther(&cursor, &context, from: start, depth)
    }
    switch (word.low, word.count) {
    case (packed("all"), 3): return .all
    case (packed("answered"), 8): return .answered
    case (packed("deleted"), 7): return .deleted
    case (packed("draft"), 5): return .draft
    case (packed("flagged"), 7): return .flagged
    case (packed("new"), 3): return .new
    case (packed("old"), 3): return .old
    case (packed("recent"), 6): return .recent
    case (packed("seen"), 4): return .seen
    case (packed("unanswered"), 10) where word.hasTail("unanswered"): return .unanswered
    case (packed("undeleted"), 9) where word.hasTail("undeleted"): return .undeleted
    case (packed("undraft"), 7): return .undraft
    case (packed("unflagged"), 9) where word.hasTail("unflagged"): return .unflagged
    case (packed("unseen"), 6): return .unseen
    case (packed("before"), 6): return .before(try date(&cursor, &context))
    case (packed("on"), 2): return .on(try date(&cursor, &context))
    case (packed("since"), 5): return .since(try date(&cursor, &context))
    case (packed("sentbefore"), 10) where word.hasTail("sentbefore"): return .sentBefore(try date(&cursor, &context))
    case (packed("senton"), 6): return .sentOn(try date(&cursor, &context))
    case (packed("sentsince"), 9) where word.hasTail("sentsince"): return .sentSince(try date(&cursor, &context))
    case (packed("savedbefore"), 11) where word.hasTail("savedbefore"): return .savedBefore(try date(&cursor, &context))
    case (packed("savedon"), 7): return .savedOn(try date(&cursor, &context))
    case (packed("savedsince"), 10) where word.hasTail("savedsince"): return .savedSince(try date(&cursor, &context))
    case (packed("bcc"), 3): return .bcc(try string(&cursor, &context))
    case (packed("body"), 4): return .body(try string(&cursor, &context))
    case (packed("cc"), 2): return .cc(try string(&cursor, &context))
    case (packed("from"), 4): return .from(try string(&cursor, &context))
    case (packed("subject"), 7): return .subject(try string(&cursor, &context))
    case (packed("text"), 4): return .text(try string(&cursor, &context))
    case (packed("to"), 2): return .to(try string(&cursor, &context))
    case (packed("keyword"), 7): return .keyword(try flag(&cursor, &context))
    case (packed("unkeyword"), 9) where word.hasTail("unkeyword"): return .unkeyword(try flag(&cursor, &context))
    case (packed("header"), 6): return .header(try string(&cursor, &context), try string(&cursor, &context))
    case (packed("larger"), 6): return .larger(try number(&cursor, &context))
    case (packed("smaller"), 7): return .smaller(try number(&cursor, &context))
    case (packed("older"), 5): return .older(try seconds(&cursor, &context))
    case (packed("younger"), 7): return .younger(try seconds(&cursor, &context))
    case (packed("modseq"), 6): return .modSeq(try ModSeqKey.parse(&cursor, &context))
    case (packed("emailid"), 7): return .emailID(try string(&cursor, &context))
    case (packed("threadid"), 8): return .threadID(try string(&cursor, &context))
    case (packed("filter"), 6): return .filter(try string(&cursor, &context))
    case (packed("uid"), 3):
      try cursor.requireSpace(&context)
      return .uid(try UIDSet.parse(&cursor, elements: context.limits.elements))
    case (packed("not"), 3): return .not(try nested(&cursor, &context, depth))
    case (packed("or"), 2): return .or(try nested(&cursor, &context, depth), try nested(&cursor, &context, depth))
    case (packed("fuzzy"), 5): return .fuzzy(try nested(&cursor, &context, depth))
    default: return try parseOther(&cursor, &context, from: start, depth)
    }
  }

  @_lifetime(cursor: copy cursor)
  private static func parseList(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, _ depth: Int
  ) throws(SyntaxError) -> SearchKey {
    try cursor.require(.openParenthesis)
    var keys: [SearchKey] = []
    repeat {
      guard keys.count < context.limits.elements else { throw cursor.error(.tooMany) }
      keys.append(try parse(&cursor, &context, depth: depth &+ 1))
    } while cursor.skip(.space)
    try cursor.require(.closeParenthesis)
    return .and(keys)
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
    return .unknown(name, try IMAPArgument.parseRest(&cursor, &context, depth: depth))
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
  private static func flag(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> Flag {
    try cursor.requireSpace(&context)
    let start = cursor.offset
    let name = cursor.take {
      ASCIIClass.atom.contains($0) || ($0 == .closeBracket && context.quirks.contains(.bracketInFlag))
    }
    guard !name.isEmpty else { throw cursor.fault }
    guard name.count <= Flag.maximumLength else { throw SyntaxError(.tooLong, at: start) }
    return Flag(validated: name.copied())
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
  private static func seconds(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> UInt32 {
    try cursor.requireSpace(&context)
    return UInt32(truncatingIfNeeded: try cursor.requireNumber(upTo: UInt64(UInt32.max), least: 1))
  }
}
