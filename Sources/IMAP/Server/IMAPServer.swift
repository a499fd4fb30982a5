@_spi(MailCodec) public import IMAPCodec
@_spi(MailCodec) public import MailWire

/// The server's side of an IMAP session: IMAP4rev1 and IMAP4rev2 with their extensions.
///
/// [RFC 9051](https://www.rfc-editor.org/rfc/rfc9051), [RFC 3501](https://www.rfc-editor.org/rfc/rfc3501). The machine keeps the
/// states, literals, sequence numbers, limits and the clock, and what the client has been told of its mailbox; the host brings
/// users and storage, and knows messages by their UIDs alone. Each command comes when those before it are answered.
///
/// ```swift
/// var server = IMAPServer(configuration: .init())
/// // in the loop that `Machine` shows:
/// switch event {
/// case .authenticate(let credentials): try server.complete(users.check(credentials) ? .done : .authenticationFailed)
/// case .command(.select(let name, _), _):
///   try server.open(store.snapshot(of: name))
///   try server.complete()
/// case .command(.fetch(_, let items, _), let uids):
///   for message in store.messages(uids) { try server.sendMessage(message.uid, items: message.items(items)) }
///   try server.complete()
/// case .contentWanted(let uid): try server.sendContent(store.nextPart(of: uid))
/// case .command: try server.complete(.notImplemented)
/// default: break
/// }
/// ```
public struct IMAPServer: ConnectionMachine, ~Copyable {
  /// Where a session stands.
  public typealias State = IMAPClient.State

  /// What has been counted.
  struct Tally {
    var errors = 0
    var authenticationFailures = 0
    var isFirstCommand = true
    var isShuttingDown = false
    /// Whether something happened since the deadline was set.
    var isActive = true
  }

  var core: ConnectionCore
  var events = EventQueue<IMAPServerEvent>()
  var stream: IMAPUnitStream
  /// The command that is not completed.
  var running: ServerCommand?
  /// The response whose contents the host is streaming, and those behind it.
  var transfer: ServerTransfer?
  var waiting = EventQueue<ServerTransfer>()
  /// Whether the host waits until its responses have left.
  var wantsRoom = false
  /// What the stream is about to discard has been answered already.
  var isDiscardAnswered = false
  var tally = Tally()
  var view: MailboxView?
  /// Whether the mailbox was selected by `EXAMINE`, or may not be changed.
  public internal(set) var isReadOnly = false
  /// Whether mod-sequences are told unasked, [RFC 7162 §3.1](https://www.rfc-editor.org/rfc/rfc7162#section-3.1).
  public internal(set) var tellsModSequences = false
  let configuration: IMAPServerConfiguration

  /// Where the session stands.
  public internal(set) var state = State.connecting
  /// What the client has enabled, [RFC 5161](https://www.rfc-editor.org/rfc/rfc5161).
  public internal(set) var enabled: [IMAPCapability] = []
  /// What the client has been told of the selected mailbox; nil when none is selected.
  public var mailbox: MailboxView? { view }
  /// Whether the channel is encrypted.
  public var isEncrypted: Bool { core.isEncrypted }

  /// A server that has just accepted a connection; it greets at the first `poll`.
  public init(configuration: IMAPServerConfiguration) {
    self.configuration = configuration
    core = ConnectionCore(limits: configuration.limits.connection, isTracing: configuration.tracing)
    stream = IMAPUnitStream(
      .commands, limits: configuration.limits.commands.beforeAuthentication, quirks: configuration.quirks)
  }

  /// The octets that the machine's buffers hold or keep for later.
  public var retainedBytes: Int { core.retainedBytes }

  // MARK: ConnectionMachine

  /// Takes bytes that arrived.
  public mutating func receive(_ bytes: Span<UInt8>, at now: Instant) { core.receive(bytes, at: now) }

  /// Takes the client's end of file. Commands that arrived before it are still answered.
  public mutating func receiveEnd(at now: Instant) { core.receiveEnd(at: now) }

