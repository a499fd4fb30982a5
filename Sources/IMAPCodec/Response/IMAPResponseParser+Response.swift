@_spi(MailCodec) public import MailWire

extension IMAPResponseParser {
  /// Parses any response into a value.
  ///
  /// - Throws: ``SyntaxError`` where the response leaves the grammar.
  public mutating func response(_ unit: Span<UInt8>) throws(SyntaxError) -> IMAPResponse {
    try builder.reset(unit.count)
    return try anyResponse(unit)
  }

  /// Parses any response, of which sections may have been streamed.
  ///
  /// - Throws: ``SyntaxError``, as for octets that are all there.
  public mutating func response(_ unit: borrowing IMAPUnitView) throws(SyntaxError) -> IMAPResponse {
    try builder.reset(unit)
    return try anyResponse(unit.text)
  }

  private mutating func anyResponse(_ unit: Span<UInt8>) throws(SyntaxError) -> IMAPResponse {
    var cursor = ByteCursor(unit)
    switch cursor.next {
    case .asterisk:
      var head = FetchHead()
      if builder.usualHead(&cursor, &head) { return .untagged(.fetch(try builder.fetchResponse(&cursor, &head))) }
      cursor.offset = 1
      try builder.space(&cursor)
      if let next = cursor.next, !ASCIIClass.atom.contains(next), next != .openBracket, next > 32,
        builder.context.accepts(.irregularName)
      {
        return .stray(try builder.strayLine(unit))
      }
      return .untagged(try builder.untagged(&cursor))
    case .plus:
      cursor.offset = 1
      if let next = cursor.next, next > 32, builder.context.accepts(.foreignLine) {
        return .stray(try builder.strayLine(unit))
      }
      return .continuationRequest(try builder.continuationRequest(&cursor))
    case .carriageReturn, .lineFeed, nil:
      guard builder.context.accepts(.blankLine) else { throw cursor.unexpected }
      try builder.end(&cursor)
      return .stray(StrayLine([]))
    default:
      return try tagged(&cursor)
    }
  }

  /// `tag SP resp-cond-state`, and what stands in its place.
  @_lifetime(cursor: copy cursor)
  private mutating func tagged(_ cursor: inout ByteCursor) throws(SyntaxError) -> IMAPResponse {
    var ahead = cursor
    do throws(SyntaxError) {
      let tag = try IMAPTag.parse(&ahead)
      try builder.space(&ahead)
      let start = ahead.offset
      guard let condition = Self.condition(ahead.takeKeyword()) else { throw SyntaxError(.badToken, at: start) }
      switch condition {
      case .ok, .no, .bad: break
      case .bye where builder.context.accepts(.taggedBye): break
      case .bye, .preAuthenticated: throw SyntaxError(.badToken, at: start)
      }
      return .tagged(tag, try builder.statusText(&ahead, condition))
    } catch {
      guard let response = try untaggedByQuirk(&cursor) else { throw error }
      return response
    }
  }

  /// What is no response by the grammar, but can be told to be one, or to be another protocol's line.
  @_lifetime(cursor: copy cursor)
  private mutating func untaggedByQuirk(_ cursor: inout ByteCursor) throws(SyntaxError) -> IMAPResponse? {
    if cursor.next == .openBracket, builder.context.accepts(.untaggedCode) {
      return .untagged(.status(try builder.statusText(&cursor, .ok)))
    }
    var ahead = cursor
    if let condition = Self.condition(ahead.takeKeyword()), ahead.isAtWordEnd,
      builder.context.accepts(.missingAsterisk)
    {
      return .untagged(.status(try builder.statusText(&ahead, condition)))
    }
    if let place = Self.placeOfBye(cursor.bytes), builder.context.accepts(.textBeforeBye) {
      cursor.offset = place
      return .untagged(try builder.untagged(&cursor))
    }
    ahead = cursor
    guard ahead.take(while: { $0.isASCIIDigit }).count == 3, ahead.isAtWordEnd || ahead.next == .hyphen,
      builder.context.accepts(.foreignLine)
    else { return nil }
    return .stray(try builder.strayLine(cursor.bytes))
  }

  /// Where `BYE` stands behind text, an asterisk and a space.
  private static func placeOfBye(_ bytes: Span<UInt8>) -> Int? {
    var start = 0
    while let asterisk = bytes.firstIndex(of: .asterisk, from: start) {
      start = asterisk + 1
      guard start < bytes.count, bytes[start] == .space else { continue }
      var cursor = ByteCursor(bytes)
      cursor.offset = start + 1
      if cursor.takeKeyword() == IMAPWord("bye"), cursor.isAtWordEnd { return start + 1 }
    }
    return nil
  }

  static func condition(_ word: IMAPWord) -> StatusCondition? {
    switch word {
    case IMAPWord("ok"): .ok
    case IMAPWord("no"): .no
    case IMAPWord("bad"): .bad
    case IMAPWord("bye"): .bye
    case IMAPWord("preauth"): .preAuthenticated
    default: nil
    }
  }
}

extension ByteCursor {
  /// Whether a space or the line's end is next.
  var isAtWordEnd: Bool { next.map { $0 == .space || $0 == .carriageReturn || $0 == .lineFeed } ?? true }
}
