@_spi(MailCodec) import MailWire

/// Reads so many octets as they come, and makes one unit of them.
struct CountedText {
  private let start: UInt64
  private var rest: UInt64
  private var read: UInt64 = 0
  private var summary = ContentSummary(isDotStuffed: false)

  init(at start: UInt64, octets: UInt64) {
    self.start = start
    rest = octets
  }

  /// Takes what has come; the unit when all has, or the end of input cut it off.
  mutating func next(_ kind: String, from input: inout TapInput) -> TapUnit? {
    let count = Int(min(rest, UInt64(input.buffer.count)))
    summary.add(input.buffer.bytes.extracting(first: count))
    input.buffer.consume(count)
    rest -= UInt64(count)
    read += UInt64(count)
    if rest == 0 {
      var unit = TapUnit(kind, at: start, length: read)
      unit.value = summary
      return unit
    }
    guard input.isAtEnd else { return nil }
    var unit = TapUnit.incomplete(kind, at: start, length: read)
    unit.remarks.append(Detail("missing octets", rest))
    return unit
  }
}
