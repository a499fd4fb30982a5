import MailDelivery
import MailTestKit
import MailWire
import SMTPCodec
import Testing

@Suite struct DeliveryQueueTests {
  /// What the author of a host writes.
  @Test func tenLinesOfAHost() throws {
    var queue = DeliveryQueue()
    var stored: [DeliveryRecord] = []
    var delivered: [DeliveryRecipient] = []
    queue.advance(to: .zero)
    let sender = try Mailbox("susan@website.test")
    let id = try queue.enqueue(
      DeliveryMessage(from: .mailbox(sender)), to: [DeliveryRecipient(try Mailbox("robert@domain.test"))])
    let host = NextHop(.domain(try Domain("mail.domain.test")))
    while case .event(let event) = queue.poll() {
      switch event {
      case .persist(let record): stored.append(record)
      case .accepted(let accepted): check(accepted == id)
      case .resolve(let domain): queue.resolved(domain, .hosts([host], site: nil), validFor: .seconds(300))
      case .connect(let session, _): try queue.sessionReady(session, SessionCapabilities())
      case .send(let session, let transaction):
        delivered += transaction.recipients
        try queue.transactionEnded(session, transaction.recipients.map { _ in .delivered })
      default: break
      }
    }
    check(delivered.count == 1 && queue.messageCount == 0)
    check(stored.map(\.kind) == [.whole, .removal], "\(stored)")
  }

  @Test func busyBackupThenTheSchedule() {
    let host = QueueHost()
    host.enqueue(to: "robert@domain.test", "paul@domain.test")
    #expect(host.taken() == ["whole", "accepted", "resolve domain.test", "connect mx1.test:25"])
    host.fail()
    #expect(host.taken() == ["connect mx2.test:25"])
    host.ready()
    #expect(host.taken() == [#"send ["robert@domain.test", "paul@domain.test"]"#])
    host.answer(QueueHost.reply(451, "4.3.0 busy"), .delivered)
    #expect(host.taken() == ["change", "disconnect"])
    #expect(host.deadline == .zero + .seconds(300))
    host.pass(300)
    #expect(host.taken() == ["resolve domain.test", "connect mx1.test:25"])
    host.ready()
    host.answer(.delivered)
    #expect(host.taken() == [#"send ["robert@domain.test"]"#, "removal", "disconnect"])
    check(host.queue.messageCount == 0 && host.queue.sessionCount == 0 && host.deadline == nil)
  }

  @Test func aDestinationThatStaysAwayIsReportedOnce() {
    let host = QueueHost()
    let id = host.enqueue(to: "robert@domain.test")
    var attempts = 0
    while host.seconds < 90_000, host.queue.messageCount > 0, host.reports.count < 2 {
      while !host.connections.isEmpty {
        attempts += 1
        host.fail(.timedOut)
      }
      guard let deadline = host.deadline else { break }
      host.pass(max(1, deadline.nanoseconds / 1_000_000_000 - host.seconds))
    }
    check(
      attempts > 40 && host.seconds >= 86_400 && host.seconds < 90_000,
      "\(attempts) \(host.seconds) \(host.log.suffix(12))")
    check(host.reports.map { $0.recipients[0].action } == [.delayed, .failed], "\(host.log)")
    check(host.reports.allSatisfy { $0.id == id && $0.recipients[0].status?.code.description == "4.4.1" })
    // The report of failure is safe before the message goes.
    let report = host.reports[1]
    _ = host.taken()
    let notice = DeliveryMessage(from: .null)
    let number = try? host.queue.enqueue(notice, to: [DeliveryRecipient(report.sender)], answering: report)
    host.queue.settle(host.reports[0])
    host.drain()
    check(number != nil && host.log.prefix(3).contains("whole") && host.log.contains("removal"), "\(host.log)")
    check(host.queue.states(of: id) == nil && host.queue.messageCount == 1)
  }

