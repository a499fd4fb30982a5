@_spi(MailCodec) public import MailWire
import SMTPCodec

/// Takes messages over and sees to it that each recipient gets them, or that the sender is told.
///
/// A machine without I/O: the host stores what ``DeliveryEvent/persist(_:)`` says, looks up routes, opens sessions, sends
/// transactions and reports what became of them. Instants are nanoseconds since an origin that survives restarts, such as
/// 1 January 1970, because records hold them.
/// [RFC 5321 §4.5.4](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.4).
///
/// ```swift
/// let id = try queue.enqueue(message, to: recipients)
/// while case .event(let event) = queue.poll() {
///   switch event {
///   case .persist(let record): try store.write(record)
///   case .accepted(let id): reply("250 2.0.0 Queued as \(id)")
///   case .resolve(let domain): queue.resolved(domain, .hosts(lookUp(domain), site: nil), validFor: .seconds(300))
///   case .connect(let session, let connection): open(session, connection) // then queue.sessionReady(session, …)
///   case .send(let session, let transaction): send(session, transaction) // then queue.transactionEnded(session, results)
///   …
/// ```
///
/// A session goes through `connect`, any number of `send`, and `disconnect`. No event costs work in proportion to the queue:
/// times are in a heap, jobs are listed by destination, and one call handles what is due, one step at a time.
public struct DeliveryQueue: Machine, ~Copyable {
  let configuration: DeliveryQueueConfiguration
  var generator: Chance

  var messages = SlotTable<MessageSlot>()
  var jobs = SlotTable<JobSlot>()
  var destinations = SlotTable<DestinationSlot>()
  var sessions = SlotTable<SessionSlot>()
  var statuses = SlotTable<StatusSlot>()
  var slotByID: [UInt64: UInt32] = [:]
  var destinationByName: [[UInt8]: UInt32] = [:]
  /// Jobs have the even timers, destinations the odd ones.
  var timers = TimerHeap()
  var runnable = JobList()
  var activeSessions = 0
  var nextID: UInt64 = 1
  var nextSession: UInt32 = 1

  var records = EventQueue<DeliveryRecord>()
  var events = EventQueue<DeliveryEvent>()
  /// The record that the host was given last.
  var lastRecord: DeliveryRecord?
  var blockedUntil: Int64?

  var reportable = EventQueue<UInt32>()
  /// The recipients that a report is due about, by message.
  var reportQueue: [UInt32: [UInt32]] = [:]
  var reports: [UInt64: OutstandingReport] = [:]
  var nextReport: UInt64 = 1
  /// What restored messages answer: settled when all records have been seen.
  var restoredAnswers: [UInt8] = []

  var isStarted = false
  /// The latest time, made to go forward only.
  var now: Int64 = .min
  private var observed: Int64 = .min
  /// How far the clock was set back.
  private var lag: Int64 = 0
  var noExpiryBefore: Int64 = .min
  /// Messages that may have been taken over twice: their end was ambiguous.
  public internal(set) var ambiguousCount = 0

  /// An empty queue; give it the stored records with ``restore(_:)`` before its first ``advance(to:)``.
  public init(configuration: DeliveryQueueConfiguration = DeliveryQueueConfiguration()) {
    self.configuration = configuration
    generator = Chance(state: configuration.seed)
  }

  /// How many messages are in the queue.
  public var messageCount: Int { messages.count }
  /// How many sessions are open or being opened.
  public var sessionCount: Int { activeSessions }

  /// Tells the queue the time. A clock that was set back does not make the queue wait, one that was set forward does not
  /// make it give up: see ``DeliveryQueueConfiguration/latestCall``.
  public mutating func advance(to now: Instant) {
    let time = now.nanoseconds
    guard isStarted else {
      (self.now, observed, isStarted) = (time, time, true)
      return startAfterRestoring()
    }
    if time < observed &- 1_000_000_000 { lag &+= observed &- time }
    if time > observed || time < observed &- 1_000_000_000 { observed = time }
    let internalTime = time.addingReportingOverflow(lag).partialValue
    guard internalTime > self.now else { return }
    let latest = Timeout(configuration.latestCall)
    if let due = timers.first, latest.after(Instant(nanoseconds: max(due, self.now))).nanoseconds < internalTime {
      noExpiryBefore = latest.after(Instant(nanoseconds: internalTime)).nanoseconds
    }
    self.now = internalTime
  }

  /// The next output: what to store, then what to do, then ``Output/wait(_:)`` with the time of the next attempt.
  public mutating func poll() -> Output<DeliveryEvent> {
    if let until = blockedUntil {
      guard until <= now else { return .wait(Wait(reading: false, deadline: hostTime(until))) }
      blockedUntil = nil
      if let record = lastRecord { return .event(.persist(record)) }
    }
    if let record = lastRecord { confirm(record) }
    repeat {
      if let record = records.popFirst() {
        lastRecord = record
        return .event(.persist(record))
      }
      if let event = events.popFirst() { return .event(event) }
    } while step()
    return .wait(Wait(reading: false, deadline: timers.first.map { hostTime($0) }))
  }

  /// What the host's clock shows at a time of ours.
  private func hostTime(_ time: Int64) -> Instant {
    Instant(nanoseconds: time.subtractingReportingOverflow(lag).partialValue)
  }

  /// The host has asked for what comes behind a record: it is stored.
  private mutating func confirm(_ record: DeliveryRecord) {
    lastRecord = nil
    guard record.kind == .whole, let slot = slotByID[record.id.number], !messages[slot].isAccepted else { return }
    events.append(.accepted(record.id))
    accept(slot)
  }

  /// One piece of work; false when there is none now.
  private mutating func step() -> Bool {
    guard isStarted else { return false }
    if let timer = timers.popFirst(dueBy: now) {
      if timer & 1 == 0 { jobTimerFired(timer >> 1) } else { reopen(timer >> 1) }
      return true
    }
    if activeSessions < configuration.sessions, let site = popRunnable() {
      startSession(at: site)
      return true
    }
    if let message = reportable.popFirst() {
      report(message)
      return true
    }
    return false
  }

  /// The host could not store the record that it was given last.
  ///
  /// A new message is then dropped, with ``DeliveryEvent/refused(_:)``. Any other record comes again after
  /// ``DeliveryQueueConfiguration/storageRetry``, and nothing else before it. A host that writes several records together
  /// must retry by itself, or stop.
  public mutating func persistFailed() {
    guard let record = lastRecord else { return }
    if record.kind == .whole, let slot = slotByID[record.id.number], !messages[slot].isAccepted {
      lastRecord = nil
      free(message: slot)
      return events.append(.refused(record.id))
    }
    blockedUntil = Timeout(configuration.storageRetry).after(Instant(nanoseconds: now)).nanoseconds
  }
}

/// A small generator (SplitMix64) from the host's seed: jitter needs no better one.
struct Chance: RandomNumberGenerator, Sendable {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
