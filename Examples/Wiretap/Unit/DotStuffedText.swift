@_spi(MailCodec) import MailWire

/// Reads a dot-stuffed text as it comes, up to its end, and makes one unit of it.
struct DotStuffedText {
  private let start: UInt64
  private var decoder = DotStuffingDecoder(policy: .verbatim)
  private var summary = ContentSummary(isDotStuffed: true)
  private var read: UInt64 = 0
  /// The first octet, from the text's start, that no text should have.
  private var firstIrregularity: UInt64?

  init(at start: UInt64) { self.start = start }

  /// Takes what has come of the text; the unit when its end was among it, or was cut off.
  mutating func next(_ kind: String, isStrict: Bool, from input: inout TapInput) -> TapUnit? {
    let before = decoder
    var summary = summary
    let count = decoder.decode(input.buffer.bytes) { summary.add($0) }
    self.summary = summary
    if before.irregularities.isEmpty, !decoder.irregularities.isEmpty {
      firstIrregularity = Self.firstIrregularity(input.buffer.bytes.extracting(first: count), before, from: read)
    }
    read += UInt64(count)
    input.buffer.consume(count)
    guard decoder.isAtEnd else { return input.isAtEnd ? input.takeRest(kind, since: start) : nil }
    var unit = TapUnit(kind, at: start, length: read)
    let irregularities = decoder.irregularities
    if isStrict, let firstIrregularity {
      unit.fault = TapUnit.Fault(irregularities.names.first ?? "", at: firstIrregularity)
      unit.remarks = summary.details
    } else {
      unit.quirks = irregularities.names
      unit.value = summary
    }
    return unit
  }

  /// Where the decoder first notices something: found by halving, since that happens once at the most.
  private static func firstIrregularity(
    _ bytes: Span<UInt8>, _ decoder: DotStuffingDecoder, from start: UInt64
  ) -> UInt64 {
    func isNoticed(within count: Int) -> ContentIrregularities {
      var decoder = decoder
      _ = decoder.decode(bytes.extracting(first: count)) { _ in }
      return decoder.irregularities
    }
    var low = 0
    var high = bytes.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if isNoticed(within: middle).isEmpty { low = middle } else { high = middle }
    }
    // A bare CR is noticed at the octet behind it.
    let isReturn = isNoticed(within: high) == .bareCarriageReturn
    return start + UInt64(high) - (isReturn ? 2 : 1)
  }
}
