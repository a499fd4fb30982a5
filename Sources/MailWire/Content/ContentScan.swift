extension Span<UInt8> {
  /// The first offset at or after `start` where a byte and its successor need a decision: a CR without LF, an LF without
  /// CR, an LF before a dot, or a NUL. The last byte has no successor yet and is always reported.
  ///
  /// Two overlapping loads compare sixteen bytes with their successors, so ordinary lines cost no branch of their own.
  @inline(always)
  func firstRemarkablePair(from start: Int) -> Int {
    let raw = unsafe bytes
    let last = raw.byteCount &- 1
    let carriageReturn = SIMD16<UInt8>(repeating: .carriageReturn)
    let lineFeed = SIMD16<UInt8>(repeating: .lineFeed)
    let dot = SIMD16<UInt8>(repeating: .dot)
    let null = SIMD16<UInt8>(repeating: 0)
    var offset = start
    while offset &+ 16 <= last {
      let here = raw.block(at: offset)
      let next = raw.block(at: offset &+ 1)
      let remarkable =
        ((here .== carriageReturn) .^ (next .== lineFeed)) .| ((here .== lineFeed) .& (next .== dot)) .| (here .== null)
      if let index = remarkable.firstIndex { return offset &+ index }
      offset &+= 16
    }
    while offset < last {
      let here = raw[byte: offset]
      let next = raw[byte: offset &+ 1]
      let isRemarkable =
        (here == .carriageReturn) != (next == .lineFeed) || (here == .lineFeed && next == .dot) || here == 0
      if isRemarkable { return offset }
      offset &+= 1
    }
    return offset
  }
}

/// What a decoder or encoder inserts although the input lacks it.
enum Insertion {
  case carriageReturn, lineFeed, lineEnd, dot, finalDot

  private static let bytes: [UInt8] = [13, 10, 46, 13, 10]

  func hand(to body: (Span<UInt8>) -> Void) {
    let range =
      switch self {
      case .carriageReturn: 0..<1
      case .lineFeed: 1..<2
      case .lineEnd: 0..<2
      case .dot: 2..<3
      case .finalDot: 2..<5
      }
    let bytes = Self.bytes
    body(bytes.span.extracting(range))
  }
}
