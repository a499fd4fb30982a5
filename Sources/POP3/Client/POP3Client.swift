@_spi(MailCodec) public import MailWire
@_spi(MailCodec) public import POP3Codec

/// The client's side of a POP3 session.
///
/// [RFC 1939](https://www.rfc-editor.org/rfc/rfc1939) with CAPA, TOP, UIDL, RESP-CODES, PIPELINING, STLS and AUTH PLAIN. The
/// machine asks for the capabilities, encrypts by its configuration and says ``POP3ClientEvent/ready(_:)``. Commands may be
/// given ahead: they are sent together where the server takes that, and one behind the other elsewhere.
///
/// ```swift
/// var client = POP3Client(configuration: .init())
/// // in the loop that `Machine` shows:
/// switch event {
/// case .ready: try client.authenticate(Credentials(user: "susan", password: password))
/// case .authenticated: try client.uniqueIDs()
/// case .uniqueIDs(let rows): for row in rows { try client.retrieve(row.number.value) }; try client.quit()
/// case .content(let part): message += part
/// case .contentEnds: store(message)
/// default: break
/// }
/// ```
public struct POP3Client: ConnectionMachine, ~Copyable {
  /// What the next octets are.
  enum Mode {
    /// The first line of a response.
    case response
    case capabilities
    case sizes
    case uniqueIDs
    case content
  }

  /// The listing that is being read.
  struct Listing {
    var capabilities = POP3Capabilities()
    var sizes: [ScanListing] = []
    var uniqueIDs: [UniqueIDListing] = []
    var rows = 0
    var hasReportedMalformedRow = false
  }

  var core: ConnectionCore
  var events = EventQueue<POP3ClientEvent>()
  var dialogue = POP3Dialogue()
  var requests = RequestQueue()
  var mode = Mode.response
  var framer: LineFramer
  var decoder: DotStuffingDecoder
  var listing = Listing()
  /// The password or message that waits for the server's consent.
  var pendingSecret: Secret?
  /// Whether the automatic beginning of the session is over.
  var isSetUp = false
  var pipelines = false
  /// Whether something happened since the deadline was set.
  var isActive = true
  let configuration: POP3ClientConfiguration
  /// What the server offers now; nothing before its answer to `CAPA`, and nothing between `STLS` and the next one.
  public internal(set) var capabilities = POP3Capabilities()
  /// The timestamp for `APOP` in the greeting, when it has a valid one; forgotten behind `STLS`.
  public internal(set) var timestamp: APOPTimestamp?

  /// A client on a connection that has just been made; the server speaks first.
  public init(configuration: POP3ClientConfiguration) {
    self.configuration = configuration
    core = ConnectionCore(limits: configuration.limits.connection, isTracing: configuration.tracing)
    framer = LineFramer(
      limit: configuration.limits.responseLine, acceptsBareLineFeed: configuration.quirks.contains(.bareLineFeed))
    decoder = DotStuffingDecoder(policy: configuration.contentPolicy)
    requests.append(.greeting)
    requests.noteSent()
  }

  /// Where the session stands, all commands given so far included.
  public var state: POP3Dialogue.State { dialogue.state }

  /// The octets that the machine's buffers hold or keep for later.
  public var retainedBytes: Int { core.retainedBytes }

  /// Whether the channel is encrypted.
  public var isEncrypted: Bool { dialogue.isEncrypted }

  /// Whether nothing is under way.
  public var isIdle: Bool { core.isOpen && requests.isEmpty }

  // MARK: ConnectionMachine

  /// Takes bytes that arrived.
  public mutating func receive(_ bytes: Span<UInt8>, at now: Instant) { core.receive(bytes, at: now) }

  /// Takes the server's end of file.
  public mutating func receiveEnd(at now: Instant) { core.receiveEnd(at: now) }

