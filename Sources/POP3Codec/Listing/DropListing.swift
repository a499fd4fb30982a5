@_spi(MailCodec) public import MailWire

/// The answer to `STAT`: how many messages a maildrop has, and how many octets.
///
/// [RFC 1939 §5](https://www.rfc-editor.org/rfc/rfc1939#section-5).
///
///     S: +OK 2 320
@frozen
public struct DropListing: Hashable, Sendable {
  /// The number of messages that are not marked as deleted.
  public let count: Int
  /// Their octets.
  public let octets: UInt64

  /// A listing of these numbers; a negative count becomes zero.
  public init(count: Int, octets: UInt64) {
    self.count = max(0, count)
    self.octets = octets
  }

  /// Parses the text behind `+OK `. What follows the size behind a space is ignored, as the standard allows.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber`, `unexpectedEnd` or `trailingBytes`.
  public init(parsing text: Span<UInt8>, quirks: POP3Quirks = .none, used: inout POP3Quirks) throws(SyntaxError) {
    var cursor = ByteCursor(text)
    let count = try POP3Grammar.number(&cursor, upTo: UInt64(MessageNumber.maximum), quirks, &used)
    try POP3Grammar.skipSpace(&cursor, quirks, &used)
    octets = try POP3Grammar.number(&cursor, quirks, &used)
    guard cursor.isAtEnd || cursor.next == .space else { throw cursor.error(.trailingBytes) }
    self.count = Int(truncatingIfNeeded: count)
  }

  /// Appends `count octets`, without a line ending.
  @_spi(MailCodec)
  public func write(to output: inout OutboundBuffer) {
    output.append(decimal: UInt64(count))
    output.append(.space)
    output.append(decimal: octets)
  }
}
