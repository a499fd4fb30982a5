@_spi(MailCodec) import MailWire

/// An annotation of a mailbox or of the server, and its value.
///
/// [RFC 5464 §4.3](https://www.rfc-editor.org/rfc/rfc5464#section-4.3).
///
///     C: A1 SETMETADATA INBOX (/private/comment "My comment" /shared/comment NIL)
public struct MetadataEntry: Hashable, Sendable {
  /// The entry's name, such as `/private/comment`.
  public let name: IMAPString
  /// The value; nil removes the entry.
  public let value: [UInt8]?

  /// An entry.
  public init(_ name: IMAPString, _ value: [UInt8]?) {
    self.name = name
    self.value = value
  }

  /// Parses `"(" entry-value *(SP entry-value) ")"`.
  @_lifetime(cursor: copy cursor)
  static func parseList(
    _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> [MetadataEntry] {
    try cursor.require(.openParenthesis)
    var entries: [MetadataEntry] = []
    repeat {
      guard entries.count < context.limits.elements else { throw cursor.error(.tooMany) }
      let name = try IMAPString.parse(&cursor, &context)
      try cursor.requireSpace(&context)
      entries.append(MetadataEntry(name, try value(&cursor, &context)))
    } while cursor.skip(.space)
    try cursor.require(.closeParenthesis)
    return entries
  }

  @_lifetime(cursor: copy cursor)
  private static func value(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> [UInt8]? {
    if cursor.skipKeyword("nil") { return nil }
    if cursor.next == .tilde { return try cursor.takeBinary(&context) }
    return try cursor.takeString(&context).copied()
  }

  func write(to writer: inout IMAPWriter) {
    name.write(to: &writer)
    writer.output.append(.space)
    guard let value else { return writer.output.append("NIL") }
    if value.span.firstIndex(of: 0) == nil { return writer.writeString(value.span) }
    writer.writeHeader(size: UInt64(value.count), isBinary: true)
    writer.output.append(value)
  }
}
