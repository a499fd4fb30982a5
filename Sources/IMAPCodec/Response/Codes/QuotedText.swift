@_spi(MailCodec) public import MailWire

/// A string where no literal can stand: ASCII without NUL, CR and LF, which a quoted string holds.
///
/// [RFC 9051 §9](https://www.rfc-editor.org/rfc/rfc9051#section-9): `charset`, an atom or a quoted string.
///
///     S: A1 NO [BADCHARSET (UTF-8 "X Y")] unknown charset
public struct QuotedText: Hashable, Sendable, CustomStringConvertible {
  /// The octets, without quotes and escapes.
  public let bytes: [UInt8]

  /// Validates octets.
  ///
  /// - Throws: ``SyntaxError`` with the code `unexpectedByte` for NUL, CR, LF and octets beyond ASCII.
  public init(_ span: Span<UInt8>) throws(SyntaxError) {
    for index in span.indices {
      let byte = span[index]
      if byte == 0 || byte == 10 || byte == 13 || byte >= 0x80 { throw SyntaxError(.unexpectedByte, at: index) }
    }
    bytes = span.copied()
  }

  /// Validates text.
  ///
  /// - Throws: ``SyntaxError``, as for octets.
  public init(_ text: String) throws(SyntaxError) {
    let bytes = [UInt8](text.utf8)
    try self.init(bytes.span)
  }

  /// An atom where possible, else quoted.
  func write(to writer: inout IMAPWriter) {
    var isAtom = !bytes.isEmpty && !bytes.span.isNil
    for byte in bytes where !ASCIIClass.atom.contains(byte) { isAtom = false }
    if isAtom { return writer.append(bytes) }
    writer.append(.quote)
    for byte in bytes {
      if byte == .quote || byte == .backslash { writer.append(.backslash) }
      writer.append(byte)
    }
    writer.append(.quote)
  }

  /// The string as text.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
