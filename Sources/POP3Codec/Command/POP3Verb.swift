@_spi(MailCodec) public import MailWire

/// The keyword of a command that this library does not know.
///
/// [RFC 2449 §3](https://www.rfc-editor.org/rfc/rfc2449#section-3) makes keywords three or four characters long; other
/// lengths are kept as well, so that what a peer said can be reported.
public struct POP3Verb: ASCIIToken {
  /// The octets of the keyword.
  public let bytes: [UInt8]

  /// The keyword of these octets, which are known to be valid and unknown to this library.
  public init(validated octets: ValidatedToken) { bytes = octets.bytes }

  /// Validates octets.
  ///
  /// - Throws: ``SyntaxError`` with the code `badToken` at the first octet that the grammar refuses and for a keyword that
  ///   ``POP3Command`` has a case for, `tooLong` beyond ``maximumLength``, `empty` for none.
  public init(_ span: Span<UInt8>) throws(SyntaxError) {
    var cursor = ByteCursor(span)
    let known = try POP3Keyword.take(&cursor)
    guard cursor.isAtEnd, known == nil else { throw SyntaxError(.badToken, at: cursor.isAtEnd ? 0 : cursor.offset) }
    guard span.count <= Self.maximumLength else { throw SyntaxError(.tooLong, at: Self.maximumLength) }
    self.init(validated: ValidatedToken(span.copied()))
  }

  /// Validates text.
  ///
  /// - Throws: ``SyntaxError``, as for octets.
  public init(_ text: String) throws(SyntaxError) {
    let bytes = [UInt8](text.utf8)
    try self.init(bytes.span)
  }

  /// Visible ASCII.
  public static func allows(_ byte: UInt8, at index: Int) -> Bool { byte.isASCIIGraphic }

  /// 64 octets; a longer one that was read keeps its octets all the same.
  public static var maximumLength: Int { 64 }
}
