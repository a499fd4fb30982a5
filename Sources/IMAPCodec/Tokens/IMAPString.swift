@_spi(MailCodec) public import MailWire

/// A string of the protocol: any octets but NUL. The writer chooses atom, quoted string or literal.
///
/// [RFC 9051 §4.3](https://www.rfc-editor.org/rfc/rfc9051#section-4.3).
///
///     C: A1 SEARCH SUBJECT "miller report"
public struct IMAPString: Hashable, Sendable, CustomStringConvertible {
  /// The octets, without quotes and escapes.
  public let bytes: [UInt8]

  /// Validates octets.
  ///
  /// - Throws: ``SyntaxError`` with the code `unexpectedByte` for NUL.
  public init(_ span: Span<UInt8>) throws(SyntaxError) {
    if let index = span.firstIndex(of: 0) { throw SyntaxError(.unexpectedByte, at: index) }
    bytes = span.copied()
  }

  /// Validates text, which is held as UTF-8.
  ///
  /// - Throws: ``SyntaxError``, as for octets.
  public init(_ text: String) throws(SyntaxError) {
    let bytes = [UInt8](text.utf8)
    try self.init(bytes.span)
  }

  @inline(__always)
  init(unchecked bytes: [UInt8]) { self.bytes = bytes }

  /// `UTF-8`, as the name of a charset.
  public static let utf8 = IMAPString(unchecked: [85, 84, 70, 45, 56])

  /// Parses an `astring`.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> IMAPString {
    IMAPString(unchecked: try cursor.takeAString(&context).copied())
  }

  func write(to writer: inout IMAPWriter) { writer.writeAString(bytes.span) }

  /// The octets as UTF-8, with replacement characters where they are none.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
