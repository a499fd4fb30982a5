import MailDelivery
import MailWire
import SMTPCodec

/// A delivery queue on virtual time, with a world of mail servers around it and a host that may die at any record.
public final class Simulation {
  enum Happening {
    case resolved(domain: [UInt8])
    case connected(SessionID)
    case sent(SessionID)
  }

  struct Session {
    var isBackup: Bool
    /// The domain that it was opened for.
    var destination: Int
    var domain = -1
    var transaction: DeliveryTransaction?
    var results: [DeliveryResult] = []
    var arrivals: [Int] = []
  }

  /// What is known of a recipient.
  struct Flags: OptionSet {
    let rawValue: UInt8
    static let accepted = Flags(rawValue: 1)
    static let inDoubt = Flags(rawValue: 2)
    static let tried = Flags(rawValue: 4)
    static let refused = Flags(rawValue: 8)
    static let failureReported = Flags(rawValue: 16)
    static let delayReported = Flags(rawValue: 32)
    static let done = Flags(rawValue: 64)
    static let silent = Flags(rawValue: 128)
  }

  let options: SimulationOptions
  let world: World
  var queue: DeliveryQueue
  var random: SplitMix
  var now: Int64 = 0
  var skew: Int64 = 0
  var happenings = EventHeap<Happening>()
  var sessions: [SessionID: Session] = [:]
  /// The active sessions of a destination, which is a domain or a shared site.
  var active: [Int: Int] = [:]
  var store: [UInt64: [[UInt8]]] = [:]
  /// The first recipient and the number of recipients of a message, and when it came.
  var envelopes: [UInt64: (first: Int, count: Int, at: Int64)] = [:]
  var arrived: [UInt8]
  var flags: [Flags]
  var lastTry: [Int64]
  var unconfirmed: [Int] = []
  var injected = 0
  var crashAt: [Int] = []
  /// What came of it so far.
  public private(set) var result = SimulationResult()

  /// A simulation that has not begun.
  public init(_ options: SimulationOptions) {
    self.options = options
    world = World(seed: options.seed, illness: options.illness, isOutage: options.isOutage)
    random = SplitMix(state: options.seed)
    queue = DeliveryQueue(configuration: options.configuration)
    arrived = Array(repeating: 0, count: options.recipients)
    flags = Array(repeating: [], count: options.recipients)
    lastTry = Array(repeating: .min, count: options.domains)
    // A recipient makes about three records.
    for _ in 0..<options.crashes { crashAt.append(Int(random.next() % UInt64(options.recipients + 1)) + 1) }
    crashAt.sort(by: >)
    queue.advance(to: clock)
  }

  var clock: Instant { Instant(nanoseconds: now &+ skew) }
  var hour: Int64 { now / 3_600_000_000_000 }

  func expect(_ condition: Bool, _ text: @autoclosure () -> String) {
    if !condition, result.violations.count < 20 { result.violations.append(text()) }
  }

  func trace(_ kind: UInt64, _ value: UInt64) {
    result.trace = (result.trace ^ kind ^ value &* 31) &* 0x100_0000_01B3
  }

  /// Runs until nothing is left to happen.
  public func run() -> SimulationResult {
    let arrival = options.arrivalHours * 3_600_000_000_000
    while true {
      let share = max(arrival, 1) / Int64(max(options.recipients, 1))
      while injected < options.recipients, Int64(injected) * share <= now { inject() }
      guard let deadline = drain() else {
        restart()
        continue
      }
      var next = min(deadline, happenings.first ?? .max)
      if injected < options.recipients { next = min(next, Int64(injected) * share) }
      guard next < .max else { break }
      if next > now { now = next }
      jumpClock()
      queue.advance(to: clock)
      while let happening = happenings.popFirst(dueBy: now) { handle(happening) }
      result.steps += 1
      // A queue that works for nothing shows here: its time goes on by less than a second in a step.
      guard result.steps < 1000 + 200 * options.recipients else {
        expect(false, "no rest after \(now / 1_000_000_000) seconds")
        break
      }
    }
    conclude()
    return result
  }

  private func jumpClock() {
    guard options.clockJumps, random.next() % 500 == 0 else { return }
    let hours = Int64(random.next() % 48) - 24
    skew += hours * 3_600_000_000_000
  }

