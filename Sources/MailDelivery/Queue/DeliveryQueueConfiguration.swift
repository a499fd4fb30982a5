/// How a delivery queue behaves.
public struct DeliveryQueueConfiguration: Sendable {
  /// When to try again, to send notices, to give up. Default ``RetrySchedule/rfc``.
  public var schedule = RetrySchedule.rfc
  /// The sessions with one destination. Default: 5 to begin with, 20 at most.
  public var concurrency = ConcurrencyWindow.Limits()
  /// All sessions together. Default 100.
  public var sessions = 100
  /// The recipients of one transaction. Default 100, which every server must take:
  /// [RFC 5321 §4.5.3.1.8](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.8).
  public var recipientsPerTransaction = 100
  /// The transactions of one session. Default 100.
  public var transactionsPerSession = 100
  /// The hosts that are tried for a message before it is deferred. Default 5;
  /// [RFC 5321 §5.1](https://www.rfc-editor.org/rfc/rfc5321#section-5.1) asks for at least two.
  public var hostsPerRun = 5
  /// The longest time for which a failing destination is left alone, whatever the schedule says. Default one hour.
  public var longestBackOff = Duration.seconds(3600)
  /// The `Received` fields from which on a message is taken for a loop. Default 100;
  /// [RFC 5321 §6.3](https://www.rfc-editor.org/rfc/rfc5321#section-6.3).
  public var hopLimit = 100
  /// How long to wait after the host could not store a record. Default 10 seconds.
  public var storageRetry = Duration.seconds(10)
  /// How late the host may call ``DeliveryQueue/advance(to:)``. When it comes later, the clock was set or the machine
  /// slept: nothing expires for as long again, so that there is another attempt first. Default one hour.
  public var latestCall = Duration.seconds(3600)
  /// The time over which overdue messages are spread after a restart. Default 30 seconds.
  public var restartSpread = Duration.seconds(30)
  /// Where the chance comes from that jitter needs: give another one to each run, or the same to replay one.
  public var seed: UInt64 = 0

  /// The default configuration.
  public init() {}
}
