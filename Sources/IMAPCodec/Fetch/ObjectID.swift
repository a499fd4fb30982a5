@_spi(MailCodec) public import MailWire

/// An identifier that a server gives a message, a thread or a mailbox: up to 255 letters, digits, `-` and `_`. Case counts.
///
/// [RFC 8474 §7](https://www.rfc-editor.org/rfc/rfc8474#section-7)
///
///     S: * 1 FETCH (EMAILID (M6d99ac3275bb4e) THREADID (T64b478a75b7ea9))
public struct ObjectID: Hashable, Sendable, CustomStringConvertible {
  /// The octets.
  public let bytes: [UInt8]

  /// Validates octets.
  ///
  /// - Throws: ``SyntaxError`` with the code `badToken` at the first octet that the grammar refuses, `tooLong` beyond 255,
  ///   `empty` for none.
  public init(_ span: Span<UInt8>) throws(SyntaxError) {
    guard !span.isEmpty else { throw SyntaxError(.empty, at: 0) }
    guard span.count <= 255 else { throw SyntaxError(.tooLong, at: 255) }
    for index in span.indices where !Self.allows(span[index]) { throw SyntaxError(.badToken, at: index) }
    bytes = span.copied()
  }

  /// Validates text.
  ///
  /// - Throws: ``SyntaxError``, as for octets.
  public init(_ text: String) throws(SyntaxError) {
    let bytes = [UInt8](text.utf8)
    try self.init(bytes.span)
  }

  init(checked bytes: [UInt8]) { self.bytes = bytes }

  static func allows(_ byte: UInt8) -> Bool { byte.isASCIILetterOrDigit || byte == .hyphen || byte == 95 }

  /// The identifier as text.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
