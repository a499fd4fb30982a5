@_spi(MailCodec) public import MailWire

/// The name that a message keeps for as long as it lies in its maildrop: 1 to 70 octets of visible ASCII, case matters.
///
/// [RFC 1939 §7](https://www.rfc-editor.org/rfc/rfc1939#section-7), `UIDL`.
///
///     S: 1 whqtswO00WBw418f9t5JxYwZ
public struct UniqueID: Hashable, Sendable, CustomStringConvertible {
  /// The octets.
  public let bytes: [UInt8]

  /// The longest unique-id in octets.
  public static let maximumLength = 70

  /// Validates octets.
  ///
  /// - Throws: ``SyntaxError`` with the code `badToken` at the first octet outside 0x21–0x7E, `tooLong`, or `empty`.
  public init(_ span: Span<UInt8>) throws(SyntaxError) {
    try Self.check(span)
    bytes = span.copied()
  }

  /// Validates text.
  ///
  /// - Throws: ``SyntaxError``, as for octets.
  public init(_ text: String) throws(SyntaxError) {
    let bytes = [UInt8](text.utf8)
    try self.init(bytes.span)
  }

  package init(unchecked bytes: [UInt8]) { self.bytes = bytes }

  /// The unique-id as text.
  public var description: String { String(decoding: bytes, as: UTF8.self) }

  static func check(_ span: Span<UInt8>) throws(SyntaxError) {
    guard !span.isEmpty else { throw SyntaxError(.empty, at: 0) }
    guard span.count <= maximumLength else { throw SyntaxError(.tooLong, at: maximumLength) }
    for index in span.indices where !span[index].isASCIIGraphic { throw SyntaxError(.badToken, at: index) }
  }
}
