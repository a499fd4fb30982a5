@_spi(MailCodec) public import MailWire

/// What of a message `BODY[…]` names: a part, and its header, text or MIME header.
///
/// [RFC 9051 §6.4.5.1](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5.1): `section`.
///
///     C: A1 FETCH 1 (BODY[1.2.MIME] BODY[HEADER.FIELDS.NOT (Received)]<0.100>)
public struct SectionSpecifier: Hashable, Sendable, CustomStringConvertible {
  /// What of the part is meant.
  @frozen
  public enum Content: Hashable, Sendable {
    /// All of it.
    case all
    /// `HEADER`: the header of the message.
    case header
    /// `HEADER.FIELDS`: these fields of it.
    case headerFields(HeaderFieldNames)
    /// `HEADER.FIELDS.NOT`: the other fields of it.
    case headerFieldsExcept(HeaderFieldNames)
    /// `TEXT`: the message without its header.
    case text
    /// `MIME`: the part's own header. Only a part with a number has one.
    case mimeHeader
  }

  /// The part; empty for the message itself.
  public let path: SectionPath
  /// What of it is meant.
  public let content: Content

  /// The whole message, `BODY[]`.
  public static let message = SectionSpecifier(unchecked: SectionPath(), .all)

  /// Something of the message itself, or of a part.
  ///
  /// - Throws: ``SyntaxError`` with the code `badParameter` for the MIME header of the message itself.
  public init(_ path: SectionPath = SectionPath(), _ content: Content) throws(SyntaxError) {
    if path.isEmpty, case .mimeHeader = content { throw SyntaxError(.badParameter, at: 0) }
    self.init(unchecked: path, content)
  }

  init(unchecked path: SectionPath, _ content: Content) {
    self.path = path
    self.content = content
  }

  /// Parses `"[" [section-spec] "]"`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> SectionSpecifier {
    guard cursor.skip(.openBracket) else { throw cursor.unexpected }
    if cursor.skip(.closeBracket) { return .message }
    let path = try SectionPath.parse(&cursor, &context)
    if !path.isEmpty {
      if cursor.skip(.closeBracket) { return SectionSpecifier(unchecked: path, .all) }
      guard cursor.skip(.dot) else { throw cursor.unexpected }
    }
    let content = try content(&cursor, &context, isPart: !path.isEmpty)
    guard cursor.skip(.closeBracket) else { throw cursor.unexpected }
    return SectionSpecifier(unchecked: path, content)
  }

  /// `section-text`: the word behind the part's number, or alone.
  @_lifetime(cursor: copy cursor)
  private static func content(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, isPart: Bool
  ) throws(SyntaxError) -> Content {
    let start = cursor.offset
    switch cursor.takeWord() {
    case (packed("text"), 4): return .text
    case (packed("mime"), 4) where isPart: return .mimeHeader
    case (packed("header"), 6):
      guard cursor.skip(.dot) else { return .header }
      guard cursor.takeWord() == (packed("fields"), 6) else { throw SyntaxError(.badToken, at: start) }
      let isExcept = cursor.skip(.dot)
      guard !isExcept || cursor.takeWord() == (packed("not"), 3) else { throw SyntaxError(.badToken, at: start) }
      guard cursor.skip(.space) else { throw cursor.unexpected }
      let names = try HeaderFieldNames.parse(&cursor, &context)
      return isExcept ? .headerFieldsExcept(names) : .headerFields(names)
    default: throw SyntaxError(cursor.isAtEnd ? .unexpectedEnd : .badToken, at: start)
    }
  }

  func write(to writer: inout IMAPWriter) {
    writer.append(.openBracket)
    path.write(to: &writer)
    if !path.isEmpty, content != .all { writer.append(.dot) }
    switch content {
    case .all: break
    case .header: writer.append("HEADER")
    case .headerFields(let names):
      writer.append("HEADER.FIELDS ")
      names.write(to: &writer)
    case .headerFieldsExcept(let names):
      writer.append("HEADER.FIELDS.NOT ")
      names.write(to: &writer)
    case .text: writer.append("TEXT")
    case .mimeHeader: writer.append("MIME")
    }
    writer.append(.closeBracket)
  }

  /// The specifier as it is written, brackets included.
  public var description: String { IMAPWriter.text { write(to: &$0) } }
}
