/// How an input is cut: an oracle's result may not depend on it.
enum Cut: CaseIterable {
  case whole
  case singleOctets
  /// At places that follow from the input itself, so that a finding can be repeated.
  case derived
}

/// The lengths of successive pieces.
struct Pieces {
  private let cut: Cut
  private var state: UInt64

  init(_ cut: Cut, of input: Span<UInt8>) {
    self.cut = cut
    state = 0xCBF2_9CE4_8422_2325
    for index in input.indices { state = (state ^ UInt64(input[index])) &* 0x100_0000_01B3 }
  }

  /// The length of the next piece, when `remaining` octets are left.
  mutating func next(of remaining: Int) -> Int {
    switch cut {
    case .whole: return remaining
    case .singleOctets: return min(1, remaining)
    case .derived:
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return min(1 + Int(truncatingIfNeeded: state >> 33) % 17, remaining)
    }
  }
}

extension Span<UInt8> {
  /// The octets, copied.
  var array: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for index in indices { bytes.append(self[index]) }
    return bytes
  }

  /// Calls `body` with each piece.
  func forEachPiece(_ cut: Cut, _ body: (Span<UInt8>) throws(Finding) -> Void) throws(Finding) {
    var pieces = Pieces(cut, of: self)
    var offset = 0
    while offset < count {
      let length = pieces.next(of: count - offset)
      try body(extracting(offset..<(offset + length)))
      offset += length
    }
  }
}

extension [UInt8] {
  /// Whether every CR is followed by an LF and every LF follows a CR.
  var hasOnlyWholeLineEnds: Bool {
    for index in indices {
      if self[index] == 10, index == 0 || self[index - 1] != 13 { return false }
      if self[index] == 13, index + 1 == count || self[index + 1] != 10 { return false }
    }
    return true
  }

  /// The octets as text for a finding's description.
  var visible: String {
    map { $0 >= 32 && $0 < 127 && $0 != 92 ? String(UnicodeScalar($0)) : "\\x" + String($0, radix: 16) }.joined()
  }
}
