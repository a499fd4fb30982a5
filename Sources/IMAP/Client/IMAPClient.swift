@_spi(MailCodec) public import IMAPCodec
@_spi(MailCodec) public import MailWire

/// The client's side of an IMAP session: IMAP4rev2 and IMAP4rev1 with their extensions.
///
/// [RFC 9051](https://www.rfc-editor.org/rfc/rfc9051), [RFC 3501](https://www.rfc-editor.org/rfc/rfc3501). The machine asks for
/// the capabilities, encrypts by its configuration and says ``IMAPClientEvent/ready(_:)``. Commands may be given ahead: each is
/// sent as soon as it cannot be misunderstood, so that several are in flight. Responses come with the command that asked for
/// them, and ``mailbox`` keeps what they say about the selected mailbox.
///
/// ```swift
/// var client = IMAPClient(configuration: .init())
/// // in the loop that `Machine` shows:
/// switch event {
/// case .ready:
///   try client.authenticate(Credentials(user: "susan", password: password))
///   try client.send(.select(.inbox, SelectParameters()))
///   try client.send(.fetch(.sequence(.all), FetchItems([.uid, .flags, .envelope]), FetchModifiers()))
///   try client.send(.logout)
/// case .response(.fetch(let message), for: .some): show(message.envelope)
/// default: break
/// }
/// ```
public struct IMAPClient: ConnectionMachine, ~Copyable {
  /// Where a session stands.
  ///
  /// [RFC 9051 §3](https://www.rfc-editor.org/rfc/rfc9051#section-3)
  @frozen
  public enum State: Hashable, Sendable {
    /// The server has not greeted yet.
    case connecting
    /// Nobody is logged in.
    case notAuthenticated
    /// Somebody is, and no mailbox is selected.
    case authenticated
    /// A mailbox is selected: ``IMAPClient/mailbox``.
    case selected
    /// The client has said goodbye.
    case loggedOut
  }

  /// Which command an event is about.
  public struct CommandID: Hashable, Sendable, CustomStringConvertible {
    let number: UInt64

    /// The number of the command, 1 for the first, those of the machine's own counted.
    public var description: String { "#\(number)" }
  }

  var core: ConnectionCore
  var events = EventQueue<IMAPClientEvent>()
  var stream: IMAPUnitStream
  var parser: IMAPResponseParser
  /// Commands that were given and not sent.
  var queue = ClientCommandQueue()
  /// Commands that were sent, wholly but for the last, and not answered.
  var inFlight: [ClientCommand] = []
  /// What is left to write of the last one in flight, or of a refused one.
  var writing: ClientWriting?
  var idle: ClientIdle?
  var authentication: ClientAuthentication?
  /// What the number of the last command, and of the last tag, is.
  var commandCount: UInt64 = 0
  var tagCount: UInt64 = 0
  /// The tag of the last completion, which some servers say twice.
  var lastTag: IMAPTag?
  /// Octets written since the beginning.
  var written: UInt64 = 0
  /// The state when all commands given so far have succeeded.
  var expectedState = State.connecting
  /// Whether one of them has failed since that was known.
  var isExpectationStale = false
  /// How often the server has removed messages from the mailbox and moved the numbers of others.
  var removals: UInt64 = 0
  /// The mailbox that is being selected.
  var openingMailbox: MailboxMirror?
  /// Whether the automatic beginning of the session is over.
  var isSetUp = false
  /// Whether the capabilities were said since the last command that makes them void.
  var hasFreshCapabilities = false
  var hasSaidGoodbye = false
  /// Whether something happened since the deadline was set.
  var isActive = true
  var reportedQuirks = IMAPQuirks.none
  /// Whether the trace has the first line of the unit at hand.
  var hasTracedUnit = false
  let configuration: IMAPClientConfiguration

  /// Where the session stands, by the server's answers so far.
  public internal(set) var state = State.connecting
  /// What the server offers now.
  public internal(set) var capabilities = IMAPCapabilities()
  /// What the server has enabled, `* ENABLED`, [RFC 5161](https://www.rfc-editor.org/rfc/rfc5161).
  public internal(set) var enabled: [IMAPCapability] = []
  /// The mailbox that is selected.
  public internal(set) var mailbox: MailboxMirror?
  /// Whether the channel is encrypted.
  public var isEncrypted: Bool { core.isEncrypted }

