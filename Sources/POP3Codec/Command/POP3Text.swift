@_spi(MailCodec) public import MailWire

/// A mailbox's name in `USER` and `APOP`, or the argument of an unknown command: octets without control characters.
///
/// [RFC 1939 §7](https://www.rfc-editor.org/rfc/rfc1939#section-7): significant to the server only. Spaces belong to it;
/// octets above ASCII are UTF-8 by [RFC 6856 §2.2](https://www.rfc-editor.org/rfc/rfc6856#section-2.2).
///
///     C: USER susan@website.test
public struct POP3Text: Hashable, Sendable, CustomStringConvertible {
  /// The octets.
  public let bytes: [UInt8]

  /// Validates octets.
  ///
  /// - Throws: ``SyntaxError`` with the code `unexpectedByte` at a control character, `empty` for none.
  public init(_ span: Span<UInt8>) throws(SyntaxError) {
    guard !span.isEmpty else { throw SyntaxError(.empty, at: 0) }
    try POP3Grammar.checkText(span)
    bytes = span.copied()
  }

  /// Validates text.
  ///
  /// - Throws: ``SyntaxError``, as for octets.
  public init(_ text: String) throws(SyntaxError) {
    let bytes = [UInt8](text.utf8)
    try self.init(bytes.span)
  }

  package init(unchecked bytes: [UInt8]) { self.bytes = bytes }

  /// The text.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
