@_spi(MailCodec) public import MailWire

/// A domain name in the form that goes over the wire.
///
/// [RFC 5321 §4.1.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2): labels of letters, digits and hyphens, up to 63
/// octets each and 255 in all. Two domains are equal whatever the case of their letters.
///
///     C: EHLO mail.website.test
public struct Domain: Hashable, Sendable, CustomStringConvertible {
  /// The octets as they were read or given.
  public let bytes: [UInt8]

  /// Parses a domain.
  ///
  /// - Parameter quirks: deviations to accept; ``SMTPQuirks/underscoreInDomain`` matters here.
  /// - Throws: ``SyntaxError`` with the code `badDomain`, `tooLong` or `trailingBytes`.
  public init(_ span: Span<UInt8>, quirks: SMTPQuirks = .none) throws(SyntaxError) {
    var cursor = ByteCursor(span)
    var used = SMTPQuirks.none
    try AddressGrammar.skipDomain(&cursor, quirks, &used)
    guard cursor.isAtEnd else { throw cursor.error(.trailingBytes) }
    bytes = span.copied()
  }

  /// Parses a domain from text.
  ///
  /// - Throws: ``SyntaxError``, as for octets.
  public init(_ text: String) throws(SyntaxError) {
    let bytes = [UInt8](text.utf8)
    try self.init(bytes.span)
  }

  package init(unchecked bytes: [UInt8]) { self.bytes = bytes }

  /// Equal octets, where letters of either case are the same.
  public static func == (left: Domain, right: Domain) -> Bool {
    left.bytes.span.hasSameLetters(as: right.bytes.span)
  }

  /// Hashes the octets with letters folded to lower case.
  public func hash(into hasher: inout Hasher) {
    for byte in bytes { hasher.combine(byte.asciiLowercased) }
  }

  /// The domain as text.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