  private func inject() {
    let count = min(options.recipients - injected, 1 + Int(random.next() % UInt64(options.recipientsPerMessage)))
    let isSilent = random.next() % 10 == 0
    var message = DeliveryMessage(from: .null)
    if !isSilent, let sender = try? Mailbox("susan@home.test") { message.sender = .mailbox(sender) }
    message.priority = random.next() % 20 == 0 ? 5 : 0
    var recipients: [DeliveryRecipient] = []
    for index in injected..<(injected + count) {
      guard let mailbox = try? Mailbox("u\(index)@d\(domain(of: index)).test") else { continue }
      var recipient = DeliveryRecipient(mailbox)
      recipient.dsn.notify = NotifyConditions(rawValue: UInt8(world.chance(index, 3) % 16))
      if isSilent { flags[index].insert(.silent) }
      recipients.append(recipient)
    }
    if let id = try? queue.enqueue(message, to: recipients) {
      envelopes[id.number] = (injected, count, now)
    } else {
      expect(false, "the queue takes no message")
    }
    injected += count
  }

  func domain(of recipient: Int) -> Int { Int(world.chance(recipient, 4) % UInt64(options.domains)) }

  /// Takes what the queue puts out until it waits; nil when the host dies meanwhile.
  private func drain() -> Int64? {
    while true {
      switch queue.poll() {
      case .event(.persist(let record)):
        if !persist(record) { return nil }
      case .event(let event):
        handle(event)
      case .wait(let wait):
        unconfirmed.removeAll(keepingCapacity: true)
        guard let deadline = wait.deadline else { return .max }
        // The queue's clock does not go back; ours does.
        return max(now, deadline.nanoseconds &- skew)
      case .write, .transport, .trace:
        expect(false, "a queue has no transport")
      }
    }
  }

  private func persist(_ record: DeliveryRecord) -> Bool {
    result.records += 1
    result.recordOctets += record.bytes.count
    trace(1, record.id.number &* 8 &+ UInt64(record.kind.rawValue))
    switch record.kind {
    case .whole: store[record.id.number] = [record.bytes]
    case .change: store[record.id.number, default: []].append(record.bytes)
    case .removal:
      store[record.id.number] = nil
      finished(record.id.number)
    }
    guard let next = crashAt.last, result.records >= next else { return true }
    crashAt.removeLast()
    result.crashes += 1
    return false
  }

  /// A message is done: each of its recipients has its mail, or was refused, or its time was over.
  private func finished(_ id: UInt64) {
    guard let envelope = envelopes.removeValue(forKey: id) else { return }
    let expiry = envelope.at + 430_000_000_000_000
    for index in envelope.first..<(envelope.first + envelope.count) {
      let known = flags[index]
      expect(!known.contains(.done), "\(index) ended twice")
      flags[index].insert(.done)
      if arrived[index] > 0 {
        result.delivered += 1
        continue
      }
      result.failed += 1
      let domain = domain(of: index)
      let isOver = now >= expiry || options.clockJumps
      expect(
        known.contains(.refused) || world.habit(domain) == .vanished || isOver,
        "\(index) was given up after \((now - envelope.at) / 3_600_000_000_000) hours, \(world.habit(domain))")
      let wantsReport = NotifyConditions(rawValue: UInt8(world.chance(index, 3) % 16)).wantsFailure
      expect(
        known.contains(.failureReported) == (wantsReport && !known.contains(.silent)), "report of \(index)")
    }
  }

  private func handle(_ event: DeliveryEvent) {
    switch event {
    case .persist: break
    case .accepted(let id):
      trace(2, id.number)
      expect(store[id.number] != nil || envelopes[id.number] == nil, "\(id) is accepted and not stored")
    case .refused: expect(false, "nothing is refused here")
    case .resolve(let name):
      trace(3, UInt64(name.count))
      happenings.insert(.resolved(domain: name), at: now + 20_000_000)
    case .connect(let id, let connection):
      result.connections += 1
      trace(4, UInt64(result.connections))
      let domain = domainIndex(connection.domain)
      if sessions[id] == nil { count(1, at: domain) }
      sessions[id] = Session(isBackup: connection.host.host.bytes[2] == 50, destination: domain)
      happenings.insert(.connected(id), at: now + 50_000_000 + Int64(random.next() % 100_000_000))
    case .send(let id, let transaction):
      result.transactions += 1
      trace(5, transaction.id.number)
      send(id, transaction)
    case .disconnect(let id):
      forget(id)
    case .report(let report):
      handle(report)
    @unknown default: expect(false, "an event that the simulation does not know")
    }
  }

