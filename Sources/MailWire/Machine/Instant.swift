/// A point in time on the host's monotonic clock: the machines have no clock of their own.
///
/// Only differences mean anything. Nanoseconds since an origin of the host's choice; arithmetic stops at the ends of the
/// range instead of trapping.
@frozen
public struct Instant: Hashable, Comparable, Sendable {
  /// Nanoseconds since the host's origin.
  public let nanoseconds: Int64

  /// The instant `nanoseconds` after the host's origin.
  @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// The host's origin.
  public static let zero = Instant(nanoseconds: 0)

  /// The instant `duration` later.
  @inlinable
  public func advanced(by duration: Duration) -> Instant {
    // No `Int64` of nanoseconds holds 300 years, and `components` itself traps beyond an `Int64` of seconds.
    if duration >= .seconds(10_000_000_000 as Int64) { return Instant(nanoseconds: .max) }
    if duration <= .seconds(-10_000_000_000 as Int64) { return Instant(nanoseconds: .min) }
    let (seconds, attoseconds) = duration.components
    let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (delta, carry) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
    let (sum, end) = nanoseconds.addingReportingOverflow(delta)
    if overflow || carry || end { return Instant(nanoseconds: duration < .zero ? .min : .max) }
    return Instant(nanoseconds: sum)
  }

  /// The time from here to `other`; negative when `other` is earlier.
  @inlinable
  public func duration(to other: Instant) -> Duration {
    .nanoseconds(other.nanoseconds) - .nanoseconds(nanoseconds)
  }

  /// The instant `duration` after `instant`.
  @inlinable
  public static func + (instant: Instant, duration: Duration) -> Instant { instant.advanced(by: duration) }

  /// The time from `start` to `end`.
  @inlinable
  public static func - (end: Instant, start: Instant) -> Duration { start.duration(to: end) }

  /// Whether `left` is earlier.
  @inlinable
  public static func < (left: Instant, right: Instant) -> Bool { left.nanoseconds < right.nanoseconds }
}
