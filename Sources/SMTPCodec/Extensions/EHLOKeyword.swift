@_spi(MailCodec) public import MailWire

/// The keyword of a service extension in the reply to `EHLO`.
///
/// [RFC 5321 §4.1.1.1](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.1): `ehlo-keyword`. Any keyword can be
/// expressed; the known ones have names here.
public struct EHLOKeyword: ASCIIToken {
  /// The octets of the keyword.
  public let bytes: [UInt8]

  /// The keyword of these octets.
  public init(validated octets: ValidatedToken) { bytes = octets.bytes }

  private init(_ text: StaticString) {
    var output = OutboundBuffer()
    output.append(text)
    bytes = output.bytes.copied()
  }

  /// Letters, digits, and hyphens but for the first octet.
  public static func allows(_ byte: UInt8, at index: Int) -> Bool {
    byte.isASCIILetterOrDigit || (byte == 45 && index > 0)
  }

  /// 64 octets: no registered keyword has more than 20.
  public static var maximumLength: Int { 64 }

  /// `PIPELINING`, [RFC 2920](https://www.rfc-editor.org/rfc/rfc2920).
  public static let pipelining = EHLOKeyword("PIPELINING" as StaticString)
  /// `SIZE`, [RFC 1870](https://www.rfc-editor.org/rfc/rfc1870).
  public static let size = EHLOKeyword("SIZE" as StaticString)
  /// `8BITMIME`, [RFC 6152](https://www.rfc-editor.org/rfc/rfc6152).
  public static let eightBitMIME = EHLOKeyword("8BITMIME" as StaticString)
  /// `ENHANCEDSTATUSCODES`, [RFC 2034](https://www.rfc-editor.org/rfc/rfc2034).
  public static let enhancedStatusCodes = EHLOKeyword("ENHANCEDSTATUSCODES" as StaticString)
  /// `STARTTLS`, [RFC 3207](https://www.rfc-editor.org/rfc/rfc3207).
  public static let startTLS = EHLOKeyword("STARTTLS" as StaticString)
  /// `AUTH`, [RFC 4954](https://www.rfc-editor.org/rfc/rfc4954).
  public static let auth = EHLOKeyword("AUTH" as StaticString)
  /// `HELP`, [RFC 5321 §4.1.1.8](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.8).
  public static let help = EHLOKeyword("HELP" as StaticString)
}
