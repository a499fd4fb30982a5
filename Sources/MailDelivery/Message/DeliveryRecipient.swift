public import SMTPCodec

/// Whom a message is for.
public struct DeliveryRecipient: Hashable, Sendable {
  /// The address.
  public var mailbox: Mailbox
  /// What the sender wants of reports about it.
  public var dsn: RecipientDSNParameters

  /// A recipient.
  public init(_ mailbox: Mailbox, dsn: RecipientDSNParameters = RecipientDSNParameters()) {
    self.mailbox = mailbox
    self.dsn = dsn
  }
}
