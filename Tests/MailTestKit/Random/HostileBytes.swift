extension SplitMix64 {
  /// A byte string of fewer than `bound` octets made of the bytes that break mail software: CR, LF, dots, NUL, 8-bit.
  public mutating func hostileBytes(below bound: Int) -> [UInt8] {
    let count = below(bound)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 4)
    while bytes.count < count {
      let choice = next()
      switch choice & 15 {
      case 0, 1, 2: bytes.append(13)
      case 3, 4, 5: bytes.append(10)
      case 6, 7, 8: bytes.append(46)
      case 9:
        bytes.append(13)
        bytes.append(10)
      case 10:
        bytes.append(contentsOf: [13, 10, 46])
      case 11: bytes.append(0)
      case 12: bytes.append(UInt8(truncatingIfNeeded: choice >> 8) | 128)
      case 13: bytes.append(32)
      default: bytes.append(97 + UInt8(truncatingIfNeeded: (choice >> 8) % 26))
      }
    }
    return bytes
  }

  /// Text of lines that end with CRLF, some empty and some beginning with dots.
  public mutating func canonicalText(lines bound: Int) -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<below(bound) {
      for _ in 0..<below(4) { text.append(46) }
      for _ in 0..<below(40) { text.append(below(8) == 0 ? 200 : 97 + UInt8(below(26))) }
      text.append(contentsOf: [13, 10])
    }
    return text
  }

  /// Where to cut `count` octets into pieces of 1 to `longest`.
  public mutating func pieces(of count: Int, longest: Int) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = 0
    while start < count {
      let end = Swift.min(count, start + 1 + below(longest))
      pieces.append(start..<end)
      start = end
    }
    return pieces
  }
}

/// Shapes in which inputs are cut: whole, byte by byte, in two at every place, and at random.
public func everyCut(of count: Int, random: Int = 4) -> [[Range<Int>]] {
  var cuts: [[Range<Int>]] = [[0..<count], (0..<count).map { $0..<($0 + 1) }]
  if count > 1 { cuts += (1..<count).map { [0..<$0, $0..<count] } }
  var generator = SplitMix64(seed: UInt64(count))
  for _ in 0..<random { cuts.append(generator.pieces(of: count, longest: 7)) }
  return cuts
}
