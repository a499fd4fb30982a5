@_spi(MailCodec) import MailWire
import SMTPCodec

// A whole record: version, kind, identifier; the message's numbers and flags; its text; the reports that it answers; the
// statuses; each recipient. A change: version, kind, identifier, flags; the statuses; the recipients that changed.

extension DeliveryQueue {
  /// Stores all there is to know of a message.
  mutating func persistWhole(_ message: UInt32) {
    let slot = messages[message]
    var writer = RecordWriter(.whole, QueueID(slot.id))
    writer.append(time: slot.created)
    writer.append(time: slot.expires)
    writer.append(time: slot.holdUntil)
    writer.append(time: slot.deadline)
    writer.append(slot.size)
    for byte in [slot.deadlineMode, slot.body, slot.returnContent, UInt8(bitPattern: slot.priority), slot.flags] {
      writer.append(byte)
    }
    for length in [slot.senderLength, slot.senderLocalLength, slot.identifierLength] { writer.append(UInt64(length)) }
    writer.append(slot.text)
    writer.append(slot.answers)
    let table = StatusTable(slot.recipients.map { $0.status }, statuses, &writer)
    writer.append(slot.recipients.count)
    for recipient in slot.recipients {
      writer.append(UInt64(recipient.offset))
      writer.append(UInt64(recipient.addressLength))
      writer.append(UInt64(recipient.localPartLength))
      writer.append(UInt64(recipient.originalLength))
      writer.append(recipient.notify.rawValue)
      Self.write(recipient, table, &writer)
    }
    let bytes = writer.finish()
    messages[message].wholeLength = UInt32(truncatingIfNeeded: bytes.count)
    messages[message].changeLength = 0
    records.append(DeliveryRecord(id: QueueID(slot.id), kind: .whole, bytes: bytes))
  }

  /// Stores what has changed for these recipients, or that the message is done.
  mutating func persistChange(_ message: UInt32, _ indices: [UInt32]) {
    retire(message)
    let slot = messages[message]
    // A message that is not stored yet writes its first record itself.
    guard slot.id != 0, slot.isAccepted else { return }
    // Changes are gathered up once they are longer than what they change.
    guard slot.changeLength <= 512 + 2 * slot.wholeLength else { return persistWhole(message) }
    var writer = RecordWriter(.change, QueueID(slot.id))
    writer.append(slot.flags)
    let table = StatusTable(indices.map { slot.recipients[Int($0)].status }, statuses, &writer)
    writer.append(indices.count)
    for index in indices {
      writer.append(UInt64(index))
      Self.write(slot.recipients[Int(index)], table, &writer)
    }
    let bytes = writer.finish()
    messages[message].changeLength += UInt32(truncatingIfNeeded: bytes.count)
    records.append(DeliveryRecord(id: QueueID(slot.id), kind: .change, bytes: bytes))
  }

  private static func write(_ recipient: RecipientSlot, _ table: StatusTable, _ writer: inout RecordWriter) {
    writer.append(recipient.state.rawValue)
    writer.append(recipient.notices)
    writer.append(recipient.pending)
    writer.append(UInt64(recipient.attempts))
    writer.append(time: recipient.due)
    writer.append(time: recipient.lastAttempt)
    writer.append(UInt64(table.places[recipient.status] ?? 0))
  }
}

extension MessageSlot {
  fileprivate var flags: UInt8 {
    (isInternationalised ? 1 : 0) | (requiresTLS ? 2 : 0) | (isHeld ? 4 : 0) | (isCancelled ? 8 : 0)
  }
}

/// The statuses of a record, each once, numbered from 1.
private struct StatusTable {
  var places: [UInt32: Int] = [:]

  init(_ used: [UInt32], _ statuses: SlotTable<StatusSlot>, _ writer: inout RecordWriter) {
    var order: [UInt32] = []
    for index in used where index != .none && places[index] == nil {
      order.append(index)
      places[index] = order.count
    }
    writer.append(order.count)
    for index in order {
      guard let status = statuses[index].status else { continue }
      writer.append(status.code.statusClass)
      writer.append(UInt64(status.code.subject))
      writer.append(UInt64(status.code.detail))
      writer.append(status.stage.rawValue)
      writer.append(status.host)
      writer.append(UInt64(status.reply?.code.number ?? 0))
      guard let reply = status.reply else { continue }
      writer.append(UInt64(reply.status.map { Int($0.subject) * 1000 + Int($0.detail) + 1 } ?? 0))
      writer.append(reply.text)
    }
  }
}
