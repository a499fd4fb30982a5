@_spi(MailCodec) public import MailWire

/// What a client calls itself in `HELO` and `EHLO`.
///
/// [RFC 5321 §4.1.1.1](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.1). A claim of the peer, and no more: quote it
/// before it enters a header.
///
///     C: EHLO laptop.website.test
///     C: EHLO [192.0.2.7]
public struct HelloName: Hashable, Sendable, CustomStringConvertible {
  /// The octets as they were read or given: visible ASCII without spaces.
  public let bytes: [UInt8]

  /// Parses a name.
  ///
  /// - Parameter quirks: with ``SMTPQuirks/irregularHelloName``, any visible ASCII of up to 255 octets is a name.
  /// - Throws: ``SyntaxError`` with the code `badDomain`, `tooLong`, `empty` or `trailingBytes`.
  public init(_ span: Span<UInt8>, quirks: SMTPQuirks = .none) throws(SyntaxError) {
    var used = SMTPQuirks.none
    try HelloName.check(span, quirks, &used)
    bytes = span.copied()
  }

  /// Parses a name from text.
  ///
  /// - Throws: ``SyntaxError``, as for octets.
  public init(_ text: String) throws(SyntaxError) {
    let bytes = [UInt8](text.utf8)
    try self.init(bytes.span)
  }

  package init(unchecked bytes: [UInt8]) { self.bytes = bytes }

  /// The name as a host; nil when it is none.
  public var host: MailHost? { try? MailHost(bytes.span) }

  /// The name as text.
  public var description: String { String(decoding: bytes, as: UTF8.self) }

  static func check(_ span: Span<UInt8>, _ quirks: SMTPQuirks, _ used: inout SMTPQuirks) throws(SyntaxError) {
    guard !span.isEmpty else { throw SyntaxError(.empty, at: 0) }
    var cursor = ByteCursor(span)
    do throws(SyntaxError) {
      try AddressGrammar.skipHost(&cursor, quirks, &used)
      guard cursor.isAtEnd else { throw cursor.error(.trailingBytes) }
    } catch {
      guard quirks.contains(.irregularHelloName) else { throw error }
      guard span.count <= AddressGrammar.maximumDomain else {
        throw SyntaxError(.tooLong, at: AddressGrammar.maximumDomain)
      }
      for index in span.indices where !span[index].isASCIIGraphic { throw SyntaxError(.badDomain, at: index) }
      used.insert(.irregularHelloName)
    }
  }
}
