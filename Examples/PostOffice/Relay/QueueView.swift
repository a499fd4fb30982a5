import MailDelivery
import MailWire
import SMTPCodec

/// The queue in words, for whoever looks after it.
struct QueueView {
  private(set) var entries: [QueueID: QueueEntry] = [:]
  private let now: Instant

  /// The queue as it lies on the disk.
  init(path: String) throws(SystemError) {
    var queue = DeliveryQueue()
    try Spool.reading(path).restore(&queue, repairing: false)
    self.init(queue)
  }

  init(_ queue: borrowing DeliveryQueue, now: Instant = Clock.today) {
    self.now = now
    for id in queue.ids { entries[id] = queue.entry(of: id) }
  }

  /// A line for each message, with a line for each recipient that is still to get it, and one that sums up.
  var list: [String] {
    var lines: [String] = []
    for id in entries.keys.sorted() {
      guard let entry = entries[id] else { continue }
      lines.append(
        "\(id)  \(entry.message.size) octets  from \(entry.message.sender)  \(Self.text(entry.arrival, now)) old"
          + (entry.isHeld ? "  held" : ""))
      for recipient in entry.recipients where !recipient.state.isFinal {
        lines.append("    \(recipient.recipient.mailbox)  \(state(of: recipient, entry))")
      }
    }
    return lines + ["\(entries.count) \(entries.count == 1 ? "message" : "messages") in the queue"]
  }

  /// Everything about a message.
  func details(of id: QueueID) -> [String] {
    guard let entry = entries[id] else { return [] }
    var lines = [
      "message \(id)", "from     \(entry.message.sender)", "size     \(entry.message.size) octets",
      "arrived  \(date(entry.arrival))", "expires  \(date(entry.expiry))"
    ]
    if entry.isHeld { lines.append("held     until it is released") }
    for recipient in entry.recipients {
      lines.append("to       \(recipient.recipient.mailbox)  \(state(of: recipient, entry))")
      if let status = recipient.status {
        let host = status.host.isEmpty ? "" : " \(String(decoding: status.host, as: UTF8.self))"
        lines.append("         \(status.code)\(host): \(Self.oneLine(status.reply?.description ?? "no answer"))")
      }
    }
    return lines
  }

  private func state(of recipient: QueueEntry.Recipient, _ entry: QueueEntry) -> String {
    guard !recipient.state.isFinal else { return "\(recipient.state)" }
    let attempts = "\(recipient.attempts) \(recipient.attempts == 1 ? "attempt" : "attempts") failed"
    let reply = recipient.status.map { ", last \(Self.oneLine($0.reply?.description ?? $0.code.description))" } ?? ""
    guard !entry.isHeld, let next = recipient.nextAttempt else { return attempts + reply }
    return "\(attempts)\(reply), next \(next <= now ? "now" : "in \(Self.text(now, next))")"
  }

  private func date(_ instant: Instant) -> String {
    MailDate(secondsSince1970: instant.nanoseconds / 1_000_000_000).description
  }

  /// A peer's words, which must not end a line here or speak to the terminal.
  private static func oneLine(_ text: String) -> String {
    String(decoding: text.utf8.map { 32...126 ~= $0 ? $0 : 32 }, as: UTF8.self)
  }

  /// The time between two instants in its largest unit.
  private static func text(_ start: Instant, _ end: Instant) -> String {
    let milliseconds = max(0, end.nanoseconds - start.nanoseconds) / 1_000_000
    switch milliseconds {
    case ..<10_000: return "\(milliseconds / 1000).\(milliseconds / 100 % 10) s"
    case ..<120_000: return "\(milliseconds / 1000) s"
    case ..<7_200_000: return "\(milliseconds / 60_000) min"
    case ..<172_800_000: return "\(milliseconds / 3_600_000) h"
    default: return "\(milliseconds / 86_400_000) days"
    }
  }
}
