@_spi(MailCodec) import MailWire

extension AppendMessage {
  /// What the literal at its end belongs to; nil when it has none, being made of URLs.
  public var position: AppendContinuation.Position? {
    switch source {
    case .literal: .literal
    case .utf8: .utf8
    case .catenate: .catenate
    case .catenateURLs: nil
    }
  }

  /// Parses `SP [flag-list SP] [date-time SP] append-data`, up to the header of the first literal.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> AppendMessage {
    try cursor.requireSpace(&context)
    var flags: FlagSet?
    var date: IMAPDateTime?
    if cursor.next == .openParenthesis {
      flags = try FlagSet.parse(&cursor, &context)
      try cursor.requireSpace(&context)
    }
    if cursor.next == .quote {
      date = try IMAPDateTime.parse(&cursor, &context)
      try cursor.requireSpace(&context)
    }
    return AppendMessage(try source(&cursor, &context), flags: flags, date: date)
  }

  @_lifetime(cursor: copy cursor)
  private static func source(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> Source {
    if cursor.next == .openBrace || cursor.next == .tilde { return .literal(try content(&cursor, &context)) }
    let start = cursor.offset
    if cursor.skipKeyword("utf"), cursor.skip(56) {
      try cursor.requireSpace(&context)
      try cursor.expect(.openParenthesis)
      return .utf8(try content(&cursor, &context))
    }
    cursor.offset = start
    guard cursor.skipKeyword("catenate") else {
      throw cursor.isAtEnd ? cursor.unexpected : SyntaxError(.badToken, at: start)
    }
    try cursor.requireSpace(&context)
    try cursor.expect(.openParenthesis)
    let parts = try parseParts(&cursor, &context, isFirst: true)
    if let content = parts.content { return .catenate(urls: parts.urls, content) }
    return .catenateURLs(OneOrMore(unchecked: parts.urls))
  }

  @_lifetime(cursor: copy cursor)
  private static func content(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> Content
  {
    let header = try cursor.takeLiteralHeader(&context)
    return Content(size: header.size, isBinary: header.isBinary)
  }

  /// Parses `URL` parts up to a `TEXT` part or the closing parenthesis.
  @_lifetime(cursor: copy cursor)
  static func parseParts(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, isFirst: Bool
  ) throws(SyntaxError) -> (urls: [IMAPString], content: Content?) {
    var urls: [IMAPString] = []
    var isFirst = isFirst
    while isFirst || !cursor.skip(.closeParenthesis) {
      if !isFirst { try cursor.requireSpace(&context) }
      isFirst = false
      guard urls.count < context.limits.elements else { throw cursor.error(.tooMany) }
      let start = cursor.offset
      if cursor.skipKeyword("text") {
        try cursor.requireSpace(&context)
        return (urls, try content(&cursor, &context))
      }
      guard cursor.skipKeyword("url") else {
        throw cursor.isAtEnd ? cursor.unexpected : SyntaxError(.badToken, at: start)
      }
      try cursor.requireSpace(&context)
      urls.append(try IMAPString.parse(&cursor, &context))
    }
    return (urls, nil)
  }

  func write(to writer: inout IMAPWriter) {
    writer.append(.space)
    if let flags {
      flags.write(to: &writer)
      writer.append(.space)
    }
    if let date {
      date.write(to: &writer)
      writer.append(.space)
    }
    switch source {
    case .literal(let content): writer.writeHeader(size: content.size, isBinary: content.isBinary)
    case .utf8(let content):
      writer.append("UTF8 (")
      writer.writeHeader(size: content.size, isBinary: content.isBinary)
    case .catenate(let urls, let content):
      writer.append("CATENATE (")
      for url in urls {
        writer.append("URL ")
        url.write(to: &writer)
        writer.append(.space)
      }
      writer.append("TEXT ")
      writer.writeHeader(size: content.size, isBinary: content.isBinary)
    case .catenateURLs(let urls):
      writer.append("CATENATE ")
      writer.writeList(urls.elements) { url, writer in
        writer.append("URL ")
        url.write(to: &writer)
      }
      writer.appendLineEnd()
    }
  }
}
