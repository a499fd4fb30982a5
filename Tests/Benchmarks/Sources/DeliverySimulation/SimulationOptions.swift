public import MailDelivery

/// What to simulate.
public struct SimulationOptions: Sendable {
  /// How many recipients get mail in the first hours.
  public var recipients = 1000
  /// How many domains they live in.
  public var domains = 50
  /// The most recipients of a message.
  public var recipientsPerMessage = 8
  /// How often the queue is killed and started again.
  public var crashes = 0
  /// The share of domains that are ill, in percent.
  public var illness: UInt64 = 40
  /// Whether no host answers for the whole time.
  public var isOutage = false
  /// Whether the clock is set back and forth.
  public var clockJumps = false
  /// The hours over which messages come in.
  public var arrivalHours: Int64 = 12
  /// Everything random comes from it.
  public var seed: UInt64 = 1
  /// The queue's configuration.
  public var configuration = DeliveryQueueConfiguration()

  /// A thousand recipients in fifty domains.
  public init() {}
}

/// What came of it.
public struct SimulationResult: Equatable, Sendable {
  /// Recipients whose message arrived.
  public var delivered = 0
  /// Recipients that were given up.
  public var failed = 0
  /// Recipients that are still in the queue.
  public var pending = 0
  /// Messages that arrived more than once.
  public var duplicates = 0
  /// Reports of failure and of delay.
  public var failureReports = 0
  /// Reports of delay.
  public var delayReports = 0
  /// Transactions.
  public var transactions = 0
  /// Connections that were tried.
  public var connections = 0
  /// Records that were stored, and their octets.
  public var records = 0
  /// The octets of all records.
  public var recordOctets = 0
  /// Crashes that happened.
  public var crashes = 0
  /// How often the clock went on.
  public var steps = 0
  /// A digest of all events.
  public var trace: UInt64 = 0xCBF2_9CE4_8422_2325
  /// When it ended, in seconds.
  public var seconds: Int64 = 0
  /// What broke a rule; empty if nothing did.
  public var violations: [String] = []
}
