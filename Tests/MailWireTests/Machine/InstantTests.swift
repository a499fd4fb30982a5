import MailWire
import Testing

@Suite struct InstantTests {
  @Test func arithmetic() {
    let huge = Duration(secondsComponent: .max, attosecondsComponent: 0)
    let rows: [(start: Int64, by: Duration, end: Int64)] = [
      (0, .seconds(1), 1_000_000_000), (5, .nanoseconds(-7), -2), (0, .milliseconds(1500), 1_500_000_000),
      (0, .milliseconds(-1500), -1_500_000_000), (.max, .nanoseconds(1), .max), (.max, .zero, .max),
      (.min, .nanoseconds(-1), .min), (.min, .milliseconds(-1), .min), (.min, .zero, .min),
      (0, huge, .max), (0, huge + huge, .max), (0, .zero - huge - huge, .min),
      (1, .seconds(9_223_372_036), 9_223_372_036_000_000_001),
      (.max - 1, .seconds(1), .max), (.min + 1, .seconds(-1), .min)
    ]
    for row in rows {
      #expect((Instant(nanoseconds: row.start) + row.by).nanoseconds == row.end, "\(row)")
    }
  }

  @Test func differences() {
    let (first, last) = (Instant(nanoseconds: .min), Instant(nanoseconds: .max))
    #expect(first < last && last > first)
    #expect(first.duration(to: last) == .nanoseconds(Int64.max) - .nanoseconds(Int64.min))
    #expect(first - last < .zero)
    #expect(Instant(nanoseconds: 3) - Instant(nanoseconds: 5) == .nanoseconds(-2))
  }
}
