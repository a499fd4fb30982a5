@_spi(MailCodec) public import MailWire

/// A basic language range: the language that `LANG` asks for, or `*` for the server's choice.
///
/// [RFC 6856 §3.2](https://www.rfc-editor.org/rfc/rfc6856#section-3.2),
/// [RFC 4647 §2.1](https://www.rfc-editor.org/rfc/rfc4647#section-2.1).
///
///     C: LANG en-boont
public struct LanguageRange: ASCIIToken {
  /// The octets of the range.
  public let bytes: [UInt8]

  /// The range of these octets.
  public init(validated octets: ValidatedToken) { bytes = octets.bytes }

  /// Letters, digits, hyphen, asterisk.
  public static func allows(_ byte: UInt8, at index: Int) -> Bool {
    byte.isASCIILetterOrDigit || byte == 45 || byte == 42
  }

  /// 64 octets: registered tags have at most 35.
  public static var maximumLength: Int { 64 }
}
