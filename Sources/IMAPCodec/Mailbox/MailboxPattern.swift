@_spi(MailCodec) public import MailWire

/// A pattern of `LIST`: `*` stands for anything, `%` for anything within one level of the hierarchy.
///
/// [RFC 9051 §6.3.9](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.9).
///
///     C: A1 LIST "" Archive/%
public struct MailboxPattern: Hashable, Sendable, CustomStringConvertible {
  /// The octets, without quotes and escapes.
  public let bytes: [UInt8]

  /// Validates octets.
  ///
  /// - Throws: ``SyntaxError`` with the code `unexpectedByte` for NUL.
  public init(_ span: Span<UInt8>) throws(SyntaxError) {
    if let index = span.firstIndex(of: 0) { throw SyntaxError(.unexpectedByte, at: index) }
    bytes = span.copied()
  }

  /// Validates text, whose UTF-8 is taken as it is.
  ///
  /// - Throws: ``SyntaxError``, as for octets.
  public init(_ text: String) throws(SyntaxError) {
    let bytes = [UInt8](text.utf8)
    try self.init(bytes.span)
  }

  init(unchecked bytes: [UInt8]) { self.bytes = bytes }

  /// Whether it has no wildcard, so that it names one mailbox.
  public var isPlain: Bool { !bytes.contains { $0 == .asterisk || $0 == 37 } }

  /// Whether the pattern matches the name. For many names, make one ``MailboxMatcher``.
  ///
  /// - Parameter delimiter: what separates levels; nil where the server has none, so that `%` matches as `*` does.
  public func matches(_ name: MailboxName, delimiter: UInt8?) -> Bool {
    MailboxMatcher(self, delimiter: delimiter).matches(name)
  }

  /// Parses `list-mailbox`: `1*list-char` or a string.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> MailboxPattern {
    let atom = cursor.take { ASCIIClass.list.contains($0) }
    if !atom.isEmpty, cursor.next != .openBrace { return MailboxPattern(unchecked: atom.copied()) }
    cursor.offset &-= atom.count
    return MailboxPattern(unchecked: try cursor.takeString(&context).copied())
  }

  func write(to writer: inout IMAPWriter) { writer.writePattern(bytes.span) }

  /// The pattern as text.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
