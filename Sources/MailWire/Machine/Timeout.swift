/// A `Duration` in nanoseconds, so that setting a deadline costs one addition: `Duration` is 128 bits wide, and taking it
/// apart at every command was measured at more than parsing the command.
@_spi(MailCodec) @frozen
public struct Timeout: Sendable {
  public let nanoseconds: Int64

  public init(_ duration: Duration) {
    nanoseconds = Instant.zero.advanced(by: duration).nanoseconds
  }

  @inlinable
  public func after(_ instant: Instant) -> Instant {
    let (sum, overflow) = instant.nanoseconds.addingReportingOverflow(nanoseconds)
    return Instant(nanoseconds: overflow ? .max : sum)
  }
}
