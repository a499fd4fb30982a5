/// A `Duration` in nanoseconds, so that setting a deadline costs one addition: `Duration` is 128 bits wide, and taking it
/// apart at every command was measured at more than parsing the command.
@_spi(MailCodec) @frozen
public struct Timeout: Sendable {
  /// The length in nanoseconds.
  public let nanoseconds: Int64

  /// The timeout of a duration; one that no clock can hold never comes.
  public init(_ duration: Duration) {
    nanoseconds = Instant.zero.advanced(by: duration).nanoseconds
  }

  /// When the timeout ends that begins at `instant`.
  @inlinable
  public func after(_ instant: Instant) -> Instant {
    let (sum, overflow) = instant.nanoseconds.addingReportingOverflow(nanoseconds)
    return Instant(nanoseconds: overflow ? .max : sum)
  }
}
