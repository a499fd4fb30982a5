@_spi(MailCodec) import MailWire

/// How long to wait between attempts: phases by age, each with its own rule.
///
/// Every rule depends on facts that survive a restart, the number of attempts and the time since the first one, and on
/// nothing else: the same facts give the same interval, jitter aside.
/// [RFC 5321 §4.5.4.1](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.4.1).
public struct RetryIntervals: Hashable, Sendable {
  /// A rule that gives one interval after another.
  @nonexhaustive
  public enum Rule: Hashable, Sendable {
    /// The same interval each time.
    case fixed(Duration)
    /// Each interval is the one before times `factor`, from `first` at the start of the phase.
    case geometric(first: Duration, factor: Double)
    /// As long as has passed already, within bounds: the age doubles with each attempt.
    case age(least: Duration, most: Duration)
    /// One interval for each attempt; the last one repeats.
    case list([Duration])
  }

  /// A rule and until when it holds.
  public struct Phase: Hashable, Sendable {
    /// The rule.
    public var rule: Rule
    /// The age from which on the next phase holds; nil for ever.
    public var until: Duration?

    /// A phase.
    public init(_ rule: Rule, until: Duration? = nil) {
      self.rule = rule
      self.until = until
    }
  }

  /// The phases, by rising age; the last one holds for ever. Without any, the interval is ``longest``.
  public var phases: [Phase]
  /// The share of an interval by which chance lengthens or shortens it, 0 to 1, so that messages that failed together do
  /// not come back together. Default 0.
  public var jitter: Double
  /// The shortest interval. Default one second.
  public var shortest: Duration
  /// The longest interval. Default one day.
  public var longest: Duration

  /// Intervals of several phases.
  public init(
    phases: [Phase], jitter: Double = 0, shortest: Duration = .seconds(1), longest: Duration = .seconds(86_400)
  ) {
    self.phases = phases
    self.jitter = jitter
    self.shortest = shortest
    self.longest = longest
  }

  /// Intervals of one rule that holds for ever.
  public init(_ rule: Rule, jitter: Double = 0) { self.init(phases: [Phase(rule)], jitter: jitter) }

  /// The interval before the next attempt.
  ///
  /// - Parameters:
  ///   - attempts: how many attempts have failed, 1 or more.
  ///   - age: the time from the first attempt to now.
  public func interval<Generator: RandomNumberGenerator>(
    afterAttempts attempts: Int, age: Duration, using generator: inout Generator
  ) -> Duration {
    let base = plainInterval(afterAttempts: attempts, age: max(age, .zero))
    let bounded = min(max(base, shortest), max(shortest, longest))
    guard jitter > 0 else { return bounded }
    // 53 bits of chance make a number from -1 to 1.
    let chance = Double(generator.next() >> 11) / Double(1 << 52 as UInt64) - 1
    return max(shortest, bounded * (1 + min(jitter, 1) * chance))
  }

  private func plainInterval(afterAttempts attempts: Int, age: Duration) -> Duration {
    var start = Duration.zero
    for phase in phases {
      guard let until = phase.until, age >= until else {
        return Self.interval(phase.rule, attempts: attempts, age: age, start: start)
      }
      start = until
    }
    guard let last = phases.last else { return longest }
    return Self.interval(last.rule, attempts: attempts, age: age, start: start)
  }

  private static func interval(_ rule: Rule, attempts: Int, age: Duration, start: Duration) -> Duration {
    switch rule {
    case .fixed(let interval):
      return interval
    case .geometric(let first, let factor):
      // The sum of a geometric series is linear in its last element, so the age alone tells where in it we are.
      return first + max(age - start, .zero) * max(factor - 1, 0)
    case .age(let least, let most):
      return min(max(age, least), most)
    case .list(let intervals):
      guard let last = intervals.last else { return .zero }
      return attempts <= intervals.count ? intervals[max(attempts, 1) - 1] : last
    }
  }
}
