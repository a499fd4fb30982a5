@_spi(MailCodec) import MailWire
public import SMTPCodec

/// What became of a message: the content of a report's `message/delivery-status` part.
///
/// [RFC 3464 §2](https://www.rfc-editor.org/rfc/rfc3464#section-2),
/// [RFC 6533 §4](https://www.rfc-editor.org/rfc/rfc6533#section-4). What is nil stands for a field that is absent; a report
/// that is to be sent must have the fields that are not said to be optional.
///
///     Reporting-MTA: dns; mail.website.test
///     Arrival-Date: Tue, 15 Nov 1994 08:12:31 +0000
///
///     Final-Recipient: rfc822; robert@domain.test
///     Action: failed
///     Status: 5.1.1
public struct ReportStatus: Hashable, Sendable {
  /// The server that tried to deliver the message.
  public var reportingMTA: TypedText?
  /// The sender's name for the transaction, decoded; optional.
  public var originalEnvelopeIdentifier: FieldText?
  /// The gateway that translated the report; optional.
  public var gateway: TypedText?
  /// The server or client from which the message came; optional.
  public var receivedFromMTA: TypedText?
  /// When the message came; optional.
  public var arrivalDate: DateTime?
  /// Further fields.
  public var extensions: [StatusField] = []
  /// The recipients that the report is about, at least one.
  public var recipients: [RecipientStatus]

  /// The status of these recipients.
  public init(reportingMTA: TypedText?, recipients: [RecipientStatus]) {
    self.reportingMTA = reportingMTA
    self.recipients = recipients
  }
}

/// What became of a message for one recipient.
///
/// [RFC 3464 §2.3](https://www.rfc-editor.org/rfc/rfc3464#section-2.3).
public struct RecipientStatus: Hashable, Sendable {
  /// The address that the sender wrote; only when `ORCPT` said it.
  public var originalRecipient: TypedText?
  /// The address to which the message was to be delivered.
  public var finalRecipient: TypedText?
  /// What was done.
  public var action: DeliveryAction?
  /// The outcome in numbers.
  public var status: EnhancedStatusCode?
  /// The server that answered; optional, and absent when none was reached.
  public var remoteMTA: TypedText?
  /// The reply that decided; optional.
  public var diagnosticCode: TypedText?
  /// The last attempt; optional.
  public var lastAttemptDate: DateTime?
  /// The message's name in the log of ``remoteMTA``; optional.
  public var finalLogIdentifier: FieldText?
  /// Until when attempts go on; optional, and only for ``DeliveryAction/delayed``.
  public var willRetryUntil: DateTime?
  /// Further fields.
  public var extensions: [StatusField] = []

  /// The status of a recipient; the other fields may be set later.
  public init(_ finalRecipient: TypedText?, _ action: DeliveryAction?, _ status: EnhancedStatusCode?) {
    self.finalRecipient = finalRecipient
    self.action = action
    self.status = status
  }
}

/// A field that this library does not know.
public struct StatusField: Hashable, Sendable {
  /// The name, as it was read or given.
  public let name: [UInt8]
  /// The value.
  public let value: FieldText

  /// A field; nil when the name is none, nothing is left of the value, or the field is one of those that have a property.
  public init?(_ name: String, _ value: Span<UInt8>) {
    let name = [UInt8](name.utf8)
    self.init(name: name.span, value)
  }

  init?(name: Span<UInt8>, _ value: Span<UInt8>) {
    guard name.count > 0, name.count <= 76, let value = FieldText(value), StatusFieldName(name) == nil else {
      return nil
    }
    for index in name.indices where !name[index].isASCIIGraphic || name[index] == 58 { return nil }
    self.name = name.copied()
    self.value = value
  }
}
