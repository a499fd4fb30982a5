@_spi(MailCodec) import MailWire

/// What octets a message has, as the `BODY` parameter declares them.
///
/// [RFC 6152](https://www.rfc-editor.org/rfc/rfc6152), [RFC 3030](https://www.rfc-editor.org/rfc/rfc3030).
///
///     C: MAIL FROM:<susan@website.test> BODY=8BITMIME
@frozen
public enum BodyType: Hashable, Sendable {
  /// `7BIT`: ASCII in lines.
  case sevenBit
  /// `8BITMIME`: any octets in lines.
  case eightBitMIME
  /// `BINARYMIME`: any octets, which only `BDAT` can carry.
  case binaryMIME

  /// The type of a parameter's value; nil for an unknown one.
  public init?(_ value: Span<UInt8>) {
    let sevenBit: [UInt8] = [55, 66, 73, 84]
    let eightBit: [UInt8] = [56, 66, 73, 84, 77, 73, 77, 69]
    let binary: [UInt8] = [66, 73, 78, 65, 82, 89, 77, 73, 77, 69]
    if value.hasSameLetters(as: sevenBit.span) {
      self = .sevenBit
    } else if value.hasSameLetters(as: eightBit.span) {
      self = .eightBitMIME
    } else if value.hasSameLetters(as: binary.span) {
      self = .binaryMIME
    } else {
      return nil
    }
  }

  /// The value that the parameter has for it.
  var value: StaticString {
    switch self {
    case .sevenBit: "7BIT"
    case .eightBitMIME: "8BITMIME"
    case .binaryMIME: "BINARYMIME"
    }
  }
}
