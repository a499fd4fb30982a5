@_spi(MailCodec) public import MailWire

extension FetchItems {
  /// Parses a macro, one item, or `"(" fetch-att *(SP fetch-att) ")"`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> FetchItems {
    var items = FetchItems(unchecked: [])
    guard cursor.skip(.openParenthesis) else {
      let start = cursor.offset
      if let macro = macro(&cursor) { return FetchItems(unchecked: macro) }
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
    try cursor.expect(.closeParenthesis)
    return items
  }

  @_lifetime(cursor: copy cursor)
  private static func macro(_ cursor: inout ByteCursor) -> FetchAttributes? {
    let macro: FetchAttributes? =
      switch cursor.takeLetters() {
      case IMAPWord("all"): .all
      case IMAPWord("fast"): .fast
      case IMAPWord("full"): .full
      default: nil
      }
    return cursor.isAtEnd || cursor.next == .space ? macro : nil
  }

  @inline(__always)
  @_lifetime(cursor: copy cursor)
  private mutating func parseItem(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) {
    let start = cursor.offset
    let word = cursor.takeLetters()
    var attribute: FetchAttributes = []
    switch word {
    case IMAPWord("uid"): attribute = .uid
    case IMAPWord("flags"): attribute = .flags
    case IMAPWord("envelope"): attribute = .envelope
    case IMAPWord("internaldate"): attribute = .internalDate
    case IMAPWord("bodystructure"): attribute = .bodyStructure
    case IMAPWord("body"):
      if cursor.next == .openBracket || cursor.next == .dot { return try parseBody(&cursor, &context, from: start) }
      attribute = .body
    case IMAPWord("modseq"): attribute = .modSeq
    case IMAPWord("savedate"): attribute = .saveDate
    case IMAPWord("emailid"): attribute = .emailID
    case IMAPWord("threadid"): attribute = .threadID
    case IMAPWord("preview"): return try parsePreview(&cursor, &context)
    case IMAPWord("binary"): return try parseBinary(&cursor, &context, from: start)
    case IMAPWord("all"), IMAPWord("fast"), IMAPWord("full"):
      // A macro stands alone, RFC 9051 §6.4.5.
      if Self.isEnd(cursor.next) { throw SyntaxError(.badToken, at: start) }
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
    if isPeek, cursor.takeLetters() != IMAPWord("peek") { throw SyntaxError(.badToken, at: start) }
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
      switch cursor.takeLetters() {
      case IMAPWord("peek"): isPeek = true
      case IMAPWord("size"): isSize = true
      default: throw SyntaxError(.badToken, at: start)
      }
    }
    try cursor.expect(.openBracket)
    let path = try SectionPath.parse(&cursor, &context)
    try cursor.expect(.closeBracket)
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
    guard cursor.skipSpaceBeforeList() else { return attributes.formUnion(.preview) }
    let start = cursor.offset
    guard cursor.skip(.openParenthesis), cursor.skipKeyword("lazy"), cursor.skip(.closeParenthesis) else {
      cursor.offset = start
      let modifiers = try IMAPValue.parseList(&cursor, &context)
      others.append(try .unchecked(IMAPToken(keyword: "PREVIEW"), modifiers))
      return
    }
    attributes.formUnion(.lazyPreview)
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
    let arguments = cursor.skipSpaceBeforeList() ? try IMAPValue.parseList(&cursor, &context) : nil
    others.append(try .unchecked(name, arguments))
  }

  static let dotted: [([UInt8], FetchAttributes)] = [
    (Array("RFC822.SIZE".utf8), .size), (Array("RFC822".utf8), .message), (Array("RFC822.HEADER".utf8), .header),
    (Array("RFC822.TEXT".utf8), .text), (Array("X-GM-MSGID".utf8), .gmailMessageID),
    (Array("X-GM-THRID".utf8), .gmailThreadID), (Array("X-GM-LABELS".utf8), .gmailLabels)
  ]
}

extension FetchRequestItem {
  static func unchecked(_ name: IMAPToken, _ arguments: [IMAPValue]?) throws(SyntaxError) -> FetchRequestItem {
    .unknown(name, arguments, try NestingDepth(around: IMAPValue.depth(of: arguments ?? [])))
  }

  /// An item of an extension.
  ///
  /// - Throws: ``SyntaxError`` with the code `badToken` for a name that would be read as another item, `tooMany` beyond
  ///   ``NestingDepth/maximum`` levels.
  public static func unknown(
    _ name: IMAPToken, _ arguments: [IMAPValue]? = nil
  ) throws(SyntaxError) -> FetchRequestItem {
    let item = try unchecked(name, arguments)
    let text = IMAPWriter.bytes { FetchItems(unchecked: [], [item]).write(to: &$0) }
    var cursor = ByteCursor(text.span)
    var context = ParseContext(quirks: [.eightBitInQuoted], limits: .unlimited)
    guard (try? FetchItems.parse(&cursor, &context)) == FetchItems(unchecked: [], [item]) else {
      throw SyntaxError(.badToken, at: 0)
    }
    return item
  }
}
