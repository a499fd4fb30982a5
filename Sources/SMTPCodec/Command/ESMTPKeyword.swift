@_spi(MailCodec) public import MailWire

/// The keyword of a parameter of `MAIL` or `RCPT`.
///
/// [RFC 5321 §4.1.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2): `esmtp-keyword`, a letter or digit followed by
/// letters, digits and hyphens. Any keyword can be expressed; the known ones have names here.
///
///     C: MAIL FROM:<susan@website.test> SIZE=1042
public struct ESMTPKeyword: ASCIIToken {
  /// The octets of the keyword.
  public let bytes: [UInt8]

  /// The keyword of these octets.
  public init(validated octets: ValidatedToken) { bytes = octets.bytes }

  /// Letters, digits, and hyphens but for the first octet.
  public static func allows(_ byte: UInt8, at index: Int) -> Bool {
    byte.isASCIILetterOrDigit || (byte == 45 && index > 0)
  }

  /// 64 octets: no registered keyword has more than 20.
  public static var maximumLength: Int { 64 }

  /// `SIZE`, the message's octets, [RFC 1870](https://www.rfc-editor.org/rfc/rfc1870).
  public static let size = ESMTPKeyword(validated: ValidatedToken([83, 73, 90, 69]))
  /// `BODY`, the message's encoding, [RFC 6152](https://www.rfc-editor.org/rfc/rfc6152).
  public static let body = ESMTPKeyword(validated: ValidatedToken([66, 79, 68, 89]))
  /// `AUTH`, who submitted the message, [RFC 4954 §5](https://www.rfc-editor.org/rfc/rfc4954#section-5).
  public static let auth = ESMTPKeyword(validated: ValidatedToken([65, 85, 84, 72]))
}
