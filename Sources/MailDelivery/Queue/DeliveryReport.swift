public import MailWire
public import SMTPCodec

/// A report that is due to the sender of a message: make a notification of it and put it into the queue with
/// ``DeliveryQueue/enqueue(_:to:answering:)``, or settle it with ``DeliveryQueue/settle(_:)``.
///
/// [RFC 3464](https://www.rfc-editor.org/rfc/rfc3464). No report is ever due to a null reverse-path.
public struct DeliveryReport: Sendable {
  /// What there is to say of one recipient.
  public struct Recipient: Hashable, Sendable {
    /// The recipient.
    public var recipient: DeliveryRecipient
    /// What became of it.
    public var action: DeliveryAction
    /// What was heard last; nil when it was never tried.
    public var status: DeliveryStatus?
    /// When the last attempt was; nil when it was never tried.
    public var lastAttempt: Instant?
  }

  /// The report's name within this run of the queue.
  public var number: UInt64
  /// The message.
  public var id: QueueID
  /// Whom to tell.
  public var sender: Mailbox
  /// What the sender wants of reports.
  public var dsn: MessageDSNParameters
  /// Whether the content must not come back: [RFC 8689 §5](https://www.rfc-editor.org/rfc/rfc8689#section-5).
  public var requiresTLS: Bool
  /// When the message was taken over.
  public var arrival: Instant
  /// Until when late recipients are tried.
  public var expiry: Instant
  /// The recipients.
  public var recipients: [Recipient]
}
