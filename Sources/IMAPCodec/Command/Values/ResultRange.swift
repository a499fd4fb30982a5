@_spi(MailCodec) public import MailWire

/// A window on a list of results, counted from its beginning or, with negative numbers, from its end.
///
/// [RFC 9394 §3.1](https://www.rfc-editor.org/rfc/rfc9394#section-3.1): `partial-range`.
///
///     C: A1 UID SEARCH RETURN (PARTIAL -1:-100) UNDELETED
public struct ResultRange: Hashable, Sendable {
  /// One end; 1 is the first result, −1 the last one.
  public let first: Int64
  /// The other end, of the same sign.
  public let last: Int64

  /// Validates ends.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` for zero, for ends of different signs, or beyond 32 bits.
  public init(first: Int64, last: Int64) throws(SyntaxError) {
    let limit = Int64(UInt32.max)
    guard first != 0, last != 0, (first < 0) == (last < 0), -limit...limit ~= first, -limit...limit ~= last else {
      throw SyntaxError(.badNumber, at: 0)
    }
    self.first = first
    self.last = last
  }

  /// Parses `n:m` or `-n:-m`.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber`, `unexpectedByte`, `unexpectedEnd` or `trailingBytes`.
  public init(_ text: Span<UInt8>) throws(SyntaxError) {
    var cursor = ByteCursor(text)
    let isFromEnd = cursor.skip(.hyphen)
    let first = try cursor.requireNumber(upTo: UInt64(UInt32.max), least: 1)
    try cursor.require(.colon)
    guard cursor.skip(.hyphen) == isFromEnd else { throw cursor.error(.badNumber) }
    let last = try cursor.requireNumber(upTo: UInt64(UInt32.max), least: 1)
    guard cursor.isAtEnd else { throw cursor.error(.trailingBytes) }
    try self.init(first: isFromEnd ? -Int64(first) : Int64(first), last: isFromEnd ? -Int64(last) : Int64(last))
  }

  var token: IMAPToken {
    var output = OutboundBuffer()
    if first < 0 { output.append(.hyphen) }
    output.append(decimal: first.magnitude)
    output.append(.colon)
    if last < 0 { output.append(.hyphen) }
    output.append(decimal: last.magnitude)
    return IMAPToken(validated: ValidatedToken(output.bytes.copied()))
  }
}
