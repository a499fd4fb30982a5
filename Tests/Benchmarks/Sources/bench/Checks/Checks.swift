import CAllocations

/// What must hold on every machine: counts, and the ratios of two things that ran side by side.
func runChecks() -> Bool {
  var checks = Checks()
  checkAllocations(&checks)
  checkMemory(&checks)
  checkLinearity(&checks)
  print(checks.failures == 0 ? "bench: all checks passed" : "bench: \(checks.failures) checks FAILED")
  return checks.failures == 0
}

struct Checks {
  private(set) var failures = 0

  /// Notes that `value` may be at most `limit`.
  mutating func expect(_ what: String, _ value: Double, atMost limit: Double) {
    let isGood = value <= limit
    if !isGood { failures += 1 }
    print("\(isGood ? "ok    " : "FAILED") \(what): \(Report.hundredths(value)), at most \(Report.hundredths(limit))")
  }
}
