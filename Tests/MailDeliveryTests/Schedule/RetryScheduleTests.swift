import MailDelivery
import MailTestKit
import MailWire
import Testing

@Suite struct RetryScheduleTests {
  /// The minutes after the first attempt at which a schedule tries again, when everything fails.
  private func attempts(_ schedule: RetrySchedule, _ count: Int, cause: RetryCause = .host) -> [Int64] {
    var generator = SplitMix64(seed: 1)
    var plain = schedule
    plain.intervals.jitter = 0
    for cause in plain.exceptions.keys { plain.exceptions[cause]?.jitter = 0 }
    var now = Instant.zero
    let expiry = plain.expires(from: .zero, isReport: false)
    return (1...count).map { attempt in
      now = plain.nextAttempt(
        from: now, start: .zero, attempts: attempt, cause: cause, expiry: expiry, using: &generator)
      return now.nanoseconds / 60_000_000_000
    }
  }

  @Test func presetsTryWhenTheirModelsDo() {
    let rows: [(String, RetrySchedule, RetryCause, [Int64])] = [
      ("rfc", .rfc, .host, [30, 60, 180, 300, 420]),
      ("postfix", .postfix, .host, [5, 10, 20, 40, 80, 146, 213]),
      ("exim", .exim, .host, [15, 30, 45, 60, 75, 90, 105, 120, 180, 270, 405, 607, 911, 1366, 1726]),
      ("greylisting", .rfc, .greylisting, [5, 15, 30, 60, 120, 180]),
      ("list", RetrySchedule(.seconds(300), .seconds(600)), .host, [5, 15, 25, 35])
    ]
    for (name, schedule, cause, expected) in rows {
      let found = attempts(schedule, expected.count, cause: cause)
      check(found == expected, "\(name): \(found)")
    }
  }

  @Test func theLastAttemptIsAtTheExpiry() {
    var generator = SplitMix64(seed: 1)
    let expiry = Instant.zero + .seconds(1000)
    let schedule = RetrySchedule(.seconds(600))
    let rows: [(Int64, Int64)] = [(0, 600), (500, 1000), (999, 1000), (1000, 1001), (2000, 2001)]
    for (now, expected) in rows {
      let next = schedule.nextAttempt(
        from: .zero + .seconds(now), start: .zero, attempts: 1, cause: .host, expiry: expiry, using: &generator)
      check(next == .zero + .seconds(expected), "from \(now): \(next)")
    }
  }

  @Test func jitterStaysWithinItsShareAndFollowsTheSeed() {
    let intervals = RetryIntervals(.fixed(.seconds(1000)), jitter: 0.1)
    var first = SplitMix64(seed: 7)
    var second = SplitMix64(seed: 7)
    var shortest = Duration.seconds(1000)
    var longest = Duration.seconds(1000)
    for _ in 0..<1000 {
      let interval = intervals.interval(afterAttempts: 1, age: .zero, using: &first)
      check(interval == intervals.interval(afterAttempts: 1, age: .zero, using: &second))
      shortest = min(shortest, interval)
      longest = max(longest, interval)
    }
    check(shortest >= .seconds(900) && shortest < .seconds(910), "\(shortest)")
    check(longest <= .seconds(1100) && longest > .seconds(1090), "\(longest)")
  }

  @Test func oddSchedulesStayWithinBounds() {
    var generator = SplitMix64(seed: 3)
    let rules: [RetryIntervals.Rule] = [
      .list([]), .fixed(.seconds(-5)), .fixed(.seconds(1_000_000_000)), .geometric(first: .zero, factor: -1),
      .geometric(first: .seconds(1), factor: 1e9), .age(least: .seconds(9), most: .seconds(1))
    ]
    for rule in rules {
      let intervals = RetryIntervals(rule, jitter: 5)
      for attempt in [-1, 0, 1, 2, 1_000_000] {
        let interval = intervals.interval(
          afterAttempts: attempt, age: .seconds(Int64(attempt) * 1000), using: &generator)
        check(interval >= .seconds(1) && interval <= .seconds(200_000), "\(rule) \(attempt): \(interval)")
      }
    }
    let none = RetryIntervals(phases: [])
    check(none.interval(afterAttempts: 1, age: .zero, using: &generator) == .seconds(86_400))
  }
}
