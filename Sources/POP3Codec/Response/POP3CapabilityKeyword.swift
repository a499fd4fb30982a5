@_spi(MailCodec) public import MailWire

/// The keyword of a capability.
///
/// [RFC 2449 §3](https://www.rfc-editor.org/rfc/rfc2449#section-3): visible ASCII without a dot. Any keyword can be
/// expressed; the known ones have names here.
///
///     S: IMPLEMENTATION Shlemazle-Plotz-v302
public struct POP3CapabilityKeyword: ASCIIToken {
  /// The octets of the keyword.
  public let bytes: [UInt8]

  /// The keyword of these octets.
  public init(validated octets: ValidatedToken) { bytes = octets.bytes }

  /// Visible ASCII but for the dot.
  public static func allows(_ byte: UInt8, at index: Int) -> Bool { byte.isASCIIGraphic && byte != .dot }

  /// 128 octets.
  public static var maximumLength: Int { 128 }

  /// `TOP`: the command is there, [RFC 2449 §6.1](https://www.rfc-editor.org/rfc/rfc2449#section-6.1).
  public static let top = POP3CapabilityKeyword(literal: "TOP")
  /// `USER`: login by `USER` and `PASS`, [RFC 2449 §6.2](https://www.rfc-editor.org/rfc/rfc2449#section-6.2).
  public static let user = POP3CapabilityKeyword(literal: "USER")
  /// `SASL`: the mechanisms of `AUTH`, [RFC 2449 §6.3](https://www.rfc-editor.org/rfc/rfc2449#section-6.3).
  public static let sasl = POP3CapabilityKeyword(literal: "SASL")
  /// `RESP-CODES`: extended codes, [RFC 2449 §6.4](https://www.rfc-editor.org/rfc/rfc2449#section-6.4).
  public static let responseCodes = POP3CapabilityKeyword(literal: "RESP-CODES")
  /// `LOGIN-DELAY`: seconds between logins, [RFC 2449 §6.5](https://www.rfc-editor.org/rfc/rfc2449#section-6.5).
  public static let loginDelay = POP3CapabilityKeyword(literal: "LOGIN-DELAY")
  /// `PIPELINING`: commands need not wait, [RFC 2449 §6.6](https://www.rfc-editor.org/rfc/rfc2449#section-6.6).
  public static let pipelining = POP3CapabilityKeyword(literal: "PIPELINING")
  /// `EXPIRE`: days that messages are kept, [RFC 2449 §6.7](https://www.rfc-editor.org/rfc/rfc2449#section-6.7).
  public static let expire = POP3CapabilityKeyword(literal: "EXPIRE")
  /// `UIDL`: the command is there, [RFC 2449 §6.8](https://www.rfc-editor.org/rfc/rfc2449#section-6.8).
  public static let uniqueIDs = POP3CapabilityKeyword(literal: "UIDL")
  /// `IMPLEMENTATION`: the server's name, [RFC 2449 §6.9](https://www.rfc-editor.org/rfc/rfc2449#section-6.9).
  public static let implementation = POP3CapabilityKeyword(literal: "IMPLEMENTATION")
  /// `AUTH-RESP-CODE`: the codes of logins, [RFC 3206 §6](https://www.rfc-editor.org/rfc/rfc3206#section-6).
  public static let authenticationResponseCodes = POP3CapabilityKeyword(literal: "AUTH-RESP-CODE")
  /// `STLS`: TLS can be started now, [RFC 2595 §4](https://www.rfc-editor.org/rfc/rfc2595#section-4).
  public static let startTLS = POP3CapabilityKeyword(literal: "STLS")
  /// `UTF8`: the UTF-8 mode, [RFC 6856 §2](https://www.rfc-editor.org/rfc/rfc6856#section-2).
  public static let utf8 = POP3CapabilityKeyword(literal: "UTF8")
  /// `LANG`: the languages of texts, [RFC 6856 §3](https://www.rfc-editor.org/rfc/rfc6856#section-3).
  public static let language = POP3CapabilityKeyword(literal: "LANG")

  private init(literal text: StaticString) {
    var output = OutboundBuffer()
    output.append(text)
    bytes = output.bytes.copied()
  }
}
