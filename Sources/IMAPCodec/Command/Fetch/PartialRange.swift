@_spi(MailCodec) public import MailWire

/// Which octets of a section are wanted: from an offset, so many.
///
/// [RFC 9051 §6.4.5](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5): `partial`. A response names the offset alone.
///
///     C: A1 FETCH 1 BODY[]<0.100>
///     S: * 1 FETCH (BODY[]<0> {100}
public struct PartialRange: Hashable, Sendable {
  /// The first octet; 0 for the beginning.
  public let offset: UInt64
  /// The most octets, at least 1.
  public let count: UInt64

  /// Validates numbers.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` for a count of zero, or numbers above 2⁶³ − 1.
  public init(offset: UInt64, count: UInt64) throws(SyntaxError) {
    guard count > 0, count <= Self.maximum, offset <= Self.maximum else { throw SyntaxError(.badNumber, at: 0) }
    self.init(unchecked: offset, count)
  }

  private init(unchecked offset: UInt64, _ count: UInt64) {
    self.offset = offset
    self.count = count
  }

  /// `number64` has 63 bits.
  static let maximum = UInt64(Int64.max)

  /// Parses `"<" number64 "." nz-number64 ">"` if it is there.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor) throws(SyntaxError) -> PartialRange? {
    guard let offset = try parseOrigin(&cursor, end: .dot) else { return nil }
    guard cursor.next != 48, let count = cursor.takeNumber(upTo: maximum) else { throw cursor.error(.badNumber) }
    guard cursor.skip(.greaterThan) else { throw cursor.unexpected }
    return PartialRange(unchecked: offset, count)
  }

  /// Parses `"<" number64` and `end` if it is there: `>` in a response.
  @_lifetime(cursor: copy cursor)
  static func parseOrigin(_ cursor: inout ByteCursor, end: UInt8 = .greaterThan) throws(SyntaxError) -> UInt64? {
    guard cursor.skip(.lessThan) else { return nil }
    guard let offset = cursor.takeNumber(upTo: maximum) else { throw cursor.error(.badNumber) }
    guard cursor.skip(end) else { throw cursor.unexpected }
    return offset
  }

  func write(to writer: inout IMAPWriter) {
    writer.append(.lessThan)
    writer.append(decimal: offset)
    writer.append(.dot)
    writer.append(decimal: count)
    writer.append(.greaterThan)
  }
}