  /// A client on a connection that has just been made; the server speaks first.
  public init(configuration: IMAPClientConfiguration) {
    self.configuration = configuration
    let limits = configuration.limits
    core = ConnectionCore(limits: limits.connection, isTracing: configuration.tracing)
    stream = IMAPUnitStream(.responses, limits: limits.responses, quirks: configuration.quirks)
    stream.inlineContent = limits.inlineContent
    parser = IMAPResponseParser(limits: limits.responses, quirks: configuration.quirks)
  }

  /// The octets that the machine's buffers hold or keep for later.
  public var retainedBytes: Int { core.retainedBytes }

  /// Whether nothing is under way: no command waits to be sent or answered.
  public var isIdle: Bool { core.isOpen && isSetUp && queue.isEmpty && inFlight.isEmpty && writing == nil }

  /// Whether the connection can be kept for another task: nothing is under way, no part of a response has arrived, somebody is
  /// logged in, and the server has not said goodbye.
  public var isReusable: Bool {
    isIdle && !core.hasEnded && !hasSaidGoodbye && core.inbound.isEmpty && core.outbound.isEmpty
      && !stream.isInsideUnit && (state == .authenticated || state == .selected)
  }

  // MARK: ConnectionMachine

  /// Takes bytes that arrived.
  public mutating func receive(_ bytes: Span<UInt8>, at now: Instant) { core.receive(bytes, at: now) }

  /// Takes the server's end of file.
  public mutating func receiveEnd(at now: Instant) { core.receiveEnd(at: now) }

  /// Takes news of the transport. Report ``TransportChange/tls(_:)`` before the first `poll` for implicit TLS.
  public mutating func transportDidChange(_ change: TransportChange, at now: Instant) {
    guard core.transportDidChange(change, at: now), case .tls(let description) = change else { return }
    events.append(.encrypted(description))
    isActive = true
    guard state != .connecting else { return }
    capabilities = IMAPCapabilities()
    askCapabilities()
  }

  /// Lends the waiting bytes to `body`, which returns how many of them it wrote.
  public mutating func withOutbound<Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Int) throws(Failure) {
    let written = try body(core.outbound.bytes)
    core.consumeOutbound(written)
  }

  /// Replaces the content of `buffer` by the waiting bytes.
  public mutating func takeOutbound(into buffer: inout [UInt8]) { core.takeOutbound(into: &buffer) }

  /// Tells the machine the time: `IDLE` is renewed when its time has come, and a server that is silent for too long loses the
  /// connection.
  public mutating func advance(to now: Instant) {
    guard core.advance(to: now) else { return }
    if idle?.phase == .active { renewIdle() } else { core.cut(.timedOut) }
  }

  /// The next output.
  public mutating func poll() -> Output<IMAPClientEvent> {
    if !core.hasTrace {
      if let event = events.popFirst() { return .event(event) }
      while core.isOpen, writeNext() || takeUnit() {
        if core.hasTrace { break }
        if let event = events.popFirst() { return .event(event) }
      }
      if !core.hasTrace { settle() }
    }
    return Output(core.tail(reading: authentication?.isChallenged != true))
  }

  /// Whether the server must say something next, or take what waits to be written.
  private var isServersTurn: Bool {
    guard !inFlight.isEmpty || writing != nil else { return false }
    if !core.outbound.isEmpty { return true }
    return writing?.isContentWanted != true && authentication?.isChallenged != true
  }

  /// What follows when no whole unit is left.
  private mutating func settle() {
    guard core.isOpen else { return }
    if core.hasEnded { return core.close(hasSaidGoodbye || state == .loggedOut ? .quit : .peerClosed) }
    guard isActive else { return }
    isActive = false
    let timeouts = configuration.timeouts
    if state == .connecting { return core.schedule(Timeout(timeouts.greeting)) }
    if idle?.phase == .active, writing == nil {
      // What the server says does not prolong the time in which it wants to hear something.
      guard idle?.isTimed == false else { return }
      idle?.isTimed = true
      return core.schedule(Timeout(timeouts.idleRenewal))
    }
    core.schedule(isServersTurn ? Timeout(timeouts.response) : nil)
  }
}
