import MailDelivery
import MailWire
import SMTPCodec

// Reports go into the sender's Maildir, or through the queue to where he is: with the null reverse-path, so that nobody
// answers them, and no failure of theirs makes another.

extension Relay {
  /// Writes the report and sees to it that it gets to the sender.
  func send(_ report: DeliveryReport) {
    do throws(SystemError) { try write(report) } catch {
      // It is asked for again after the next start.
      Console.complaint("cannot report what became of message \(report.id): \(error)")
    }
  }

  private func write(_ report: DeliveryReport) throws(SystemError) {
    if store.accounts.find(report.sender) == nil, store.accounts.isLocal(report.sender) {
      Console.complaint("nobody to report to about message \(report.id): \(report.sender) does not exist")
      return queue.settle(report)
    }
    let composed = try compose(report)
    let unique = store.nextName()
    let account = store.accounts.find(report.sender)
    let folder = account.map(store.maildir) ?? Maildir(path: spool.path)
    var file = try Delivery(in: folder, unique: unique)
    try file.append([UInt8]("Return-Path: <>\r\n".utf8) + composed.head)
    if composed.includesMessage {
      var text = try SpooledText(path: spool.contentPath(report.id))
      while case let part = try text.next(into: &loop.readBuffer), !part.isEmpty { try file.append(Array(part)) }
    }
    try file.append(composed.tail)
    guard let account else {
      var message = DeliveryMessage(from: composed.sender)
      message.size = file.octets
      message.body = composed.body
      let recipient = DeliveryRecipient(composed.recipient, dsn: composed.parameters)
      _ = try take(message, to: [recipient], content: file, answering: report)
      return
    }
    try store.commit(file, to: [store.maildir(of: account)])
    queue.settle(report)
  }

  private func compose(_ report: DeliveryReport) throws(SystemError) -> ComposedReport {
    var generator = SystemRandomNumberGenerator()
    var original = OriginalMessage(using: &generator)
    var text = try SpooledText(path: spool.contentPath(report.id))
    while case let part = try text.next(into: &loop.readBuffer), !part.isEmpty { original.add(part.span) }
    let date = DateTime(secondsSince1970: Clock.microsecondsSince1970 / 1_000_000)
    var message = ReportMessage(report, reportingMTA: name, now: Clock.today, date: date)
    // Whether the sender's host takes 8-bit text, nobody knows yet; a report that comes back is lost.
    message.allowsEightBit = store.accounts.find(report.sender) != nil
    return message.compose(original)
  }
}
