/// What a parser may accept, and what it had to accept so far.
struct ParseContext: Sendable {
  let quirks: IMAPQuirks
  let limits: IMAPLimits
  /// Whether the text is a server's, in which no literal is non-synchronising.
  let isResponse: Bool
  private(set) var used = IMAPQuirks.none
  /// The offsets behind the headers of literals that were streamed, ascending.
  private(set) var gaps: [Int] = []

  @inline(__always)
  init(quirks: IMAPQuirks = .none, limits: IMAPLimits = IMAPLimits(), isResponse: Bool = false) {
    self.quirks = quirks
    self.limits = limits
    self.isResponse = isResponse
  }

  /// Whether `quirk` may be accepted; it then counts as used.
  mutating func accepts(_ quirk: IMAPQuirks) -> Bool {
    guard quirks.contains(quirk) else { return false }
    used.formUnion(quirk)
    return true
  }

  /// Begins with another unit, all of whose octets are there.
  @inline(__always)
  mutating func reset() {
    used = .none
    if !gaps.isEmpty { gaps.removeAll(keepingCapacity: true) }
  }

  /// Begins with another unit.
  mutating func reset(gaps offsets: Span<Int>) {
    reset()
    for index in offsets.indices { gaps.append(offsets[index]) }
  }

  /// Gives up what a hostile unit made the array grow to.
  mutating func trim() {
    if gaps.capacity > 1_024 { gaps = [] }
  }

  /// Whether the octets at an offset were streamed.
  @inline(__always)
  func isGap(_ offset: Int) -> Bool { !gaps.isEmpty && hasGap(from: offset, to: offset) }

  /// Whether octets were streamed from a text.
  func hasGap(from start: Int, to end: Int) -> Bool {
    var (low, high) = (0, gaps.count)
    while low < high {
      let middle = (low + high) / 2
      if gaps[middle] < start { low = middle + 1 } else { high = middle }
    }
    return low < gaps.count && gaps[low] <= end
  }
}
