@_spi(MailCodec) import MailWire

extension FetchItems {
  /// Parses a macro, one item, or `"(" fetch-att *(SP fetch-att) ")"`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> FetchItems {
    var items = FetchItems([])
    guard cursor.skip(.openParenthesis) else {
      let start = cursor.offset
      if let macro = macro(&cursor) { return FetchItems(macro) }
      cursor.offset = start
      try items.parseItem(&cursor, &context)
      return items
    }
    var count = 0
    repeat {
      guard count < context.limits.elements else { throw cursor.error(.tooMany) }
      count &+= 1
      try items.parseItem(&cursor, &context)
    } while cursor.skip(.space)
    try cursor.require(.closeParenthesis)
    return items
  }

  @_lifetime(cursor: copy cursor)
  private static func macro(_ cursor: inout ByteCursor) -> FetchAttributes? {
    let macro: FetchAttributes? =
      switch cursor.takeWord() {
      case (packed("all"), 3): .all
      case (packed("fast"), 4): .fast
      case (packed("full"), 4): .full
      default: nil
      }
    return cursor.isAtEnd || cursor.next == .space ? macro : nil
  }

  @inline(__always)
  @_lifetime(cursor: copy cursor)
  private mutating func parseItem(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) {
    let start = cursor.offset
    let word = cursor.takeKeywordLetters()
    var attribute: FetchAttributes = []
    switch (word.low, word.count) {
    case (packed("uid"), 3): attribute = .uid
    case (packed("flags"), 5): attribute = .flags
    case (packed("envelope"), 8): attribute = .envelope
    case (packed("internaldate"), 12) where word.hasTail("internaldate"): attribute = .internalDate
    case (packed("bodystructure"), 13) where word.hasTail("bodystructure"): attribute = .bodyStructure
    case (packed("body"), 4):
      if cursor.next == .openBracket || cursor.next == .dot { return try parseBody(&cursor, &context, from: start) }
      attribute = .body
    case (packed("modseq"), 6): attribute = .modSeq
    case (packed("savedate"), 8): attribute = .saveDate
    case (packed("emailid"), 7): attribute = .emailID
    case (packed("threadid"), 8): attribute = .threadID
    case (packed("preview"), 7): return try parsePreview(&cursor, &context)
    case (packed("binary"), 6): return try parseBinary(&cursor, &context, from: start)
    default: break
    }
    guard attribute.isEmpty || Self.isEnd(cursor.next) else { return try parseOther(&cursor, &context, from: start) }
    guard attribute.isEmpty else { return attributes.formUnion(attribute) }
    try parseOther(&cursor, &context, from: start)
  }

  @inline(__always)
  private static func isEnd(_ byte: UInt8?) -> Bool { byte == nil || byte == .space || byte == .closeParenthesis }

  /// `BODY[…]`, `BODY.PEEK[…]`, the cursor behind the word.
  @_lifetime(cursor: copy cursor)
  private mutating func parseBody(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, from start: Int
  ) throws(SyntaxError) {
    let isPeek = cursor.skip(.dot)
    if isPeek, cursor.takeWord() != (packed("peek"), 4) { throw SyntaxError(.badToken, at: start) }
    let section = try SectionSpecifier.parse(&cursor, &context)
    others.append(.body(section, isPeek: isPeek, try PartialRange.parse(&cursor)))
  }

  /// `BINARY[…]`, `BINARY.PEEK[…]`, `BINARY.SIZE[…]`, the cursor behind the word.
  @_lifetime(cursor: copy cursor)
  private mutating func parseBinary(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, from start: Int
  ) throws(SyntaxError) {
    var isPeek = false
    var isSize = false
    if cursor.skip(.dot) {
      switch cursor.takeWord() {
      case (packed("peek"), 4): isPeek = true
      case (packed("size"), 4): isSize = true
      default: throw SyntaxError(.badToken, at: start)
      }
    }
    try cursor.require(.openBracket)
    let path = try SectionPath.parse(&cursor, &context)
    try cursor.require(.closeBracket)
    if isSize {
      others.append(.binarySize(path))
    } else {
      others.append(.binary(path, isPeek: isPeek, try PartialRange.parse(&cursor)))
    }
  }

  /// `PREVIEW`, perhaps with modifiers; those but `LAZY` are kept with an unknown item.
  @_lifetime(cursor: copy cursor)
  private mutating func parsePreview(
    _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) {
    guard cursor.remaining > 1, cursor.next == .space, cursor.bytes[cursor.offset &+ 1] == .openParenthesis else {
      return attributes.formUnion(.preview)
    }
    cursor.offset &+= 1
    let modifiers = try IMAPArgument.parse(&cursor, &context)
    guard case .list(let values) = modifiers else { return }
    if values == [.token(IMAPToken(keyword: "LAZY"))] {
      attributes.formUnion(.lazyPreview)
    } else {
      others.append(.unknown(IMAPToken(keyword: "PREVIEW"), values))
    }
  }

  /// A name with dots or hyphens, or an unknown one.
  @_lifetime(cursor: copy cursor)
  private mutating func parseOther(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, from start: Int
  ) throws(SyntaxError) {
    cursor.offset = start
    let name = try IMAPToken.parse(&cursor)
    for (known, attribute) in Self.dotted where name.bytes.span.hasSameLetters(as: known.span) {
      return attributes.formUnion(attribute)
    }
    var arguments: [IMAPArgument]?
    if cursor.remaining > 1, cursor.next == .space, cursor.bytes[cursor.offset &+ 1] == .openParenthesis {
      cursor.offset &+= 1
      if case .list(let values) = try IMAPArgument.parse(&cursor, &context) { arguments = values }
    }
    others.append(.unknown(name, arguments))
  }

  static let dotted: [([UInt8], FetchAttributes)] = [
    (Array("RFC822.SIZE".utf8), .size), (Array("RFC822".utf8), .message), (Array("RFC822.HEADER".utf8), .header),
    (Array("RFC822.TEXT".utf8), .text), (Array("X-GM-MSGID".utf8), .gmailMessageID),
    (Array("X-GM-THRID".utf8), .gmailThreadID), (Array("X-GM-LABELS".utf8), .gmailLabels)
  ]
}