  /// Takes news of the transport. Report ``TransportChange/tls(_:)`` before the first `poll` for implicit TLS.
  public mutating func transportDidChange(_ change: TransportChange, at now: Instant) {
    guard core.transportDidChange(change, at: now), case .tls(let description) = change else { return }
    if state != .connecting {
      // Whatever was said in clear may have been an attacker's.
      stream = IMAPUnitStream(
        .commands, limits: configuration.limits.commands.beforeAuthentication, quirks: configuration.quirks)
      tally.isActive = true
    }
    events.append(.encrypted(description))
  }

  /// Lends the waiting bytes to `body`, which returns how many of them it wrote.
  public mutating func withOutbound<Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Int) throws(Failure) {
    let written = try body(core.outbound.bytes)
    if written > 0 { tally.isActive = true }
    core.consumeOutbound(written)
  }

  /// Replaces the content of `buffer` by the waiting bytes.
  public mutating func takeOutbound(into buffer: inout [UInt8]) {
    if !core.outbound.isEmpty { tally.isActive = true }
    core.takeOutbound(into: &buffer)
  }

  /// Tells the machine the time. A client that is silent for too long is told so and sent away.
  public mutating func advance(to now: Instant) {
    guard core.advance(to: now) else { return }
    guard core.isOpen, transfer == nil else { return core.cut(.timedOut) }
    send(.untagged(.status(StatusResponse(.bye, nil, "Autologout"))))
    core.close(.timedOut)
  }

  /// The next output.
  public mutating func poll() -> Output<IMAPServerEvent> {
    if !core.hasTrace {
      if let event = events.popFirst() { return .event(event) }
      while core.isOpen, core.hasRoomToWrite, step() {
        if core.hasTrace { break }
        if let event = events.popFirst() { return .event(event) }
      }
      if !core.hasTrace { settle() }
    }
    return Output(core.tail(reading: !awaitsHost))
  }

  /// Whether the next step is the host's.
  private var awaitsHost: Bool {
    guard let running else { return false }
    switch running.phase {
    case .offered, .answering: return true
    case .receiving, .exchange, .idle: return false
    }
  }

  /// Does the next thing; false when there is none.
  private mutating func step() -> Bool {
    if state == .connecting {
      greet()
      return true
    }
    if let transfer {
      guard !transfer.isAskedFor else { return false }
      self.transfer?.isAskedFor = true
      events.append(.contentWanted(uid: transfer.uid))
      return true
    }
    if wantsRoom {
      wantsRoom = false
      events.append(.roomToWrite)
      return true
    }
    if awaitsHost { return false }
    if tally.isShuttingDown, running?.phase != .receiving {
      send(.untagged(.status(StatusResponse(.bye, nil, "Server is shutting down"))))
      core.close(.shutdown)
      return true
    }
    return takeUnit()
  }

  /// What follows when nothing is left to do.
  private mutating func settle() {
    guard core.isOpen else { return }
    if transfer == nil ? awaitsHost : core.outbound.isEmpty {
      // The client waits for us: its clock stands still.
      core.schedule(nil)
      tally.isActive = true
      return
    }
    if core.hasEnded, core.hasRoomToWrite, !awaitsHost { return core.close(.peerClosed) }
    guard tally.isActive else { return }
    tally.isActive = false
    let timeouts = configuration.timeouts
    core.schedule(Timeout(state == .notAuthenticated ? timeouts.login : timeouts.autologout))
  }

  private mutating func greet() {
    guard !tally.isShuttingDown else {
      send(.untagged(.status(StatusResponse(.bye, nil, "Server is shutting down"))))
      return core.close(.shutdown)
    }
    state = .notAuthenticated
    send(.untagged(.status(StatusResponse(.ok, .capabilities(capabilities), configuration.greeting))))
  }

  /// Writes a response.
  mutating func send(_ response: IMAPResponse) {
    let start = core.outbound.count
    response.write(to: &core.outbound, for: encoding)
    core.traceWritten(.server, since: start)
    tally.isActive = true
  }

  /// How strings are written for this client.
  var encoding: IMAPEncoding {
    var encoding = IMAPEncoding.server
    encoding.acceptsUTF8 = isEnabled("UTF8=ACCEPT") || isEnabled("IMAP4rev2")
    return encoding
  }
}
