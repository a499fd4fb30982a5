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
    self = try Self.parse(&cursor)
    guard cursor.isAtEnd else { throw cursor.error(.trailingBytes) }
  }

  /// Parses the range at the cursor.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor) throws(SyntaxError) -> ResultRange {
    let isFromEnd = cursor.skip(.hyphen)
    let first = try cursor.requireNumber(upTo: UInt64(UInt32.max), least: 1)
    try cursor.expect(.colon)
    guard cursor.skip(.hyphen) == isFromEnd else { throw cursor.error(.badNumber) }
    let last = try cursor.requireNumber(upTo: UInt64(UInt32.max), least: 1)
    return try ResultRange(
      first: isFromEnd ? -Int64(first) : Int64(first), last: isFromEnd ? -Int64(last) : Int64(last))
  }

  func write(to writer: inout IMAPWriter) {
    if first < 0 { writer.append(.hyphen) }
    writer.append(decimal: first.magnitude)
    writer.append(.colon)
    if last < 0 { writer.append(.hyphen) }
    writer.append(decimal: last.magnitude)
  }
}
