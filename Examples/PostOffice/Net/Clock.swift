import MailWire

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The two clocks of the system.
enum Clock {
  /// The time that the machines are told: it never goes back.
  static var now: Instant {
    let time = read(CLOCK_MONOTONIC)
    return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  /// Microseconds since 1970, which file names and headers are made of.
  static var microsecondsSince1970: Int64 {
    let time = read(CLOCK_REALTIME)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }

  /// The same as an instant: what the queue is told, since its records outlive the process.
  static var today: Instant { Instant(nanoseconds: microsecondsSince1970 * 1000) }

  private static func read(_ clock: clockid_t) -> timespec {
    var time = timespec()
    _ = unsafe clock_gettime(clock, &time)
    return time
  }
}
