@_spi(MailCodec) public import MailWire

/// A URL as a response code holds it: visible octets without quotation marks and `]`.
///
/// [RFC 2221 §4.1](https://www.rfc-editor.org/rfc/rfc2221#section-4.1),
/// [RFC 2193 §4](https://www.rfc-editor.org/rfc/rfc2193#section-4),
/// [RFC 4469 §5](https://www.rfc-editor.org/rfc/rfc4469#section-5).
///
///     S: A1 NO [REFERRAL imap://user;AUTH=*@mail2.website.test/] Specified user is invalid on this server
public struct URLText: Hashable, Sendable, CustomStringConvertible {
  /// The octets.
  public let bytes: [UInt8]

  /// Validates octets.
  ///
  /// - Throws: ``SyntaxError`` with the code `unexpectedByte` at the first octet that cannot stand there, `empty` for none.
  public init(_ span: Span<UInt8>) throws(SyntaxError) {
    guard !span.isEmpty else { throw SyntaxError(.empty, at: 0) }
    for index in span.indices where !Self.allows(span[index]) { throw SyntaxError(.unexpectedByte, at: index) }
    bytes = span.copied()
  }

  /// Validates text.
  ///
  /// - Throws: ``SyntaxError``, as for octets.
  public init(_ text: String) throws(SyntaxError) {
    let bytes = [UInt8](text.utf8)
    try self.init(bytes.span)
  }

  static func allows(_ byte: UInt8) -> Bool {
    byte > 32 && byte != 127 && byte != .quote && byte != .closeBracket
  }

  /// The URL as text.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
