@_spi(MailCodec) public import MailWire

/// A parameter of a body part's type or disposition: `"charset" "utf-8"`.
///
/// [RFC 9051 §7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2). The value is what the header field has, RFC 2231
/// encoding included.
public struct BodyParameter: Hashable, Sendable {
  /// The name; case does not count.
  public let name: [UInt8]
  /// The value, without quotes.
  public let value: [UInt8]

  /// A parameter.
  ///
  /// - Throws: ``SyntaxError`` with the code `unexpectedByte` for NUL, which no IMAP string may hold.
  public init(name: [UInt8], value: [UInt8]) throws(SyntaxError) {
    for part in [name, value] {
      if let zero = part.span.firstIndex(of: 0) { throw SyntaxError(.unexpectedByte, at: zero) }
    }
    self.init(checkedName: name, value: value)
  }

  init(checkedName name: [UInt8], value: [UInt8]) {
    self.name = name
    self.value = value
  }
}
