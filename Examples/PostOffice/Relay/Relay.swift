import MailDelivery
import MailWire
import SMTP
import SMTPCodec

/// Mail for other hosts: drives the delivery queue, which decides, with the spool, the routes and the sessions.
///
/// Everything that happens comes here as a call, is told to the queue, and ends in ``pump()``, which does what the queue
/// says until it waits.
final class Relay: EventSource {
  let name: Domain
  let store: MailStore
  let spool: Spool
  let loop: EventLoop
  var queue: DeliveryQueue
  private let routes: RouteFinder
  private let wire: WireLog
  private var sessions: [SessionID: RelaySession] = [:]
  /// Messages that are being taken over, until their first record is written.
  private var arrivals: [QueueID: Arrival] = [:]
  private var isPumping = false
  private var isOver = false

  /// How often at least the queue is told the time and the folder of orders is looked into.
  private static let rhythm: Duration = .seconds(1)

  /// Takes the queue up where the last run left it.
  init(
    name: Domain, options: RelayOptions, routes: RouteFinder, store: MailStore, loop: EventLoop, wire: WireLog
  ) throws(SystemError) {
    self.name = name
    self.store = store
    self.loop = loop
    self.routes = routes
    self.wire = wire
    spool = try Spool(path: store.spoolPath)
    var configuration = DeliveryQueueConfiguration()
    configuration.schedule = options.schedule
    configuration.restartSpread = options.restartSpread
    configuration.seed = UInt64.random(in: 0 ... .max)
    // Connections and the files that they read count against the same limit as those of the server.
    configuration.sessions = max(1, min(100, loop.maximumCount / 4))
    var restored = DeliveryQueue(configuration: configuration)
    try spool.restore(&restored, repairing: true)
    queue = restored
    // It has no descriptor: `poll` passes over a negative one.
    super.init(descriptor: Descriptor(owning: -1))
    routes.answer = { [unowned self] domain, route, lifetime in
      queue.resolved(domain, route, validFor: lifetime)
      pump()
    }
  }

  /// Carries out orders that were given meanwhile, and begins.
  func begin() {
    queue.advance(to: Clock.today)
    takeOrders()
    pump()
  }

  override func deadlinePassed() {
    takeOrders()
    pump()
  }

  /// Messages on their way arrive, and nothing new begins; the spool has the rest.
  override func shutDown() {
    isOver = true
    routes.stop()
    for session in sessions.values { session.finish() }
    sessions = [:]
    loop.forget(self)
  }

  // MARK: Messages

  /// A message that is being taken over.
  private final class Arrival {
    var content: Delivery?
    let maildirs: [Maildir]
    var result: Result<Void, SystemError>?

    init(_ content: consuming Delivery, _ maildirs: [Maildir]) {
      self.content = consume content
      self.maildirs = maildirs
    }
  }

  /// Takes a message over; it is on the disk afterwards, in the spool and in the Maildirs of those who have it at once.
  ///
  /// - Parameter report: the report that it is.
  func take(
    _ message: DeliveryMessage, to recipients: [DeliveryRecipient], content: consuming Delivery,
    and maildirs: [Maildir] = [], answering report: DeliveryReport? = nil
  ) throws(SystemError) -> QueueID {
    queue.advance(to: Clock.today)
    guard let id = try? queue.enqueue(message, to: recipients, answering: report) else {
      throw SystemError("the queue", code: 22)
    }
    let arrival = Arrival(content, maildirs)
    arrivals[id] = arrival
    pump()
    // A queue that waits until it can write again must not store the message behind its sender's back.
    if arrival.result == nil, !isPumping { arrivals[id] = nil }
    switch arrival.result {
    case .failure(let error): throw error
    case nil where !isPumping: throw SystemError(spool.path, code: 11)
    case .success, nil: return id
    }
  }

