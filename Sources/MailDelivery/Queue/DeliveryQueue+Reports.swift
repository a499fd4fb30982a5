@_spi(MailCodec) import MailWire
import SMTPCodec

/// A report that the host is making.
struct OutstandingReport: Sendable {
  let message: UInt32
  let recipients: [(index: UInt32, bits: UInt8)]
  /// What a record says of it: message, count, and each recipient with its bits.
  let answers: [UInt8]
}

extension DeliveryQueue {
  mutating func requestReport(_ message: UInt32, _ recipient: UInt32, _ bit: UInt8) {
    guard messages[message].senderLength > 0 else { return }
    messages[message].recipients[Int(recipient)].pending |= bit
    if reportQueue[message] == nil, messages[message].isAccepted { reportable.append(message) }
    reportQueue[message, default: []].append(recipient)
  }

  /// Tells the host of a report that is due, with all the recipients of the message about whom there is something to say.
  mutating func report(_ message: UInt32) {
    guard let indices = reportQueue.removeValue(forKey: message), let sender = messages[message].sender else { return }
    var items: [(index: UInt32, bits: UInt8)] = []
    var recipients: [DeliveryReport.Recipient] = []
    // A recipient is there twice when a notice of delay had not gone out before the end came.
    for index in Set(indices).sorted() {
      let slot = messages[message].recipients[Int(index)]
      guard let action = slot.reportAction else { continue }
      let bits = action == .delayed ? RecipientSlot.delayReport : RecipientSlot.finalReport
      items.append((index, bits))
      recipients.append(
        DeliveryReport.Recipient(
          recipient: messages[message].value(of: slot), action: action,
          status: slot.status == .none ? nil : statuses[slot.status].status,
          lastAttempt: slot.lastAttempt == .min ? nil : Instant(nanoseconds: slot.lastAttempt)))
    }
    guard !items.isEmpty else { return retire(message) }
    var writer = RecordWriter(.whole, QueueID(messages[message].id))
    let start = writer.bytes.count
    writer.append(messages[message].id)
    writer.append(items.count)
    for item in items {
      writer.append(UInt64(item.index))
      writer.append(item.bits)
    }
    reports[nextReport] = OutstandingReport(
      message: message, recipients: items, answers: [UInt8](writer.bytes[start...]))
    messages[message].outstandingReports += 1
    let slot = messages[message]
    events.append(
      .report(
        DeliveryReport(
          number: nextReport, id: QueueID(slot.id), sender: sender, dsn: slot.dsn, requiresTLS: slot.requiresTLS,
          arrival: Instant(nanoseconds: slot.created), expiry: Instant(nanoseconds: slot.expires),
          recipients: recipients)))
    nextReport += 1
  }

  /// The report has been handed on by other means than ``enqueue(_:to:answering:)``, or nobody wants it. A report that is
  /// not settled comes again after a restart.
  public mutating func settle(_ report: DeliveryReport) {
    guard let outstanding = reports.removeValue(forKey: report.number) else { return }
    let message = outstanding.message
    messages[message].outstandingReports -= 1
    for (index, bits) in outstanding.recipients {
      messages[message].recipients[Int(index)].pending &= ~bits
    }
    persistChange(message, outstanding.recipients.map { $0.index })
  }

  /// Deletes a message that has neither recipients nor reports left.
  mutating func retire(_ message: UInt32) {
    guard messages[message].remaining == 0, messages[message].outstandingReports == 0, messages[message].isAccepted,
      reportQueue[message] == nil
    else { return }
    records.append(DeliveryRecord(id: QueueID(messages[message].id), kind: .removal, bytes: []))
    free(message: message)
  }

  mutating func free(message: UInt32) {
    for recipient in messages[message].recipients { release(recipient.status) }
    reportQueue[message] = nil
    slotByID[messages[message].id] = nil
    messages.remove(message, leaving: MessageSlot())
  }
}

extension RecipientSlot {
  /// What the report that is due has to say.
  var reportAction: DeliveryAction? {
    if pending & Self.finalReport != 0 {
      switch state {
      case .failed, .expired: return .failed
      case .delivered: return .delivered
      case .relayed: return .relayed
      case .expanded: return .expanded
      case .cancelled, .scheduled: return nil
      }
    }
    return pending & Self.delayReport != 0 && !state.isFinal ? .delayed : nil
  }
}