  private func handle(_ report: DeliveryReport) {
    trace(6, report.id.number)
    for item in report.recipients {
      let index = recipientIndex(item.recipient.mailbox)
      guard index >= 0 else {
        expect(false, "a report about a report")
        continue
      }
      expect(!flags[index].contains(.silent), "a report to nobody about \(index)")
      switch item.action {
      case .failed:
        result.failureReports += 1
        flags[index].insert(.failureReported)
        expect(item.recipient.dsn.notify.wantsFailure, "an unwanted report of failure, \(index)")
        expect(item.status?.code.statusClass != 2, "a failure with a good status")
      case .delayed:
        result.delayReports += 1
        expect(item.recipient.dsn.notify.wantsDelay, "an unwanted report of delay, \(index)")
      case .delivered, .relayed, .expanded:
        expect(item.recipient.dsn.notify.wantsSuccess, "an unwanted report of success, \(index)")
      }
    }
    if random.next() % 2 == 0 { return queue.settle(report) }
    let notice = DeliveryMessage(from: .null)
    let id = try? queue.enqueue(notice, to: [DeliveryRecipient(report.sender)], answering: report)
    expect(id != nil, "a report cannot be sent")
  }

  func recipientIndex(_ mailbox: Mailbox) -> Int {
    var index = 0
    guard mailbox.bytes.first == 117 else { return -1 }
    for byte in mailbox.bytes.dropFirst() {
      guard byte >= 48, byte < 58 else { return byte == 64 ? index : -1 }
      index = index * 10 + Int(byte - 48)
    }
    return -1
  }

  private func domainIndex(_ name: [UInt8]) -> Int {
    var index = 0
    guard name.first == 100 else { return -1 }
    for byte in name.dropFirst() {
      guard byte >= 48, byte < 58 else { break }
      index = index * 10 + Int(byte - 48)
    }
    return index
  }

  private func send(_ id: SessionID, _ transaction: DeliveryTransaction) {
    var session = sessions[id] ?? Session(isBackup: false, destination: -1)
    session.transaction = transaction
    session.results = []
    session.arrivals = []
    let contentDice = random.next()
    var hasContentEnd = false
    for (position, recipient) in transaction.recipients.enumerated() {
      let index = recipientIndex(recipient.mailbox)
      guard index >= 0 else {
        session.results.append(.delivered)
        continue
      }
      let domain = domain(of: index)
      session.domain = domain
      lastTry[domain] = now
      expect(!flags[index].contains(.done), "\(index) is tried after its end")
      expect(
        arrived[index] == 0 || flags[index].contains(.inDoubt), "\(index) is sent again though it was taken")
      let (outcome, isDelivered) = world.result(
        domain, recipient: index, position: position, isRetry: flags[index].contains(.tried), dice: random.next(),
        contentDice: contentDice)
      flags[index].insert(.tried)
      session.results.append(outcome)
      if isDelivered { session.arrivals.append(index) }
      if case .problem(_, .content) = outcome { hasContentEnd = true }
    }
    if hasContentEnd { for index in session.arrivals { flags[index].insert(.inDoubt) } }
    let isSlow = session.domain >= 0 && world.habit(session.domain) == .slow
    sessions[id] = session
    happenings.insert(.sent(id), at: now + (isSlow ? 60_000_000_000 : 200_000_000))
  }

  private func handle(_ happening: Happening) {
    switch happening {
    case .resolved(let name):
      let domain = domainIndex(name)
      if domain >= 0 { lastTry[domain] = now }
      let route =
        domain < 0
        ? world.home : world.route(domain, hour: hour)
      queue.resolved(name, route, validFor: .seconds(3600))
    case .connected(let id):
      guard let session = sessions[id] else { return }
      connect(id, session)
    case .sent(let id):
      guard let session = sessions[id], session.transaction != nil else { return }
      arrive(session)
      sessions[id]?.transaction = nil
      do { try queue.transactionEnded(id, session.results) } catch { expect(false, "results are refused: \(error)") }
    }
  }

