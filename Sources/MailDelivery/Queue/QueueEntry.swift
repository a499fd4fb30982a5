public import MailWire

/// A message in the queue, as it is shown to whoever looks after it.
public struct QueueEntry: Hashable, Sendable {
  /// One of its recipients.
  public struct Recipient: Hashable, Sendable {
    /// The recipient.
    public var recipient: DeliveryRecipient
    /// What has become of it.
    public var state: RecipientState
    /// How many attempts have failed.
    public var attempts: Int
    /// When it is tried again, unless something else of its destination comes first; nil before the first attempt.
    public var nextAttempt: Instant?
    /// What was heard last; nil when it was never tried.
    public var status: DeliveryStatus?
  }

  /// The message.
  public var message: DeliveryMessage
  /// When it was taken over.
  public var arrival: Instant
  /// Until when it is tried.
  public var expiry: Instant
  /// Whether it is kept back until ``DeliveryQueue/release(_:)``.
  public var isHeld: Bool
  /// The recipients, in their order.
  public var recipients: [Recipient]
}