  @Test func holdReleaseCancelAndFlush() throws {
    let host = QueueHost()
    host.route = .unknown(SMTPReply(451, nil, "4.4.3 later"))
    let id = host.enqueue(to: "robert@domain.test")
    try host.queue.hold(id)
    host.pass(100_000)
    check(!host.log.contains("report") && host.queue.states(of: id) == [.scheduled])
    let back = host.restarted()
    back.pass(1)
    check(back.log.isEmpty && back.queue.states(of: id) == [.scheduled], "\(back.log)")
    host.route = .hosts([QueueHost.hop("mx1.test")], site: nil)
    _ = host.taken()
    try host.queue.release(id)
    host.drain()
    // It is a day late by now, of which its sender hears, but it has not expired.
    check(host.log.contains("connect mx1.test:25") && host.reports.map { $0.recipients[0].action } == [.delayed])
    host.fail()
    let other = host.enqueue(to: "paul@domain.test")
    _ = host.taken()
    host.queue.flush([UInt8]("domain.test".utf8))
    host.drain()
    check(host.connections.count >= 1, "\(host.log)")
    try host.queue.cancel(other)
    host.drain()
    check(host.queue.states(of: other) == nil || host.queue.states(of: other) == [.scheduled])
    #expect(throws: MisuseError.badArgument) { try host.queue.hold(QueueID(99)) }
  }

