import MailDelivery
import MailWire
import SMTPCodec
import Testing

@testable import PostOffice

/// Routes to partner.test and away.test, tried every second.
private func options(partner: [Endpoint], away: Endpoint, expiry: Duration = .seconds(3600)) throws -> RelayOptions {
  var options = RelayOptions()
  for (domain, hosts) in [("partner.test", partner), ("away.test", [away])] {
    let targets = try hosts.map { try RelayTarget("[\($0.host)]:\($0.port)") }
    options.routes.append((try Domain(domain), targets))
  }
  options.schedule = RetrySchedule(
    RetryIntervals(.list([.seconds(1)])), exceptions: [:], expiry: expiry, reportExpiry: expiry,
    delayNotices: [])
  options.restartSpread = .milliseconds(1)
  return options
}

private func isEmpty(_ host: Host) -> Bool {
  let files = ["content", "records", "tmp"].map {
    (try? Files.names(in: host.server.relay.spool.path + "/" + $0)) ?? [""]
  }
  return host.server.relay.queue.messageCount == 0 && files.allSatisfy(\.isEmpty)
}

@Test func mailWaitsForABusyBackupAndGoesThereOnce() throws {
  let loop = EventLoop()
  let backup = try DemoBackup(name: try Domain("backup.partner.test"), loop: loop)
  let absent = try DemoStory.makeAbsentHost()
  let host = try Host(relay: try options(partner: [absent, backup.endpoint], away: absent), loop: loop)
  #expect(try host.submit(to: ["pat@partner.test"]).hasPrefix("250 2.0.0 Queued as 1\r\n"))
  let queue = { QueueView(host.server.relay.queue).list }
  try host.wait { queue().joined().contains("1 attempt failed, last 451 4.3.2 Busy") }
  backup.isBusy = false
  try host.wait { isEmpty(host) }
  #expect(backup.texts.count == 1 && queue() == ["0 messages in the queue"])
  let text = String(decoding: backup.texts.first ?? [], as: UTF8.self)
  #expect(text.hasPrefix("Received: from client.test") && text.hasSuffix("\r\nSubject: x\r\n\r\n.\r\n"))
  #expect(try host.messages(of: 0).isEmpty)
}

@Test func aMessageForBothSidesIsStoredOnceAndSentWithoutReturnPath() throws {
  let absent = try DemoStory.makeAbsentHost()
  let host = try Host(relay: try options(partner: [absent], away: absent))
  let reply = try host.submit(to: ["pat@partner.test", "pat@PARTNER.test", "susan@website.test", "ann@away.test"])
  #expect(reply.hasPrefix("250 2.0.0 Queued as 1\r\n"))
  let spool = host.server.relay.spool
  #expect(try host.texts(of: 0).count == 1)
  #expect(try Files.names(in: spool.path + "/content") == ["1"] && Files.names(in: spool.path + "/records") == ["1"])
  var text = try SpooledText(path: spool.contentPath(QueueID(1)))
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  let part = Array(try text.next(into: &buffer))
  #expect(String(decoding: part, as: UTF8.self).hasPrefix("Received: from client.test"))
  let found = host.server.relay.queue.entry(of: QueueID(1))
  let entry = try #require(found)
  #expect(entry.message.size == UInt64(part.count))
  #expect(entry.recipients.map(\.recipient.mailbox.description) == ["pat@partner.test", "ann@away.test"])
}

@Test func whatExpiresComesBackOnceAndNothingIsLeft() throws {
  let absent = try DemoStory.makeAbsentHost()
  let host = try Host(relay: try options(partner: [absent], away: absent, expiry: .seconds(1)))
  _ = try host.submit(to: ["ann@away.test"])
  try host.wait { isEmpty(host) }
  let texts = try host.texts(of: 0)
  #expect(texts.count == 1)
  let text = texts.first ?? ""
  for line in ["Return-Path: <>", "Action: failed", "Status: 4.4.1", "Final-Recipient: rfc822; ann@away.test"] {
    #expect(("\r\n" + text).contains("\r\n\(line)\r\n"), "\(line)")
  }
  #expect(text.contains("\r\n\r\nReceived: from client.test"))
}

