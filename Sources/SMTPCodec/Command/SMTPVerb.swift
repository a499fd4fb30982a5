@_spi(MailCodec) public import MailWire

/// The verb of a command that this library does not know.
public struct SMTPVerb: ASCIIToken {
  /// The octets of the verb.
  public let bytes: [UInt8]

  /// The verb of these octets.
  public init(validated octets: ValidatedToken) { bytes = octets.bytes }

  /// Letters, digits, hyphens and underscores, a letter first.
  public static func allows(_ byte: UInt8, at index: Int) -> Bool {
    byte.isASCIILetter || (index > 0 && (byte.isASCIIDigit || byte == 45 || byte == 95))
  }

  /// 64 octets; a longer one that was read keeps its octets all the same.
  public static var maximumLength: Int { 64 }
}