  @Test func splittingLimitsAndOneSessionForMany() {
    var configuration = QueueHost.plain
    configuration.recipientsPerTransaction = 3
    configuration.concurrency = ConcurrencyWindow.Limits(initial: 1, maximum: 1)
    let host = QueueHost(configuration)
    host.enqueue(to: "a@domain.test", "b@domain.test", "c@domain.test", "d@domain.test")
    host.enqueue(host.message { $0.priority = 4 }, to: "e@domain.test")
    host.ready()
    host.answer(.delivered, .delivered, QueueHost.reply(452, "4.5.3 too many"))
    host.answer(.delivered)
    host.answer(.delivered, .delivered)
    let sends = host.log.filter { $0.hasPrefix("send") }
    #expect(
      sends == [
        #"send ["a@domain.test", "b@domain.test", "c@domain.test"]"#, #"send ["e@domain.test"]"#,
        #"send ["c@domain.test", "d@domain.test"]"#
      ])
    check(host.log.filter { $0.hasPrefix("connect") }.count == 1 && host.queue.messageCount == 0, "\(host.log)")
  }

  /// A host that has had enough of a session is asked again at once, through another, and only that answer counts.
  @Test func aSessionThatIsOverChargesNobody() {
    let rows: [(String, DeliveryResult?)] = [
      ("421", QueueHost.reply(421, "4.3.2 that is enough", at: .sender)), ("disconnected", nil)
    ]
    for (name, result) in rows {
      var configuration = QueueHost.plain
      configuration.concurrency = ConcurrencyWindow.Limits(initial: 1, maximum: 1)
      let host = QueueHost(configuration)
      host.enqueue(to: "a@domain.test")
      let id = host.enqueue(to: "b@domain.test")
      host.ready()
      host.answer(.delivered)
      _ = host.taken()
      func refuse() {
        if let result { return host.answer(result) }
        let session = host.sends.removeFirst().session
        check((try? host.queue.sessionEnded(session, .disconnected, at: .sender)) != nil, "not ended")
        host.drain()
      }
      refuse()
      check(host.log.contains("connect mx1.test:25"), "\(name): \(host.log)")
      check(host.queue.entry(of: id)?.recipients.map { $0.attempts } == [0], "\(name)")
      host.ready()
      refuse()
      // The first answer of a session is one about the host or the message.
      check(!host.log.dropFirst(3).contains("connect mx1.test:25"), "\(name): \(host.log)")
      host.ready()
      host.answer(.delivered)
      check(host.queue.messageCount == 0, "\(name): \(host.log)")
    }
  }

  @Test func whatASessionCannotDo() {
    let rows: [(String, (inout DeliveryMessage) -> Void, (inout SessionCapabilities) -> Void, String)] = [
      ("SIZE", { $0.size = 1000 }, { $0.sizeLimit = 999 }, "5.3.4"),
      ("REQUIRETLS", { $0.requiresTLS = true }, { _ in }, "5.7.30"),
      ("8BITMIME", { $0.body = .eightBitMIME }, { _ in }, "5.6.3"),
      ("SMTPUTF8", { $0.isInternationalised = true }, { _ in }, "5.6.7"),
      ("BY=R", { $0.deliverBy = DeliverBy(.zero + .seconds(60), .return) }, { _ in }, "5.3.3"),
      ("hops", { $0.hops = 100 }, { _ in }, "5.4.6")
    ]
    for (name, message, capabilities, status) in rows {
      let host = QueueHost()
      host.route = .hosts([QueueHost.hop("mx1.test")], site: nil)
      host.enqueue(host.message(message), to: "robert@domain.test")
      if !host.connections.isEmpty { host.ready(capabilities) }
      check(host.log.last == "report [\"robert@domain.test failed \(status)\"]", "\(name): \(host.log)")
    }
    let next = QueueHost()
    next.enqueue(next.message { $0.requiresTLS = true }, to: "robert@domain.test")
    next.ready()
    next.ready { $0.offersRequireTLS = true }
    check(next.log.last == #"send ["robert@domain.test"]"#, "\(next.log)")
  }

  @Test func futureReleaseAndDeliverByNotice() {
    let host = QueueHost()
    host.enqueue(host.message { $0.holdUntil = .zero + .seconds(1000) }, to: "robert@domain.test")
    #expect(host.taken() == ["whole", "accepted"])
    host.pass(1000)
    #expect(host.taken().last == "connect mx1.test:25")
    let other = QueueHost()
    other.route = .unknown(SMTPReply(451, nil, "4.4.3 later"))
    other.enqueue(other.message { $0.deliverBy = DeliverBy(.zero + .seconds(60), .notify) }, to: "robert@domain.test")
    other.pass(60)
    check(other.reports.map { $0.recipients[0].action } == [.delayed], "\(other.log)")
    other.pass(60)
    check(other.reports.count == 1, "\(other.log)")
  }

  @Test func aStoreThatFails() {
    let host = QueueHost()
    host.failingRecords = 1
    let id = host.enqueue(to: "robert@domain.test")
    #expect(host.taken() == ["failed whole", "refused"])
    check(host.queue.states(of: id) == nil && host.queue.messageCount == 0)
    host.enqueue(to: "robert@domain.test")
    host.ready()
    _ = host.taken()
    host.failingRecords = 2
    host.answer(QueueHost.reply(450, "4.2.1 later"))
    #expect(host.taken() == ["failed change"])
    host.pass(10)
    #expect(host.taken() == ["failed change"])
    host.pass(10)
    #expect(host.taken().first == "change")
  }

  @Test func tlsFallsBackOnceAndRepliesExplain() {
    let host = QueueHost()
    host.enqueue(to: "robert@domain.test")
    _ = host.taken()
    host.fail(.tlsFailed, at: .tls)
    #expect(host.taken() == ["connect mx1.test:25 plaintext"])
    host.fail(.reply(SMTPReply(554, nil, "No")), at: .greeting)
    #expect(host.taken() == ["connect mx2.test:25"])
    host.fail(.reply(SMTPReply(554, nil, "Never")), at: .greeting)
    #expect(host.taken() == ["change", #"report ["robert@domain.test failed 5.0.0"]"#])
    check(host.reports[0].recipients[0].status?.reply?.text == [UInt8]("Never".utf8))
  }

  /// A destination that is away for five days costs a probe now and then, however many messages wait for it.
  @Test func anOutageOfFiveDays() {
    var configuration = DeliveryQueueConfiguration()
    configuration.schedule.delayNotices = []
    let host = QueueHost(configuration)
    for index in 0..<500 { host.enqueue(to: "u\(index)@domain.test") }
    var attempts = 0
    while host.queue.messageCount > 0, attempts < 10_000 {
      while !host.connections.isEmpty {
        attempts += 1
        host.fail()
      }
      for report in host.reports { host.queue.settle(report) }
      host.reports = []
      host.drain()
      guard let deadline = host.deadline else { break }
      host.pass(max(1, deadline.nanoseconds / 1_000_000_000 - host.seconds))
    }
    check(host.queue.messageCount == 0 && host.store.isEmpty, "\(host.queue.messageCount)")
    check(host.log.filter { $0.hasPrefix("report") }.count == 500 && attempts < 400, "\(attempts)")
    check(host.seconds >= 432_000 && host.seconds < 440_000, "\(host.seconds)")
  }
}
