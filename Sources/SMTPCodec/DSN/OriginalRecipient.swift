@_spi(MailCodec) public import MailWire

/// The address that the sender wrote, whatever aliases made of it since: the `ORCPT` parameter of `RCPT`.
///
/// [RFC 3461 §4.2](https://www.rfc-editor.org/rfc/rfc3461#section-4.2), and
/// [RFC 6533 §3](https://www.rfc-editor.org/rfc/rfc6533#section-3) for the type `utf-8`. The address need not be well-formed:
/// it is whatever the sender's software calls an address of that type.
///
///     C: RCPT TO:<robert@domain.test> ORCPT=rfc822;Robert+2BSmith@domain.test
///     C: RCPT TO:<robert@domain.test> ORCPT=utf-8;r\x{F6}bert@domain.test
public struct OriginalRecipient: Hashable, Sendable, CustomStringConvertible {
  /// The type of the address, an atom such as `rfc822`, as it was read.
  public let type: [UInt8]
  /// The address, decoded: printable ASCII, and other characters in UTF-8 for the type `utf-8`.
  public let address: [UInt8]
  /// The parameter's value in ASCII, in the spelling in which it was read, which a relay must not change.
  public let encoded: [UInt8]

  /// The most octets that a parameter's value may have.
  public static let maximumLength = 500

  /// Parses the parameter's value.
  ///
  /// - Throws: ``SyntaxError`` with the code `badParameter` for a malformed type, for malformed xtext and for octets that are
  ///   not printable once decoded; `tooLong` (500 octets).
  public init(parameter value: Span<UInt8>) throws(SyntaxError) {
    guard value.count <= Self.maximumLength else { throw SyntaxError(.tooLong, at: Self.maximumLength) }
    guard let semicolon = value.firstIndex(of: 59), semicolon > 0, semicolon < value.count - 1 else {
      throw SyntaxError(.badParameter, at: 0)
    }
    for index in 0..<semicolon where !AddressGrammar.atext.contains(value[index]) {
      throw SyntaxError(.badParameter, at: index)
    }
    let text = value.extracting(droppingFirst: semicolon + 1)
    type = value.extracting(first: semicolon).copied()
    if Self.isUTF8(type) {
      address = try UnicodeText.decode(text, at: semicolon + 1)
      encoded = type + [59] + UnicodeText.escaped(text)
      guard encoded.count <= Self.maximumLength else { throw SyntaxError(.tooLong, at: Self.maximumLength) }
    } else {
      do throws(SyntaxError) {
        address = try XText.decode(text)
      } catch { throw SyntaxError(error.code, at: error.offset + semicolon + 1) }
      for byte in address where !byte.isASCIIPrintable { throw SyntaxError(.badParameter, at: semicolon + 1) }
      encoded = value.copied()
    }
  }

  /// The original recipient of this address.
  ///
  /// - Throws: ``SyntaxError`` with the code `badParameter` for an empty address and for what is neither printable ASCII nor,
  ///   with the type `utf-8`, UTF-8; `tooLong` (500 octets once encoded).
  public init(type: String = "rfc822", address: Span<UInt8>) throws(SyntaxError) {
    let type = [UInt8](type.utf8)
    let text = Self.isUTF8(type) ? UnicodeText.encode(address) : XText.encode(address)
    let value = type + [59] + text
    try self.init(parameter: value.span)
  }

  /// The original recipient with the address of a mailbox, as a client writes it that submits a message.
  ///
  /// - Throws: ``SyntaxError`` with the code `tooLong` (500 octets once encoded), which only a local part over 64 octets can
  ///   cause.
  public init(_ mailbox: Mailbox) throws(SyntaxError) { try self.init(address: mailbox.bytes.span) }

  /// Whether the type is `utf-8`.
  public var isInternationalised: Bool { Self.isUTF8(type) }

  private static func isUTF8(_ type: [UInt8]) -> Bool {
    let name: [UInt8] = [117, 116, 102, 45, 56]
    return type.span.hasSameLetters(as: name.span)
  }

  /// Equal types, case ignored, and equal addresses, decoded.
  public static func == (left: OriginalRecipient, right: OriginalRecipient) -> Bool {
    left.type.span.hasSameLetters(as: right.type.span) && left.address == right.address
  }

  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) {
    for byte in type { hasher.combine(byte.asciiLowercased) }
    hasher.combine(address)
  }

  /// Type, semicolon and decoded address, as a report has them.
  public var description: String { String(decoding: type + [59] + address, as: UTF8.self) }
}
