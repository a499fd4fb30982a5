/// One message for some of its recipients, to be sent in one transaction.
public struct DeliveryTransaction: Hashable, Sendable {
  /// The message: the host has its content under this name.
  public var id: QueueID
  /// What to say of the message.
  public var message: DeliveryMessage
  /// Whom to send it to; the results come in this order.
  public var recipients: [DeliveryRecipient]
}
