@_spi(MailCodec) import MailWire

/// How a part's body is encoded for the transfer.
///
/// [RFC 2045 §6.1](https://www.rfc-editor.org/rfc/rfc2045#section-6.1)
///
///     Content-Transfer-Encoding: base64
@frozen
public enum TransferEncoding: Hashable, Sendable {
  /// `7bit`: ASCII in lines; the default.
  case sevenBit
  /// `8bit`: octets in lines.
  case eightBit
  /// `binary`: any octets.
  case binary
  /// `quoted-printable`
  case quotedPrintable
  /// `base64`
  case base64
  /// Another, which this library cannot decode.
  case unknown

  /// The encoding that the value of a field names; comments and case do not count, and nothing means 7bit.
  public init(_ value: Span<UInt8>) {
    var lexer = FieldLexer(value)
    _ = lexer.skipSpace()
    let word = lexer.takeWord()
    let name = word.span
    if word.isEmpty {
      self = lexer.isAtEnd ? .sevenBit : .unknown
    } else if name.isSame(as: "7bit") {
      self = .sevenBit
    } else if name.isSame(as: "8bit") {
      self = .eightBit
    } else if name.isSame(as: "binary") {
      self = .binary
    } else if name.isSame(as: "quoted-printable") {
      self = .quotedPrintable
    } else if name.isSame(as: "base64") {
      self = .base64
    } else {
      self = .unknown
    }
  }
}
