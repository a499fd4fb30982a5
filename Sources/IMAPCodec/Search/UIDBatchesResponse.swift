@_spi(MailCodec) public import MailWire

/// Ranges of UIDs that cut a mailbox into batches of equal size.
///
/// [RFC 10022 §3](https://www.rfc-editor.org/rfc/rfc10022#section-3). The batch with the highest UIDs comes first, and each range
/// begins with its highest UID.
///
///     S: * UIDBATCHES (TAG "A143") 215295:99696,99695:20351,20350:7830,7829:1
public struct UIDBatchesResponse: Hashable, Sendable {
  /// Which command it answers.
  public var correlator: SearchCorrelator
  /// The batches, in order; none for a mailbox without messages.
  public let batches: [ClosedRange<UInt32>]

  /// Batches.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` for a range that holds zero; its offset is the index.
  public init(_ correlator: SearchCorrelator, _ batches: [ClosedRange<UInt32>]) throws(SyntaxError) {
    for index in batches.indices where batches[index].lowerBound == 0 { throw SyntaxError(.badNumber, at: index) }
    self.init(checked: correlator, batches)
  }

  init(checked correlator: SearchCorrelator, _ batches: [ClosedRange<UInt32>]) {
    self.correlator = correlator
    self.batches = batches
  }

  func write(to writer: inout IMAPWriter) {
    writer.append("UIDBATCHES ")
    correlator.write(to: &writer)
    var separator = UInt8.space
    for batch in batches {
      writer.append(separator)
      separator = .comma
      writer.append(decimal: UInt64(batch.upperBound))
      writer.append(.colon)
      writer.append(decimal: UInt64(batch.lowerBound))
    }
  }
}

extension LayoutBuilder {
  /// `search-correlator [SP uid-range *("," uid-range)]`
  @_lifetime(cursor: copy cursor)
  mutating func uidBatches(_ cursor: inout ByteCursor) throws(SyntaxError) -> UIDBatchesResponse {
    try value(&cursor)
    let correlator = try correlator(&cursor)
    var batches: [ClosedRange<UInt32>] = []
    guard try isMoreOnLine(&cursor) else { return UIDBatchesResponse(checked: correlator, batches) }
    repeat {
      try checkCount(batches.count, cursor)
      guard let first = cursor.takeNonZero32() else { throw cursor.error(.badNumber) }
      var last = first
      if cursor.skip(.colon) {
        guard let number = cursor.takeNonZero32() else { throw cursor.error(.badNumber) }
        last = number
      }
      batches.append(min(first, last)...max(first, last))
    } while cursor.skip(.comma)
    return UIDBatchesResponse(checked: correlator, batches)
  }
}
