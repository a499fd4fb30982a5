@_spi(MailCodec) import MailWire

extension IMAPCommand {
  /// Parses what stands behind the tag, to the end.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> IMAPCommand {
    let start = cursor.offset
    var word = cursor.takeLetters()
    var isUID = false
    if word.count == 3, word.low == packed("uid"), cursor.remaining > 1, cursor.next == .space {
      cursor.offset &+= 1
      word = cursor.takeLetters()
      isUID = true
    }
    guard cursor.isAtEnd || cursor.next == .space else { return try unknown(&cursor, &context, from: start) }
    let command = try named(word, &cursor, &context, from: start, isUID: isUID)
    try cursor.requireEnd(&context)
    return command
  }

  /// A command that nobody here knows, from its name on.
  @_lifetime(cursor: copy cursor)
  static func unknown(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, from start: Int
  ) throws(SyntaxError) -> IMAPCommand {
    cursor.offset = start
    let name = try cursor.takeAtom()
    let values = try IMAPValue.parseRest(&cursor, &context)
    let depth = try NestingDepth(around: Swift.max(0, IMAPValue.depth(of: values) - 1))
    let command = IMAPCommand.unknown(IMAPAtom(validated: ValidatedToken(name.copied())), values, depth)
    try cursor.requireEnd(&context)
    return command
  }

  // MARK: Messages

  /// The commands by their names, the most frequent ones first. A value is made where it is returned, since a copy of a
  /// command through an optional costs as much as its parsing.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  private static func named(
    _ word: IMAPWord, _ cursor: inout ByteCursor, _ context: inout ParseContext, from start: Int, isUID: Bool
  ) throws(SyntaxError) -> IMAPCommand {
    switch word {
    case IMAPWord("fetch"):
      let set = try MessageSet.parse(&cursor, &context, isUID: isUID)
      try cursor.requireSpace(&context)
      let items = try FetchItems.parse(&cursor, &context)
      var modifiers = FetchModifiers()
      if cursor.remaining > 1, cursor.skip(.space) {
        modifiers = try FetchModifiers.parse(&cursor, &context)
      }
      return .fetch(set, items, modifiers)
    case IMAPWord("store"):
      let set = try MessageSet.parse(&cursor, &context, isUID: isUID)
      return .store(set, try StoreRequest.parse(&cursor, &context))
    case IMAPWord("search"): return .search(try SearchProgram.parse(&cursor, &context), isUID: isUID)
    case IMAPWord("copy"):
      let set = try MessageSet.parse(&cursor, &context, isUID: isUID)
      return .copy(set, try mailbox(&cursor, &context))
    case IMAPWord("move"):
      let set = try MessageSet.parse(&cursor, &context, isUID: isUID)
      return .move(set, try mailbox(&cursor, &context))
    case IMAPWord("expunge"):
      guard isUID else { return .expunge(nil) }
      try cursor.requireSpace(&context)
      return .expunge(try UIDSet.parse(&cursor, elements: context.limits.elements))
    case IMAPWord("sort"): return try sort(&cursor, &context, isUID: isUID)
    case IMAPWord("thread"): return try thread(&cursor, &context, isUID: isUID)
    case IMAPWord("replace"):
      let message = try ReplacedMessage.parse(&cursor, &context, isUID: isUID)
      return .replace(message, try mailbox(&cursor, &context), try AppendMessage.parse(&cursor, &context))
    default:
      guard !isUID else { return try unknown(&cursor, &context, from: start) }
      return try mailboxes(word, &cursor, &context, from: start)
    }
  }

  @_lifetime(cursor: copy cursor)
  private static func sort(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, isUID: Bool
  ) throws(SyntaxError) -> IMAPCommand {
    try cursor.requireSpace(&context)
    let returning = try SearchReturn.parseBeforeKeys(&cursor, &context)
    let criteria = try SortCriterion.parseList(&cursor, &context)
    try cursor.requireSpace(&context)
    let charset = try IMAPString.parse(&cursor, &context)
    try cursor.requireSpace(&context)
    let keys = try SearchKey.parseKeys(&cursor, &context)
    return .sort(
      SortRequest(OneOrMore(unchecked: criteria), charset: charset, keys, returning: returning), isUID: isUID)
  }

  @_lifetime(cursor: copy cursor)
  private static func thread(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, isUID: Bool
  ) throws(SyntaxError) -> IMAPCommand {
    try cursor.requireSpace(&context)
    let algorithm = try IMAPAtom.parse(&cursor)
    try cursor.requireSpace(&context)
    let charset = try IMAPString.parse(&cursor, &context)
    try cursor.requireSpace(&context)
    return .thread(
      ThreadRequest(algorithm, charset: charset, try SearchKey.parseKeys(&cursor, &context)), isUID: isUID)
  }

  @inline(__always)
  @_lifetime(cursor: copy cursor)
  static func mailbox(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> MailboxName {
    try cursor.requireSpace(&context)
    return try MailboxName.parse(&cursor, &context)
  }

  @_lifetime(cursor: copy cursor)
  static func string(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> IMAPString {
    try cursor.requireSpace(&context)
    return try IMAPString.parse(&cursor, &context)
  }
}
