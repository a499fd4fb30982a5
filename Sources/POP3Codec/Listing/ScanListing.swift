@_spi(MailCodec) public import MailWire

/// One row of the answer to `LIST`: a message and its octets.
///
/// [RFC 1939 §5](https://www.rfc-editor.org/rfc/rfc1939#section-5).
///
///     S: 1 120
@frozen
public struct ScanListing: Hashable, Sendable {
  /// The message.
  public let number: MessageNumber
  /// Its exact size, line ends counted as CRLF.
  public let octets: UInt64

  /// A row of these numbers.
  public init(_ number: MessageNumber, octets: UInt64) {
    self.number = number
    self.octets = octets
  }

  /// Parses a row, or the text behind `+OK `. What follows the size behind a space is ignored, as the standard allows.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber`, `unexpectedEnd` or `trailingBytes`.
  public init(parsing row: Span<UInt8>, quirks: POP3Quirks = .none, used: inout POP3Quirks) throws(SyntaxError) {
    var cursor = ByteCursor(row)
    number = try POP3Grammar.messageNumber(&cursor, quirks, &used)
    try POP3Grammar.skipSpace(&cursor, quirks, &used)
    octets = try POP3Grammar.number(&cursor, quirks, &used)
    guard cursor.isAtEnd || cursor.next == .space else { throw cursor.error(.trailingBytes) }
  }

  /// Appends `number octets`, without a line ending.
  @_spi(MailCodec)
  public func write(to output: inout OutboundBuffer) {
    output.append(decimal: UInt64(number.value))
    output.append(.space)
    output.append(decimal: octets)
  }
}
