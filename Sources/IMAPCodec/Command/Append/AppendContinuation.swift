@_spi(MailCodec) public import MailWire

/// What follows a streamed literal of `APPEND` or `REPLACE`: another part, another message, or the end.
///
/// [RFC 3502](https://www.rfc-editor.org/rfc/rfc3502), [RFC 4469](https://www.rfc-editor.org/rfc/rfc4469).
///
///     C: A1 APPEND Drafts CATENATE (TEXT {42}
///     C: … URL "/INBOX;UIDVALIDITY=785799047/;UID=113330/;section=1.5" TEXT {44}
///     C: …)
public struct AppendContinuation: Hashable, Sendable {
  /// What the literal before it belongs to.
  @frozen
  public enum Position: Hashable, Sendable {
    /// A message of one literal.
    case literal
    /// A message in `UTF8 (…)`, whose parenthesis is open.
    case utf8
    /// A part of `CATENATE (…)`, whose parenthesis is open.
    case catenate
  }

  /// What comes next.
  public enum Next: Hashable, Sendable {
    /// `TEXT`: one more part of the same message; only in `CATENATE`.
    case text(AppendMessage.Content)
    /// One more message, [RFC 3502](https://www.rfc-editor.org/rfc/rfc3502).
    case message(AppendMessage)
    /// Nothing: the command is complete.
    case end
  }

  /// What the literal before it belongs to.
  public let position: Position
  /// Parts by URL that stand before what comes next; only in `CATENATE`.
  public let urls: [IMAPString]
  /// What comes next.
  public let next: Next

  /// A continuation.
  ///
  /// - Throws: ``SyntaxError`` with the code `badParameter` for parts where the position allows none.
  public init(_ next: Next, urls: [IMAPString] = [], at position: Position) throws(SyntaxError) {
    if position != .catenate {
      if case .text = next { throw SyntaxError(.badParameter, at: 0) }
      guard urls.isEmpty else { throw SyntaxError(.badParameter, at: 0) }
    }
    self.position = position
    self.next = next
    self.urls = urls
  }

  /// Parses the text behind a streamed literal: to the end of the command, its line ending not included, or to the next
  /// literal, its header and line ending included.
  ///
  /// - Throws: ``SyntaxError``; its offset counts from the literal's end. `unexpectedEnd` at the end of the text, which ended
  ///   in a literal, means that the literal is no content: ``IMAPFramer/keepLiteral()``.
  public init(
    parsing text: Span<UInt8>, at position: Position, quirks: IMAPQuirks = .none, limits: IMAPLimits = IMAPLimits()
  ) throws(SyntaxError) {
    self.position = position
    var cursor = ByteCursor(text)
    var context = ParseContext(quirks: quirks, limits: limits)
    var parts: (urls: [IMAPString], content: AppendMessage.Content?) = ([], nil)
    switch position {
    case .literal: break
    case .utf8: try cursor.expect(.closeParenthesis)
    case .catenate: parts = try AppendMessage.parseParts(&cursor, &context, isFirst: false)
    }
    urls = parts.urls
    if let content = parts.content {
      next = .text(content)
    } else if cursor.remaining > 1, cursor.next == .space {
      next = .message(try AppendMessage.parse(&cursor, &context))
    } else {
      next = .end
    }
    try cursor.requireEnd(&context)
  }

  /// What the literal that ends this text belongs to; nil when there is none.
  public var nextPosition: Position? {
    switch next {
    case .text: .catenate
    case .message(let message): message.position
    case .end: nil
    }
  }

  /// Writes the continuation; at the end of the command, its CRLF too.
  func write(to writer: inout IMAPWriter) {
    switch position {
    case .literal: break
    case .utf8: writer.append(.closeParenthesis)
    case .catenate:
      for url in urls {
        writer.append(" URL ")
        url.write(to: &writer)
      }
    }
    switch next {
    case .text(let content):
      writer.append(" TEXT ")
      writer.writeHeader(size: content.size, isBinary: content.isBinary)
    case .message(let message):
      if position == .catenate { writer.append(.closeParenthesis) }
      message.write(to: &writer)
    case .end:
      if position == .catenate { writer.append(.closeParenthesis) }
      writer.appendLineEnd()
    }
  }

  /// The continuation as octets, with the places where a continuation request must be awaited.
  public func encoded(for encoding: IMAPEncoding) -> EncodedCommand {
    var writer = IMAPWriter(encoding)
    write(to: &writer)
    return EncodedCommand(writer)
  }
}