  /// Takes news of the transport. Report ``TransportChange/tls(_:)`` before the first `poll` for implicit TLS.
  public mutating func transportDidChange(_ change: TransportChange, at now: Instant) {
    guard core.transportDidChange(change, at: now), case .tls(let description) = change else { return }
    events.append(.encrypted(description))
    if dialogue.state == .connecting {
      dialogue.beginEncrypted()
    } else if dialogue.allows(.tlsEstablished) {
      dialogue.take(.tlsEstablished)
      enqueue(.capabilities)
    }
  }

  /// Lends the waiting bytes to `body`, which returns how many of them it wrote.
  public mutating func withOutbound<Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Int) throws(Failure) {
    let written = try body(core.outbound.bytes)
    core.consumeOutbound(written)
  }

  /// Replaces the content of `buffer` by the waiting bytes.
  public mutating func takeOutbound(into buffer: inout [UInt8]) { core.takeOutbound(into: &buffer) }

  /// Tells the machine the time.
  public mutating func advance(to now: Instant) {
    if core.advance(to: now) { core.cut(.timedOut) }
  }

  /// The next output.
  public mutating func poll() -> Output<POP3ClientEvent> {
    if !core.hasTrace {
      if let event = events.popFirst() { return .event(event) }
      while core.isOpen, writeNext() || takeUnit() {
        if core.hasTrace { break }
        if let event = events.popFirst() { return .event(event) }
      }
      if !core.hasTrace { settle() }
    }
    return Output(core.tail(reading: true))
  }

  /// Takes the next line or part of a message; false when there is none.
  private mutating func takeUnit() -> Bool {
    switch mode {
    case .response, .capabilities, .sizes, .uniqueIDs: takeLine()
    case .content: takeContent()
    }
  }

  /// What follows when no whole unit is left.
  private mutating func settle() {
    guard core.isOpen else { return }
    if core.hasEnded { return core.close(hasOnlyGoodbyeLeft ? .quit : .peerClosed) }
    guard isActive else { return }
    isActive = false
    core.schedule(timeout)
  }

  /// Behind a `QUIT` that updates nothing, the answer does not matter.
  private var hasOnlyGoodbyeLeft: Bool {
    if case .quit = requests.first { return dialogue.state == .closed }
    return false
  }

  private var timeout: Timeout? {
    let timeouts = configuration.timeouts
    switch requests.first {
    case .greeting: return Timeout(timeouts.greeting)
    case .user, .password, .plain, .digest: return Timeout(timeouts.authentication)
    case .quit: return Timeout(timeouts.update)
    case .capabilities, .startTLS, .status, .list, .uniqueIDs, .retrieve, .top, .delete, .noop, .reset:
      if case .content = mode { return Timeout(timeouts.contentPart) }
      return Timeout(timeouts.response)
    case nil: return nil
    }
  }

  // MARK: Sending

  mutating func enqueue(_ request: Request) {
    requests.append(request)
  }

  /// Writes the next request that waits: behind the previous response, or at once where the server takes that.
  private mutating func writeNext() -> Bool {
    guard let request = requests.nextUnsent, let command = request.command else { return false }
    if requests.inFlight > 0 {
      guard pipelines, requests.inFlight < configuration.limits.pipelinedCommands, core.hasRoomToWrite else {
        return false
      }
    } else {
      isActive = true
    }
    requests.noteSent()
    write(command)
    return true
  }

  /// Writes a command that the queue does not hold, because it carries a secret.
  mutating func send(_ command: POP3Command, as request: Request) {
    requests.append(request)
    requests.noteSent()
    isActive = true
    write(command)
  }

  private mutating func write(_ command: POP3Command) {
    let start = core.outbound.count
    command.write(to: &core.outbound)
    guard core.isTracing else { return }
    switch command {
    case .password: core.trace(TraceRecord(.client, hidden: "PASS <hidden>"))
    case .digest: core.trace(TraceRecord(.client, hidden: "APOP <hidden>"))
    case .authenticate(_, initialResponse: .some): core.trace(TraceRecord(.client, hidden: "AUTH <hidden>"))
    default: core.traceWritten(.client, since: start)
    }
  }
}
