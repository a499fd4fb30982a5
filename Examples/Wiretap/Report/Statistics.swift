/// What `--stats` prints: how many units of each kind there were, and what reading them cost.
struct Statistics {
  private var kinds: [String: Int] = [:]
  private var quirks: [String: Int] = [:]
  private var refused = 0
  private var octets: UInt64 = 0
  private let clock = ContinuousClock()
  private var elapsed = Duration.zero
  private var resumed: ContinuousClock.Instant?
  private let memoryBefore = Memory.allocatedOctets

  init() { resumed = clock.now }

  /// Stops the clock, which measures reading and not printing.
  mutating func pause() {
    if let resumed { elapsed += clock.now - resumed }
    resumed = nil
  }

  mutating func resume() { resumed = clock.now }

  mutating func add(_ unit: TapUnit) {
    kinds[unit.kind, default: 0] += 1
    for quirk in unit.quirks { quirks[quirk, default: 0] += 1 }
    if !unit.isAccepted { refused += 1 }
    octets = unit.offset + unit.length
  }

  var lines: [String] {
    let units = kinds.values.reduce(0, +)
    var lines = ["units: \(units), of which \(refused) refused or incomplete"]
    for kind in kinds.keys.sorted() { lines.append("  \(kind): \(kinds[kind] ?? 0)") }
    if !quirks.isEmpty { lines.append("quirks:") }
    for quirk in quirks.keys.sorted() { lines.append("  \(quirk): \(quirks[quirk] ?? 0)") }
    let (seconds, attoseconds) = elapsed.components
    let microseconds = UInt64(clamping: seconds) * 1_000_000 + UInt64(clamping: attoseconds / 1_000_000_000_000)
    lines.append("octets: \(octets)")
    lines.append("octets a second: \(octets * 1_000_000 / max(1, microseconds)) (in \(microseconds) microseconds)")
    if let memoryBefore, let now = Memory.allocatedOctets {
      lines.append("allocations: \(max(0, now - memoryBefore)) octets are held at the end")
    }
    lines.append("memory: \(Memory.mostKibibytes) KiB at most")
    return lines
  }
}