  private func connect(_ id: SessionID, _ session: Session) {
    let domain = session.destination
    if domain >= 0 { lastTry[domain] = now }
    let problem =
      domain < 0
      ? nil : world.connection(domain, isBackup: session.isBackup, hour: hour, dice: random.next())
    do {
      if let (problem, stage) = problem {
        forget(id)
        try queue.sessionEnded(id, problem, at: stage)
      } else {
        var capabilities = SessionCapabilities()
        capabilities.offersDSN = domain % 2 == 0
        try queue.sessionReady(id, capabilities)
      }
    } catch {
      expect(false, "a session is refused: \(error)")
    }
    expect(
      queue.sessionCount <= options.configuration.sessions, "\(queue.sessionCount) sessions")
  }

  private func forget(_ id: SessionID) {
    guard let session = sessions.removeValue(forKey: id) else { return }
    count(-1, at: session.destination)
  }

  private func count(_ change: Int, at destination: Int) {
    active[destination, default: 0] += change
    expect(
      active[destination, default: 0] <= options.configuration.concurrency.maximum,
      "too many sessions with \(destination)")
  }

  private func arrive(_ session: Session) {
    for (position, recipient) in (session.transaction?.recipients ?? []).enumerated() {
      let index = recipientIndex(recipient.mailbox)
      guard index >= 0 else { continue }
      if case .problem(.reply(let reply), let stage) = session.results[position], reply.code.number >= 500 {
        _ = stage
        flags[index].insert(.refused)
      }
    }
    for index in session.arrivals {
      if arrived[index] > 0 { result.duplicates += 1 }
      arrived[index] = min(arrived[index] + 1, 250)
      unconfirmed.append(index)
    }
  }

  /// The host is gone and comes back with what it stored. What the servers took meanwhile, and what they told a queue that
  /// had no time to write it down, is in doubt.
  private func restart() {
    for index in unconfirmed { flags[index].insert(.inDoubt) }
    unconfirmed.removeAll()
    for case .sent(let id) in happenings.removeAll() {
      guard let session = sessions[id], random.next() % 2 == 0 else { continue }
      arrive(session)
      for index in unconfirmed { flags[index].insert(.inDoubt) }
      unconfirmed.removeAll()
    }
    sessions.removeAll()
    active.removeAll()
    queue = DeliveryQueue(configuration: options.configuration)
    for (_, records) in store.sorted(by: { $0.key < $1.key }) {
      for record in records {
        do throws(RecordError) { try queue.restore(record.span) } catch {
          expect(false, "a record is refused: \(error)")
        }
      }
    }
    // What was not stored was not accepted: whoever sent it tries again.
    for (id, envelope) in envelopes.sorted(by: { $0.key < $1.key }) where store[id] == nil {
      envelopes[id] = nil
      lost.append(envelope)
    }
    now += 1_000_000_000
    queue.advance(to: clock)
    for envelope in lost { sendAgain(envelope) }
    lost.removeAll()
  }

  private var lost: [(first: Int, count: Int, at: Int64)] = []

  private func sendAgain(_ envelope: (first: Int, count: Int, at: Int64)) {
    var message = DeliveryMessage(from: .null)
    let isSilent = flags[envelope.first].contains(.silent)
    if !isSilent, let sender = try? Mailbox("susan@home.test") { message.sender = .mailbox(sender) }
    var recipients: [DeliveryRecipient] = []
    for index in envelope.first..<(envelope.first + envelope.count) {
      guard let mailbox = try? Mailbox("u\(index)@d\(domain(of: index)).test") else { continue }
      var recipient = DeliveryRecipient(mailbox)
      recipient.dsn.notify = NotifyConditions(rawValue: UInt8(world.chance(index, 3) % 16))
      recipients.append(recipient)
    }
    if let id = try? queue.enqueue(message, to: recipients) {
      envelopes[id.number] = (envelope.first, envelope.count, now)
    }
  }

  private func conclude() {
    result.seconds = now / 1_000_000_000
    for index in 0..<options.recipients where !flags[index].contains(.done) { result.pending += 1 }
    expect(result.pending == 0, "\(result.pending) recipients have no end")
    expect(queue.messageCount == 0, "\(queue.messageCount) messages are left")
    expect(queue.sessionCount == 0, "\(queue.sessionCount) sessions are left")
    expect(store.isEmpty, "\(store.count) messages are left in the store")
  }
}

struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
