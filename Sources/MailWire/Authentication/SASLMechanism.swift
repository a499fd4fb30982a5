/// The name of a SASL mechanism, such as `PLAIN`.
///
/// [RFC 4422 §3.1](https://www.rfc-editor.org/rfc/rfc4422#section-3.1): 1 to 20 letters, digits, hyphens and underscores.
public struct SASLMechanism: ASCIIToken {
  /// The octets of the name.
  public let bytes: [UInt8]

  /// The mechanism of this name.
  public init(validated octets: ValidatedToken) { bytes = octets.bytes }

  /// The mechanism that a parser has read; the two that nearly every client uses cost no allocation.
  @_spi(MailCodec)
  public init(checked name: Span<UInt8>) {
    let plain = Self.plain
    let login = Self.login
    if name.hasSameBytes(as: plain.bytes.span) {
      self = plain
    } else if name.hasSameBytes(as: login.bytes.span) {
      self = login
    } else {
      bytes = name.copied()
    }
  }

  /// Letters, digits, hyphen, underscore.
  public static func allows(_ byte: UInt8, at index: Int) -> Bool {
    byte.isASCIILetterOrDigit || byte == 45 || byte == 95
  }

  /// 20 octets.
  public static var maximumLength: Int { 20 }

  /// `PLAIN`, [RFC 4616](https://www.rfc-editor.org/rfc/rfc4616): user and password in one message.
  public static let plain = SASLMechanism(validated: ValidatedToken([80, 76, 65, 73, 78]))
  /// `LOGIN`, the undocumented predecessor of PLAIN: user, then password.
  public static let login = SASLMechanism(validated: ValidatedToken([76, 79, 71, 73, 78]))
}
