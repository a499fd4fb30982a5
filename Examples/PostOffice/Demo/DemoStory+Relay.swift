import MailDelivery
import MailWire
import SMTP
import SMTPCodec

// Mail for other hosts: one whose first server is down and whose backup is busy, and one that stays away.

extension DemoStory {
  /// The routes, and a schedule on which days become seconds.
  static func relayOptions(backup: Endpoint, absent: [Endpoint]) -> RelayOptions {
    var options = RelayOptions()
    for (domain, hosts) in [("partner.test", [absent[0], backup]), ("away.test", [absent[1]])] {
      let targets = hosts.compactMap { try? RelayTarget("[\($0.host)]:\($0.port)") }
      if let domain = try? Domain(domain) { options.routes.append((domain, targets)) }
    }
    options.schedule = RetrySchedule(
      RetryIntervals(.list([.seconds(1)])), exceptions: [:], expiry: .seconds(4), delayNotices: [.seconds(2)])
    return options
  }

  /// An address where nobody listens: somebody did a moment ago.
  static func makeAbsentHost() throws(SystemError) -> Endpoint {
    Socket.localEndpoint(of: try Socket.makeListener(on: Endpoint(host: "127.0.0.1", port: 0)))
  }

  mutating func relay() throws(SystemError) {
    try meetBusyBackup()
    try meetIdleBackup()
    try waitInVain()
    try readReports()
  }

  private mutating func meetBusyBackup() throws(SystemError) {
    report.section("Susan writes to Pat at partner.test: the primary server is down, the backup is busy")
    explain(
      "The primary is \(absent[0]), where nobody listens; the backup is \(backup.endpoint).",
      "Days are seconds in this demonstration: mail is tried again after 1 s, its sender hears of",
      "the delay after 2 s, and it goes back undelivered after 4 s.")
    let client = try send(
      from: "susan@website.test", to: ["pat@partner.test"], at: server.submission, as: Self.susan)
    let reply = client.outcome?.recipients.first.map(Self.describe) ?? "no result"
    report.check("mail for another host is stored", reply.hasPrefix("250 2.0.0 Queued"), reply)
    try wait { backup.refusalCount > 0 && QueueView(server.relay.queue).list.joined().contains("451 4.3.2") }
    let queue = showQueue()
    report.check(
      "the primary is down, the backup is asked", backup.refusalCount > 0, "451 4.3.2 from \(backup.endpoint)")
    report.check("the backup is busy, the message waits", queue.contains("1 attempt failed"), "1 attempt failed")
  }

  private mutating func meetIdleBackup() throws(SystemError) {
    report.section("The backup is no longer busy: the message is tried again")
    backup.isBusy = false
    try wait { !backup.texts.isEmpty && server.relay.queue.messageCount == 0 }
    _ = showQueue()
    let text = backup.texts.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
    let sent = Self.message.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    report.check("the backup takes it, to the octet", text.hasSuffix("\r\n" + sent), "\(sent.utf8.count) octets")
    let left = (try? Files.names(in: server.relay.spool.path + "/content").count) ?? -1
    report.check("nothing of it is left", left == 0, "\(left) files in the queue")
  }

  private mutating func waitInVain() throws(SystemError) {
    report.section("Susan writes to Ann at away.test, whose only server stays away")
    explain("It would be \(absent[1]), where nobody listens.")
    _ = try send(from: "susan@website.test", to: ["ann@away.test"], at: server.submission, as: Self.susan)
    for count in [1, 2] {
      try wait { QueueView(server.relay.queue).list.joined().contains("\(count) attempt") }
      _ = showQueue()
    }
    let start = loop.now
    try wait { server.relay.queue.messageCount == 0 }
    _ = showQueue()
    let seconds = (loop.now - start).components.seconds
    report.check("it is given up in the end", server.relay.queue.messageCount == 0, "\(seconds) s later")
  }

  private mutating func readReports() throws(SystemError) {
    report.section("Susan fetches her mail: a notice that it is late, and the message, undelivered (port pop3)")
    let reader = try read(as: Self.susan)
    let texts = reader.texts.map { String(decoding: $0, as: UTF8.self) }
    for text in texts {
      Console.line("")
      for line in text.split(separator: "\r\n", omittingEmptySubsequences: false) { Console.line("   | \(line)") }
    }
    let notice = texts.first { $0.contains("\r\nAction: delayed\r\n") } ?? ""
    report.check("she was told of the delay", notice.contains("ann@away.test"), "Action: delayed")
    let bounce = texts.first { $0.contains("\r\nAction: failed\r\n") } ?? ""
    report.check(
      "her message came back undelivered", bounce.contains("Lunch on Thursday?") && bounce.contains("ann@away.test"),
      "Action: failed")
    let areFinal = !texts.isEmpty && texts.allSatisfy { $0.hasPrefix("Return-Path: <>\r\n") }
    report.check("nobody answers these reports", areFinal, "Return-Path: <>")
  }

  // MARK: The means

  private func explain(_ lines: String...) {
    for line in lines { Console.line("   \(line)") }
    Console.line("")
  }

  /// Turns the loop until something has happened, or ten seconds have passed.
  private func wait(until isDone: () -> Bool) throws(SystemError) {
    let limit = Clock.now + .seconds(10)
    try loop.run { isDone() || Clock.now > limit }
  }

  /// Prints the queue as `postoffice queue list` does.
  private func showQueue() -> String {
    let lines = QueueView(server.relay.queue).list
    Console.line("")
    for line in lines { Console.line("   queue: \(line)") }
    return lines.joined(separator: "\n")
  }
}
