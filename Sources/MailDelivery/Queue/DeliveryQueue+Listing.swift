@_spi(MailCodec) import MailWire

extension DeliveryQueue {
  /// The messages in the queue, the oldest first: work in proportion to the queue.
  public var ids: [QueueID] { slotByID.keys.sorted().map { QueueID($0) } }

  /// What there is to know of a message; nil for one that is not in the queue.
  public func entry(of id: QueueID) -> QueueEntry? {
    guard let index = slotByID[id.number] else { return nil }
    let slot = messages[index]
    return QueueEntry(
      message: slot.value, arrival: Instant(nanoseconds: slot.created), expiry: Instant(nanoseconds: slot.expires),
      isHeld: slot.isHeld,
      recipients: slot.recipients.map { recipient in
        QueueEntry.Recipient(
          recipient: slot.value(of: recipient), state: recipient.state, attempts: Int(recipient.attempts),
          nextAttempt: recipient.due == .min ? nil : Instant(nanoseconds: recipient.due),
          status: recipient.status == .none ? nil : statuses[recipient.status].status)
      })
  }
}
