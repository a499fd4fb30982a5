/// What a parser may accept, and what it had to accept so far.
struct ParseContext: Sendable {
  let quirks: IMAPQuirks
  let limits: IMAPLimits
  private(set) var used = IMAPQuirks.none

  @inline(__always)
  init(quirks: IMAPQuirks = .none, limits: IMAPLimits = IMAPLimits()) {
    self.quirks = quirks
    self.limits = limits
  }

  /// Begins anew: nothing was used yet.
  @inline(__always)
  mutating func reset() { used = .none }

  /// Whether `quirk` may be accepted; it then counts as used.
  mutating func accepts(_ quirk: IMAPQuirks) -> Bool {
    guard quirks.contains(quirk) else { return false }
    used.formUnion(quirk)
    return true
  }
}
