import CAllocations

/// What was measured of one row with one size of reads.
struct Measurement {
  let row: String
  let chunk: Int
  let octets: Int
  let units: Int
  /// Seconds of each run, sorted.
  let seconds: [Double]
  let allocations: UInt
  /// The same octets copied, and split into lines, in the same process.
  let copySeconds: Double
  let splitSeconds: Double

  init(_ row: Row, _ corpus: [UInt8], chunk: Int, runs: Int) {
    self.row = row.name
    self.chunk = chunk
    octets = corpus.count
    // The first run is not counted: it fills caches and lazy globals.
    var units = row.body(corpus, chunk)
    let before = allocations_count()
    units = row.body(corpus, chunk)
    allocations = allocations_count() - before
    self.units = units
    seconds = (0..<runs).map { _ in time { keep(row.body(corpus, chunk)) } }.sorted()
    var copy: [UInt8] = []
    copySeconds = best { replace(&copy, by: corpus) }
    splitSeconds = best { keep(lineCount(corpus)) }
  }

  var median: Double { seconds[seconds.count / 2] }
  var megabytesPerSecond: Double { Double(octets) / median / 1e6 }
  /// The distance of the slowest run from the fastest one, as a share of the median.
  var spread: Double { (seconds[seconds.count - 1] - seconds[0]) / median }
  var nanosecondsPerUnit: Double { median * 1e9 / Double(units) }
  var allocationsPerUnit: Double { Double(allocations) / Double(units) }
}

func time(_ body: () -> Void) -> Double {
  let clock = ContinuousClock()
  let (seconds, attoseconds) = clock.measure(body).components
  return Double(seconds) + Double(attoseconds) * 1e-18
}

func best(of runs: Int = 5, _ body: () -> Void) -> Double {
  (0..<runs).map { _ in time(body) }.min() ?? 0
}

/// `memcpy`, in effect.
@inline(never)
private func replace(_ storage: inout [UInt8], by bytes: [UInt8]) {
  storage.removeAll(keepingCapacity: true)
  storage.append(contentsOf: bytes)
}
