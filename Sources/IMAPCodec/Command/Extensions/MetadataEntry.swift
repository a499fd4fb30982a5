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
    try cursor.expect(.openParenthesis)
    var entries: [MetadataEntry] = []
    repeat {
      guard entries.count < context.limits.elements else { throw cursor.error(.tooMany) }
      let name = try IMAPString.parse(&cursor, &context)
      try cursor.requireSpace(&context)
      entries.append(MetadataEntry(name, try value(&cursor, &context)))
    } while cursor.skip(.space)
    try cursor.expect(.closeParenthesis)
    return entries
  }

  @_lifetime(cursor: copy cursor)
  private static func value(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> [UInt8]? {
    if cursor.skipNil() { return nil }
    return try cursor.takeAnyString(&context).copied()
  }

  func write(to writer: inout IMAPWriter) {
    name.write(to: &writer)
    writer.append(.space)
    writer.writeNString(value?.span)
  }
}
