@_spi(MailCodec) public import MailWire

/// The part of a mailbox before the `@`, whose meaning only its own host knows.
///
/// [RFC 5321 §4.1.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2). The spelling is kept, quotes included; two local
/// parts are equal when they are the same octets without their quoting, so `"a.b"` equals `a.b` and not `A.b`.
public struct LocalPart: Hashable, Sendable, CustomStringConvertible {
  /// The octets as they were read or given, quotes and backslashes included.
  public let bytes: [UInt8]

  /// Parses a dot-string or a quoted string.
  ///
  /// - Throws: ``SyntaxError`` with the code `badLocalPart`, `tooLong` (64 octets) or `trailingBytes`.
  public init(_ span: Span<UInt8>, quirks: SMTPQuirks = .none) throws(SyntaxError) {
    var cursor = ByteCursor(span)
    var used = SMTPQuirks.none
    try AddressGrammar.skipLocalPart(&cursor, quirks, &used)
    guard cursor.isAtEnd else { throw cursor.error(.trailingBytes) }
    bytes = span.copied()
  }

  /// The local part that means these octets, quoted where it must be.
  ///
  /// - Throws: ``SyntaxError`` with the code `badLocalPart` for a control character or an octet above 126, `tooLong`.
  public init(unquoted value: Span<UInt8>) throws(SyntaxError) {
    if let plain = try? LocalPart(value), value.count > 0, value[0] != 34 {
      self = plain
      return
    }
    var quoted: [UInt8] = [34]
    for index in value.indices {
      guard value[index].isASCIIPrintable else { throw SyntaxError(.badLocalPart, at: index) }
      if value[index] == 34 || value[index] == 92 { quoted.append(92) }
      quoted.append(value[index])
    }
    quoted.append(34)
    try self.init(quoted.span)
  }

  package init(unchecked bytes: [UInt8]) { self.bytes = bytes }

  /// Whether it is written in quotes.
  public var isQuoted: Bool { bytes.first == 34 }

  /// The octets that it means: without quotes and backslashes.
  public var unquoted: [UInt8] {
    guard isQuoted else { return bytes }
    var value: [UInt8] = []
    value.reserveCapacity(bytes.count - 2)
    var index = 1
    while index < bytes.count - 1 {
      if bytes[index] == 92 { index += 1 }
      value.append(bytes[index])
      index += 1
    }
    return value
  }

  /// Equal octets, quoting removed; the case of letters matters.
  public static func == (left: LocalPart, right: LocalPart) -> Bool { left.unquoted == right.unquoted }

  /// Hashes the octets without quoting.
  public func hash(into hasher: inout Hasher) { hasher.combine(unquoted) }

  /// The local part as it is written.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