/// A report to somebody elsewhere goes through the queue, with the null reverse-path, and answers nobody when it fails.
@Test func reportsGoOnwardAndAreNotAnswered() throws {
  let loop = EventLoop()
  let backup = try DemoBackup(name: try Domain("backup.partner.test"), loop: loop)
  backup.isBusy = false
  let absent = try DemoStory.makeAbsentHost()
  var relay = try options(partner: [backup.endpoint], away: absent, expiry: .seconds(1))
  relay.networks = [try #require(Network(parsing: "127.0.0.0/8"))]
  let host = try Host(relay: relay, loop: loop)
  for sender in ["pat@partner.test", "ann@away.test", ""] {
    let talker = try Talker(to: host.server.smtp, loop: loop)
    _ = try talker.hear(until: "220 ")
    let envelope = "HELO x.test\r\nMAIL FROM:<\(sender)>\r\nRCPT TO:<nobody@away.test>\r\nDATA\r\n"
    _ = try talker.say(envelope, until: "354 ")
    #expect(try talker.say("Subject: y\r\n\r\nz\r\n.\r\n", until: "250 ").contains("Queued as"))
  }
  try host.wait { isEmpty(host) }
  #expect(backup.texts.count == 1)
  let text = String(decoding: backup.texts.first ?? [], as: UTF8.self)
  #expect(text.hasPrefix("From: Mail Delivery System <MAILER-DAEMON@website.test>\r\nTo: <pat@partner.test>\r\n"))
  #expect(try host.messages(of: 0).isEmpty && host.messages(of: 1).isEmpty)
}

@Test func theQueueOutlivesTheProcessAndObeysOrders() throws {
  let loop = EventLoop()
  let backup = try DemoBackup(name: try Domain("backup.partner.test"), loop: loop)
  backup.isBusy = false
  let absent = try DemoStory.makeAbsentHost()
  let folder = try TemporaryFolder()
  do {
    let host = try Host(relay: try options(partner: [absent], away: absent), folder: folder.path)
    for recipient in ["pat@partner.test", "ann@away.test", "pia@partner.test"] { _ = try host.submit(to: [recipient]) }
    try host.wait { QueueView(host.server.relay.queue).list.filter { $0.contains("attempt failed") }.count == 3 }
    // While the server runs, it takes the order from its file.
    try QueueCommand.run(try queueOptions(folder.path, "hold", "3"))
    try host.wait { host.server.relay.queue.entry(of: QueueID(3))?.isHeld == true }
    try host.stop()
  }
  // Half a record, and a message that was never answered.
  let path = folder.path + "/queue"
  let record = try Files.openToAppend(path + "/records/1")
  try record.sendAll([0, 0, 0, 9, 1].span)
  try Files.write("half", to: path + "/content/77")
  try Files.write("half", to: path + "/tmp/78")
  // Without a server, orders change the records.
  try QueueCommand.run(try queueOptions(folder.path, "cancel", "2"))
  #expect(throws: Failure.self) { try QueueCommand.run(try queueOptions(folder.path, "show", "2")) }
  let lines = try QueueView(path: path).list
  #expect(lines.last == "2 messages in the queue" && lines.contains { $0.hasPrefix("3 ") && $0.hasSuffix("  held") })
  #expect(try Files.names(in: path + "/content").sorted() == ["1", "3"] && Files.names(in: path + "/tmp").isEmpty)

  let host = try Host(
    relay: try options(partner: [backup.endpoint], away: absent), folder: folder.path, loop: loop)
  try host.wait { host.server.relay.queue.messageCount == 1 }
  #expect(backup.texts.count == 1 && host.server.relay.queue.entry(of: QueueID(3))?.isHeld == true)
  try QueueCommand.run(try queueOptions(folder.path, "release", "3"))
  try host.wait { isEmpty(host) }
  #expect(backup.texts.count == 2)
  // A new message takes no name that is in use.
  #expect(try host.submit(to: ["pat@partner.test"]).hasPrefix("250 2.0.0 Queued as 4\r\n"))
}

private func queueOptions(_ folder: String, _ words: String...) throws -> QueueOptions {
  try QueueOptions(parsing: (["--directory", folder] + words)[...])
}

/// A disk that takes no record: the client is told, nothing is kept, and nothing is sent.
@Test func whatCannotBeStoredIsNotAccepted() throws {
  let loop = EventLoop()
  let backup = try DemoBackup(name: try Domain("backup.partner.test"), loop: loop)
  backup.isBusy = false
  let host = try Host(
    relay: try options(partner: [backup.endpoint], away: try DemoStory.makeAbsentHost()), loop: loop)
  let path = host.server.relay.spool.path
  for folder in ["records", "content"] {
    try Files.move("\(path)/\(folder)", to: "\(path)/elsewhere")
    #expect(try host.submit(to: ["pat@partner.test"]).hasPrefix("451 4.3.0 "))
    try Files.move("\(path)/elsewhere", to: "\(path)/\(folder)")
    #expect(isEmpty(host), "\(folder)")
  }
  #expect(try host.submit(to: ["pat@partner.test"]).hasPrefix("250 "))
  try host.wait { isEmpty(host) }
  #expect(backup.texts.count == 1)
}

/// A record that cannot be written holds up all that comes behind it, and new mail is not accepted meanwhile.
@Test func aQueueThatCannotWriteTakesNothing() throws {
  let absent = try DemoStory.makeAbsentHost()
  let host = try Host(relay: try options(partner: [absent], away: absent))
  _ = try host.submit(to: ["pat@partner.test"])
  try host.wait { QueueView(host.server.relay.queue).list.contains { $0.contains("1 attempt failed") } }
  let path = host.server.relay.spool.path
  try Files.move(path + "/records/1", to: path + "/tmp/1")
  try Files.makeFolder(path + "/records/1")
  try QueueCommand.run(try queueOptions(host.folder, "flush"))
  try host.wait { (try? Files.names(in: path + "/orders"))?.isEmpty == true }
  #expect(try host.submit(to: ["ann@away.test"]).hasPrefix("451 4.3.0 "))
  #expect(try Files.names(in: path + "/content") == ["1"])
}
