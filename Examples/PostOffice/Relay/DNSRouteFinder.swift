import MailDelivery
import MailWire
import SMTPCodec

/// Finds the hosts that take a domain's mail by its MX and address records, which it asks a name server for.
final class DNSRouteFinder: RouteFinder {
  private let server: Endpoint
  private let loop: EventLoop
  private var resolver = DNSResolver(configuration: DNSResolver.Configuration())
  private var lookups: [[UInt8]: RouteLookup] = [:]
  /// The domains that need an answer.
  private var waiting: [RouteLookup.Question: Set<[UInt8]>] = [:]
  private var sockets: [Int: DNSSocket] = [:]
  private var generator = SystemRandomNumberGenerator()
  private var isRunning = false

  /// How long a way is used before it is looked for again, since the resolver keeps no times.
  private static let lifetime: Duration = .seconds(300)

  init(router: Router, server: Endpoint, loop: EventLoop) {
    self.server = server
    self.loop = loop
    super.init(router: router)
  }

  override func leads(to mailbox: Mailbox) -> Bool {
    if case .exchangers = router.route(.mailbox(mailbox)) { return true }
    return super.leads(to: mailbox)
  }

  override func find(_ route: Route, for domain: [UInt8]) {
    guard case .exchangers(let host) = route else { return super.find(route, for: domain) }
    lookups[domain] = RouteLookup(.exchangers(of: host), router: router)
    advance(domain)
    run()
  }

  override func stop() {
    for socket in sockets.values { loop.forget(socket) }
    (lookups, waiting, sockets) = ([:], [:], [:])
  }

  private func advance(_ domain: [UInt8]) {
    guard var lookup = lookups[domain] else { return }
    let step = lookup.next(using: &generator)
    lookups[domain] = lookup
    switch step {
    case .ask(let questions):
      for question in questions {
        waiting[question, default: []].insert(domain)
        resolver.ask(question, at: loop.now, using: &generator)
      }
    case .done(let result):
      lookups[domain] = nil
      answer(domain, DeliveryRoute(result), Self.lifetime)
    }
  }

  /// Does what the resolver says. What it answers may lead to further questions, which are asked in the same turn.
  private func run() {
    guard !isRunning else { return }
    isRunning = true
    defer { isRunning = false }
    while true {
      switch resolver.poll() {
      case .event(let event): handle(event)
      case .wait(let wait):
        for socket in sockets.values { socket.watch(until: wait.deadline) }
        return
      case .write, .transport, .trace: break
      }
    }
  }

  private func handle(_ event: DNSResolver.Event) {
    switch event {
    case .send(let key, _, let bytes): open(key, bytes, isStream: false)
    case .connect(let key, _, let bytes): open(key, bytes, isStream: true)
    case .finished(let key): close(key)
    case .exchangers(let domain, let found):
      tell(.exchangers(of: domain)) { $0.answer(found, exchangersOf: domain) }
    case .addresses(let domain, let found):
      tell(.addresses(of: domain)) { $0.answer(found, addressesOf: domain) }
    }
  }

  private func tell(_ question: RouteLookup.Question, _ change: (inout RouteLookup) -> Void) {
    for domain in waiting.removeValue(forKey: question) ?? [] {
      guard var lookup = lookups[domain] else { continue }
      change(&lookup)
      lookups[domain] = lookup
      advance(domain)
    }
  }

  // MARK: Sockets

  private func open(_ key: Int, _ bytes: [UInt8], isStream: Bool) {
    close(key)
    guard let descriptor = try? isStream ? Socket.beginConnection(to: server) : Socket.makeDatagramSocket(to: server)
    else { return resolver.fail(key, at: loop.now) }
    let socket = DNSSocket(key: key, query: bytes, isStream: isStream, finder: self, descriptor: descriptor, loop: loop)
    sockets[key] = socket
    socket.begin()
  }

  private func close(_ key: Int) {
    if let socket = sockets.removeValue(forKey: key) { loop.forget(socket) }
  }

  fileprivate func receive(_ bytes: ArraySlice<UInt8>, _ key: Int, isStream: Bool) {
    if isStream {
      resolver.receiveStream(bytes.span, for: key, at: loop.now)
    } else {
      resolver.receive(bytes.span, for: key, at: loop.now)
    }
    run()
  }

  fileprivate func fail(_ key: Int) {
    resolver.fail(key, at: loop.now)
    run()
  }

  fileprivate func pass() {
    resolver.advance(to: loop.now)
    run()
  }
}

/// The way of one question to the name server and back.
private final class DNSSocket: EventSource {
  private let key: Int
  private let query: [UInt8]
  private let isStream: Bool
  private unowned let finder: DNSRouteFinder
  private let loop: EventLoop
  private var isSent = false

  init(
    key: Int, query: [UInt8], isStream: Bool, finder: DNSRouteFinder, descriptor: consuming Descriptor, loop: EventLoop
  ) {
    self.key = key
    self.query = query
    self.isStream = isStream
    self.finder = finder
    self.loop = loop
    super.init(descriptor: descriptor)
  }

  /// A datagram goes at once, or is lost like any other; a connection must come about first.
  func begin() {
    if !isStream { send() }
    watch(until: nil)
  }

  func watch(until deadline: Instant?) { loop.watch(self, reading: isSent, writing: !isSent, deadline: deadline) }

  override func ready(reading: Bool, writing: Bool) {
    if !isSent {
      guard Socket.connectionError(of: descriptor) == nil else { return finder.fail(key) }
      send()
      return watch(until: deadline)
    }
    guard reading else { return }
    switch descriptor.receive(into: &loop.readBuffer) {
    case .bytes(let count): finder.receive(loop.readBuffer[..<count], key, isStream: isStream)
    case .notNow: break
    case .end, .failed: finder.fail(key)
    }
  }

  override func deadlinePassed() { finder.pass() }

  private func send() {
    isSent = true
    let bytes = query
    _ = descriptor.send(bytes.span)
  }
}
