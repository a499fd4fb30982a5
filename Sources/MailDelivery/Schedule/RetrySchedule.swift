public import MailWire

/// When to try again, when to tell the sender that a message is late, and when to give up.
///
/// [RFC 5321 §4.5.4.1](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.4.1). Expiry and notices have clocks of their own,
/// which start when the message was taken over and do not depend on the intervals.
public struct RetrySchedule: Hashable, Sendable {
  /// The intervals between attempts.
  public var intervals: RetryIntervals
  /// The intervals after trouble of a certain kind, in place of ``intervals``. Default: after greylisting 5, 10, 15, 30 and
  /// then every 60 minutes, because greylisting hosts want to see the message again soon, but not at once.
  public var exceptions: [RetryCause: RetryIntervals]
  /// How long a message may wait before it is returned. Default 5 days; the RFC asks for at least 4 to 5.
  public var expiry: Duration
  /// How long a message with a null reverse-path may wait; nobody is told when it is dropped. Default 5 days.
  public var reportExpiry: Duration
  /// The ages at which the sender is told that the message is late, rising. Default once, after 4 hours.
  public var delayNotices: [Duration]

  /// A schedule.
  public init(
    _ intervals: RetryIntervals,
    exceptions: [RetryCause: RetryIntervals] = [.greylisting: RetrySchedule.greylistingIntervals],
    expiry: Duration = .seconds(432_000), reportExpiry: Duration = .seconds(432_000),
    delayNotices: [Duration] = [.seconds(14_400)]
  ) {
    self.intervals = intervals
    self.exceptions = exceptions
    self.expiry = expiry
    self.reportExpiry = reportExpiry
    self.delayNotices = delayNotices
  }

  /// A schedule of listed intervals, the last of which repeats, with the defaults for the rest.
  public init(_ intervals: Duration...) { self.init(RetryIntervals(.list(intervals))) }

  /// The intervals after greylisting, unless others are given: 5, 10, 15 and 30 minutes, then every hour.
  public static let greylistingIntervals = RetryIntervals(
    .list([.seconds(300), .seconds(600), .seconds(900), .seconds(1800), .seconds(3600)]), jitter: 0.05)

  /// As the RFC suggests: every 30 minutes for an hour, then every two hours, for 5 days; one notice after 4 hours.
  ///
  /// [RFC 5321 §4.5.4.1](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.4.1),
  /// [RFC 1123 §5.3.1.1](https://www.rfc-editor.org/rfc/rfc1123#section-5.3.1.1).
  public static let rfc = RetrySchedule(
    RetryIntervals(
      phases: [
        RetryIntervals.Phase(.fixed(.seconds(1800)), until: .seconds(3600)),
        RetryIntervals.Phase(.fixed(.seconds(7200)))
      ], jitter: 0.05))

  /// As Postfix does: as long as the message is old, 5 to 67 minutes, for 5 days; no notices.
  public static let postfix = RetrySchedule(
    RetryIntervals(.age(least: .seconds(300), most: .seconds(4000))), exceptions: [:], delayNotices: [])

  /// As Exim does: every 15 minutes for 2 hours, then from 1 hour by factors of 1.5 until 16 hours, then every 6 hours, for
  /// 4 days; a notice each day.
  public static let exim = RetrySchedule(
    RetryIntervals(phases: [
      RetryIntervals.Phase(.fixed(.seconds(900)), until: .seconds(7200)),
      RetryIntervals.Phase(.geometric(first: .seconds(3600), factor: 1.5), until: .seconds(57_600)),
      RetryIntervals.Phase(.fixed(.seconds(21_600)))
    ]), exceptions: [:], expiry: .seconds(345_600), reportExpiry: .seconds(345_600),
    delayNotices: [.seconds(86_400), .seconds(172_800), .seconds(259_200)])

  /// The intervals after trouble of this kind.
  public func intervals(after cause: RetryCause) -> RetryIntervals { exceptions[cause] ?? intervals }

  /// When to try again.
  ///
  /// - Parameters:
  ///   - now: when the last attempt failed.
  ///   - start: when the message was taken over.
  ///   - attempts: how many attempts have failed, 1 or more.
  ///   - hint: the time that the host named, if it named one: the next attempt is not before it, up to an hour.
  ///   - expiry: when the message expires. The last attempt is put there when the interval leads beyond it.
  public func nextAttempt<Generator: RandomNumberGenerator>(
    from now: Instant, start: Instant, attempts: Int, cause: RetryCause, hint: Duration? = nil, expiry: Instant,
    using generator: inout Generator
  ) -> Instant {
    let intervals = intervals(after: cause)
    var interval = intervals.interval(afterAttempts: attempts, age: now - start, using: &generator)
    if let hint, cause == .greylisting {
      // A host that says when it will take the message means it, whatever our own interval is.
      interval = min(max(hint, .seconds(60)), .seconds(3600)) + .seconds(1)
    }
    let next = now + interval
    return next <= expiry ? next : max(expiry, now + intervals.shortest)
  }

  /// When a message that was taken over at `start` expires.
  public func expires(from start: Instant, isReport: Bool) -> Instant { start + (isReport ? reportExpiry : expiry) }
}
