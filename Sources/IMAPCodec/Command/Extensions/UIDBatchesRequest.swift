@_spi(MailCodec) public import MailWire

/// How `UIDBATCHES` shall divide the selected mailbox.
///
/// [RFC 10022 §3.1](https://www.rfc-editor.org/rfc/rfc10022#section-3.1).
///
///     C: A1 UIDBATCHES 2000 1:3
public struct UIDBatchesRequest: Hashable, Sendable {
  /// The messages of a batch, at least 1; servers may refuse fewer than 500.
  public let size: UInt32
  /// Which batches are wanted, 1 for the one with the highest UIDs; nil for all.
  public let batches: ClosedRange<UInt32>?

  /// A request.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` for zero.
  public init(size: UInt32, batches: ClosedRange<UInt32>? = nil) throws(SyntaxError) {
    guard size > 0, batches?.lowerBound != 0 else { throw SyntaxError(.badNumber, at: 0) }
    self.size = size
    self.batches = batches
  }

  @_lifetime(cursor: copy cursor)
  static func parse(
    _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> UIDBatchesRequest {
    try cursor.requireSpace(&context)
    let size = try number(&cursor)
    guard cursor.remaining > 1, cursor.skip(.space) else { return try UIDBatchesRequest(size: size) }
    let first = try number(&cursor)
    let last = cursor.skip(.colon) ? try number(&cursor) : first
    return try UIDBatchesRequest(size: size, batches: Swift.min(first, last)...Swift.max(first, last))
  }

  @_lifetime(cursor: copy cursor)
  private static func number(_ cursor: inout ByteCursor) throws(SyntaxError) -> UInt32 {
    guard let number = cursor.takeNonZero32() else {
      throw cursor.isAtEnd ? cursor.unexpected : cursor.error(.badNumber)
    }
    return number
  }

  func write(to writer: inout IMAPWriter) {
    writer.append(.space)
    writer.append(decimal: UInt64(size))
    guard let batches else { return }
    writer.append(.space)
    writer.append(decimal: UInt64(batches.lowerBound))
    writer.append(.colon)
    writer.append(decimal: UInt64(batches.upperBound))
  }
}
