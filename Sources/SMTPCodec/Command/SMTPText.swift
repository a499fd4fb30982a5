@_spi(MailCodec) public import MailWire

/// The free text of a command's argument: printable ASCII and spaces.
///
/// [RFC 5321 §4.1.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2): `String`.
public struct SMTPText: Hashable, Sendable, CustomStringConvertible {
  /// The octets of the text.
  public let bytes: [UInt8]

  /// No text.
  public init() { bytes = [] }

  /// Validates octets.
  ///
  /// - Throws: ``SyntaxError`` with the code `unexpectedByte` for anything that is not printable ASCII or a space.
  public init(_ span: Span<UInt8>) throws(SyntaxError) {
    for index in span.indices where !span[index].isASCIIPrintable { throw SyntaxError(.unexpectedByte, at: index) }
    bytes = span.copied()
  }

  /// Validates text.
  ///
  /// - Throws: ``SyntaxError``, as for octets.
  public init(_ text: String) throws(SyntaxError) {
    let bytes = [UInt8](text.utf8)
    try self.init(bytes.span)
  }

  init(unchecked bytes: [UInt8]) { self.bytes = bytes }

  /// The text.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}

extension SMTPText {
  /// The text of a literal in the source, which must be printable ASCII.
  package init(validated text: StaticString) {
    var output = OutboundBuffer()
    output.append(text)
    bytes = output.bytes.copied()
  }
}
