@_spi(MailCodec) public import MailWire

extension POP3CommandView {
  /// Parses one line without its line ending.
  ///
  /// - Parameters:
  ///   - line: the octets before the CRLF.
  ///   - quirks: deviations to accept.
  ///   - used: the deviations that were needed are added here.
  /// - Throws: ``SyntaxError``; its offset counts from the start of the line. The code is `badNumber` for a message number
  ///   that is missing its digits, zero, signed or too large, `unexpectedEnd` for a missing argument, `trailingBytes` for
  ///   one too many. An unknown keyword is no error.
  @_lifetime(copy line)
  public static func parse(
    _ line: Span<UInt8>, quirks: POP3Quirks = .none, used: inout POP3Quirks
  ) throws(SyntaxError) -> POP3CommandView {
    var cursor = ByteCursor(line)
    guard let keyword = try POP3Keyword.take(&cursor) else { return try unknown(&cursor) }
    switch keyword {
    case .user: return .user(try text(&cursor))
    case .password: return .password(try text(&cursor))
    case .digest: return try digest(&cursor)
    case .authenticate: return try authenticate(&cursor, quirks, &used)
    case .language: return try language(&cursor, quirks, &used)
    case .list: return .list(try optionalNumber(&cursor, quirks, &used))
    case .uniqueIDs: return .uniqueIDs(try optionalNumber(&cursor, quirks, &used))
    case .retrieve: return .retrieve(try lastNumber(&cursor, quirks, &used))
    case .delete: return .delete(try lastNumber(&cursor, quirks, &used))
    case .top: return try top(&cursor, quirks, &used)
    case .capabilities, .startTLS, .utf8, .status, .noop, .reset, .last, .quit:
      try POP3Grammar.expectEnd(&cursor, quirks, &used)
      return bare(keyword)
    }
  }

  /// The command of a keyword without arguments.
  @_lifetime(immortal)
  private static func bare(_ keyword: POP3Keyword) -> POP3CommandView {
    switch keyword {
    case .capabilities: .capabilities
    case .startTLS: .startTLS
    case .utf8: .utf8
    case .status: .status
    case .reset: .reset
    case .last: .last
    case .quit: .quit
    case .user, .password, .digest, .authenticate, .language, .list, .uniqueIDs, .retrieve, .top, .delete, .noop: .noop
    }
  }

  /// All that follows one space.
  @_lifetime(copy cursor)
  @_lifetime(cursor: copy cursor)
  private static func text(_ cursor: inout ByteCursor) throws(SyntaxError) -> Span<UInt8> {
    guard cursor.skip(.space), !cursor.isAtEnd else { throw cursor.error(.unexpectedEnd) }
    let start = cursor.offset
    let text = cursor.takeRest()
    try POP3Grammar.checkText(text, from: start)
    return text
  }

  @_lifetime(copy cursor)
  @_lifetime(cursor: copy cursor)
  private static func digest(_ cursor: inout ByteCursor) throws(SyntaxError) -> POP3CommandView {
    let text = try text(&cursor)
    let start = cursor.offset - text.count
    var end = text.count - 1
    while end > 0, text[end] != .space { end -= 1 }
    guard end > 0 else { throw cursor.error(.unexpectedEnd) }
    let digest = text.extracting(droppingFirst: end + 1)
    guard APOPDigest.isWellFormed(digest) else { throw SyntaxError(.badCredentials, at: start + end + 1) }
    return .digest(name: text.extracting(first: end), digest: digest)
  }

  @_lifetime(copy cursor)
  @_lifetime(cursor: copy cursor)
  private static func authenticate(
    _ cursor: inout ByteCursor, _ quirks: POP3Quirks, _ used: inout POP3Quirks
  ) throws(SyntaxError) -> POP3CommandView {
    try POP3Grammar.skipSpace(&cursor, quirks, &used)
    let start = cursor.offset
    let mechanism = cursor.take { SASLMechanism.allows($0, at: 0) }
    guard !mechanism.isEmpty, mechanism.count <= SASLMechanism.maximumLength else {
      throw SyntaxError(.badToken, at: start)
    }
    guard cursor.remaining > 1, cursor.next == .space, cursor.bytes[cursor.offset + 1] != .space else {
      try POP3Grammar.expectEnd(&cursor, quirks, &used)
      return .authenticate(mechanism: mechanism, initialResponse: nil)
    }
    _ = cursor.skip(.space)
    let initialResponse = cursor.take { $0.isASCIIGraphic }
    try POP3Grammar.expectEnd(&cursor, quirks, &used)
    return .authenticate(mechanism: mechanism, initialResponse: initialResponse)
  }

  @_lifetime(copy cursor)
  @_lifetime(cursor: copy cursor)
  private static func language(
    _ cursor: inout ByteCursor, _ quirks: POP3Quirks, _ used: inout POP3Quirks
  ) throws(SyntaxError) -> POP3CommandView {
    guard cursor.remaining > 1 else {
      try POP3Grammar.expectEnd(&cursor, quirks, &used)
      return .language(nil)
    }
    try POP3Grammar.skipSpace(&cursor, quirks, &used)
    let start = cursor.offset
    let range = cursor.take { LanguageRange.allows($0, at: 0) }
    guard !range.isEmpty, range.count <= LanguageRange.maximumLength else { throw SyntaxError(.badToken, at: start) }
    try POP3Grammar.expectEnd(&cursor, quirks, &used)
    return .language(range)
  }

  @_lifetime(cursor: copy cursor)
  private static func optionalNumber(
    _ cursor: inout ByteCursor, _ quirks: POP3Quirks, _ used: inout POP3Quirks
  ) throws(SyntaxError) -> MessageNumber? {
    var rest = cursor
    _ = rest.skipAll(.space)
    guard !rest.isAtEnd else {
      try POP3Grammar.expectEnd(&cursor, quirks, &used)
      return nil
    }
    return try lastNumber(&cursor, quirks, &used)
  }

  @_lifetime(cursor: copy cursor)
  private static func lastNumber(
    _ cursor: inout ByteCursor, _ quirks: POP3Quirks, _ used: inout POP3Quirks
  ) throws(SyntaxError) -> MessageNumber {
    try POP3Grammar.skipSpace(&cursor, quirks, &used)
    let number = try POP3Grammar.messageNumber(&cursor, quirks, &used)
    try POP3Grammar.expectEnd(&cursor, quirks, &used)
    return number
  }

  @_lifetime(copy cursor)
  @_lifetime(cursor: copy cursor)
  private static func top(
    _ cursor: inout ByteCursor, _ quirks: POP3Quirks, _ used: inout POP3Quirks
  ) throws(SyntaxError) -> POP3CommandView {
    try POP3Grammar.skipSpace(&cursor, quirks, &used)
    let number = try POP3Grammar.messageNumber(&cursor, quirks, &used)
    try POP3Grammar.skipSpace(&cursor, quirks, &used)
    // More lines than any message has is a usual way to ask for all of them.
    let lines = try POP3Grammar.number(&cursor, quirks, &used)
    try POP3Grammar.expectEnd(&cursor, quirks, &used)
    return .top(number, lines: Int(clamping: lines))
  }

  @_lifetime(copy cursor)
  @_lifetime(cursor: copy cursor)
  private static func unknown(_ cursor: inout ByteCursor) throws(SyntaxError) -> POP3CommandView {
    let verb = cursor.bytes.extracting(first: cursor.offset)
    _ = cursor.skip(.space)
    let start = cursor.offset
    let argument = cursor.takeRest()
    try POP3Grammar.checkText(argument, from: start)
    return .unknown(verb: verb, argument: argument)
  }
}