  /// Does what the queue says.
  func pump() {
    guard !isPumping else { return }
    isPumping = true
    defer { isPumping = false }
    queue.advance(to: Clock.today)
    while true {
      switch queue.poll() {
      case .event(let event): handle(event)
      case .wait(let wait): return sleep(until: wait.deadline)
      case .write, .transport, .trace: break
      }
    }
  }

  private func sleep(until deadline: Instant?) {
    guard !isOver else { return }
    // The queue's clock may be set; the loop's may not.
    let time = deadline.map { max(.zero, min($0 - Clock.today, Self.rhythm)) } ?? Self.rhythm
    loop.watch(self, reading: false, deadline: loop.now + time)
  }

  private func handle(_ event: DeliveryEvent) {
    switch event {
    case .persist(let record): persist(record)
    case .accepted, .refused: break
    case .resolve(let domain): if !isOver { routes.find(domain) }
    case .connect(let id, let connection): if !isOver { connect(id, connection) }
    case .send(let id, let transaction):
      if isOver { sessions[id]?.finish() } else { sessions[id]?.send(transaction) }
    case .disconnect(let id): sessions.removeValue(forKey: id)?.finish()
    case .report(let report): send(report)
    @unknown default: Console.complaint("the queue wants something unknown")
    }
  }

  private func persist(_ record: DeliveryRecord) {
    let arrival = arrivals.removeValue(forKey: record.id)
    do throws(SystemError) {
      if record.kind == .whole, !spool.has(record.id) {
        guard let arrival, let content = arrival.content.take() else {
          throw SystemError(spool.contentPath(record.id), code: 2)
        }
        try store.commit(content, to: arrival.maildirs, and: (spool.path + "/content", record.id.description))
      }
      try spool.write(record)
      arrival?.result = .success(())
    } catch {
      // With several local recipients these may have their copies already; the client, who is told to come back, makes
      // duplicates then, and loses nothing.
      if let arrival {
        spool.remove(record.id)
        arrival.result = .failure(error)
      }
      Console.complaint("cannot write to the queue: \(error)")
      queue.persistFailed()
    }
  }

  // MARK: Sessions

  private func connect(_ id: SessionID, _ connection: DeliveryConnection) {
    sessions[id]?.finish()
    sessions[id] = nil
    let endpoint = connection.host.endpoint
    guard let helloName = try? HelloName(name.description), let socket = try? Socket.beginConnection(to: endpoint)
    else {
      return unreachable(id, endpoint)
    }
    let session = RelaySession(
      id: id, name: helloName, endpoint: endpoint, relay: self, descriptor: socket,
      trace: wire.nextTrace("to \(endpoint)"))
    sessions[id] = session
    session.startWhenConnected(within: .seconds(30))
  }

  func unreachable(_ id: SessionID, _ endpoint: Endpoint) {
    wire.note("no connection to \(endpoint)")
    ended(id, .unreachable, at: .connection)
  }

  func ready(_ id: SessionID, _ capabilities: SMTPCapabilities) {
    var known = SessionCapabilities()
    known.sizeLimit = capabilities.maximumMessageSize
    known.offersEightBitMIME = capabilities.offersEightBitMIME
    try? queue.sessionReady(id, known)
    pump()
  }

  func sent(_ id: SessionID, _ results: [DeliveryResult], isOver: Bool = false) {
    try? queue.transactionEnded(id, results)
    if isOver { end(id, .disconnected, at: .end) }
    pump()
  }

  func ended(_ id: SessionID, _ problem: DeliveryProblem, at stage: DeliveryStage) {
    end(id, problem, at: stage)
    pump()
  }

  private func end(_ id: SessionID, _ problem: DeliveryProblem, at stage: DeliveryStage) {
    sessions[id] = nil
    // The queue may have done with the session before it came to its end.
    try? queue.sessionEnded(id, problem, at: stage)
  }
}

extension NextHop {
  /// Where to connect to.
  fileprivate var endpoint: Endpoint {
    let text = address.flatMap { IPAddress($0)?.description } ?? host.description
    return Endpoint(host: text, port: port)
  }
}
