@_spi(MailCodec) public import MailWire

/// A capability that a server announces. Case does not count.
///
/// [RFC 9051 §7.2.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.2.2),
/// [IANA's registry](https://www.iana.org/assignments/imap4-capabilities).
///
///     S: * CAPABILITY IMAP4rev2 STARTTLS AUTH=GSSAPI
public struct IMAPCapability: ASCIIToken {
  /// The octets as they were read or given.
  public let bytes: [UInt8]

  /// The longest capability in octets.
  public static var maximumLength: Int { 255 }

  /// The capability of these octets, which are known to be valid.
  public init(validated octets: ValidatedToken) { bytes = octets.bytes }

  /// Whether the grammar allows `byte`: the characters of an atom.
  public static func allows(_ byte: UInt8, at index: Int) -> Bool { ASCIIClass.atom.contains(byte) }

  /// The part behind the first equals sign: `PLAIN` of `AUTH=PLAIN`; nil without one.
  public var value: [UInt8]? {
    guard let index = bytes.firstIndex(of: 61) else { return nil }
    return [UInt8](bytes[(index + 1)...])
  }
}
