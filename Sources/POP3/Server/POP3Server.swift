@_spi(MailCodec) public import MailWire
@_spi(MailCodec) import POP3Codec

/// The server's side of a POP3 session.
///
/// [RFC 1939](https://www.rfc-editor.org/rfc/rfc1939) with CAPA, TOP, UIDL, RESP-CODES, AUTH-RESP-CODE, PIPELINING, STLS and
/// AUTH PLAIN. The machine keeps the order of commands, the listings, the limits and the clock; the host checks
/// credentials, locks the maildrop, hands over texts, and deletes.
///
/// ```swift
/// var server = POP3Server(configuration: .init())
/// // in the loop that `Machine` shows:
/// switch event {
/// case .authenticate(let credentials): try server.accept(lockedMaildrop(of: credentials))
/// case .retrieve(let number, _): reader = open(number)
/// case .contentWanted: try reader.hasMore ? server.sendContent(reader.next()) : server.finishContent()
/// case .contentSuffices: try server.finishContent()
/// case .update(let deleted): try remove(deleted) ? server.accept() : server.reject(.notAllRemoved)
/// default: break
/// }
/// ```
public struct POP3Server: ConnectionMachine, ~Copyable {
  /// What the machine is at.
  enum Mode {
    case greeting
    case commands
    /// Behind the continuation request of `AUTH PLAIN`.
    case authentication
    case listing(Listing)
    case transfer
  }

  /// Which listing is being written.
  enum Listing {
    case sizes
    case uniqueIDs
  }

  /// What the host has been asked.
  enum Question {
    case authentication
    case update
  }

  /// A message on its way.
  struct Transfer {
    var number = 0
    var filter: TopFilter?
    var encoder = DotStuffingEncoder()
    /// Whether the response line has been written.
    var hasBegun = false
    /// Whether the client has all that it asked for.
    var isSatisfied = false
    /// Whether the host knows that there is room.
    var isAskedFor = false
  }

  /// What has been counted.
  struct Tally {
    var errors = 0
    var authenticationFailures = 0
    /// The next row of a listing.
    var nextRow = 1
    var isFirstCommand = true
    var isShuttingDown = false
    /// Whether something happened since the deadline was set.
    var isActive = true
  }

  var core: ConnectionCore
  var events = EventQueue<POP3ServerEvent>()
  var dialogue = POP3Dialogue()
  var mode = Mode.greeting
  var question: Question?
  var framer: LineFramer
  var transfer = Transfer()
  var tally = Tally()
  /// The name in `USER`.
  var user: [UInt8] = []
  /// The timestamp of the greeting, as long as it counts.
  var timestamp: APOPTimestamp?
  /// The maildrop as the session sees it.
  public internal(set) var maildrop = Maildrop()
  let configuration: POP3ServerConfiguration

  /// A server that has just accepted a connection; it greets at the first `poll`.
  public init(configuration: POP3ServerConfiguration) {
    self.configuration = configuration
    core = ConnectionCore(limits: configuration.limits.connection, isTracing: configuration.tracing)
    framer = LineFramer(
      limit: configuration.limits.commandLine, acceptsBareLineFeed: configuration.quirks.contains(.bareLineFeed))
    timestamp = configuration.timestamp
  }

  /// Where the session stands.
  public var state: POP3Dialogue.State { dialogue.state }

  /// The octets that the machine's buffers hold or keep for later.
  public var retainedBytes: Int { core.retainedBytes }

  /// Whether the channel is encrypted.
  public var isEncrypted: Bool { dialogue.isEncrypted }

  // MARK: ConnectionMachine

  /// Takes bytes that arrived.
  public mutating func receive(_ bytes: Span<UInt8>, at now: Instant) { core.receive(bytes, at: now) }

  /// Takes the client's end of file. Commands that arrived before it are still answered.
  public mutating func receiveEnd(at now: Instant) { core.receiveEnd(at: now) }

  /// Takes news of the transport. Report ``TransportChange/tls(_:)`` before the first `poll` for implicit TLS.
  public mutating func transportDidChange(_ change: TransportChange, at now: Instant) {
    guard core.transportDidChange(change, at: now), case .tls(let description) = change else { return }
    if dialogue.state == .connecting {
      dialogue.beginEncrypted()
    } else {
      // Whatever was said in clear may have been an attacker's.
      dialogue.take(.tlsEstablished)
      user = []
      timestamp = nil
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

  /// Tells the machine the time. An autologout says nothing, and deletes nothing.
  public mutating func advance(to now: Instant) {
    if core.advance(to: now) { core.cut(.timedOut) }
  }

  /// The next output.
  public mutating func poll() -> Output<POP3ServerEvent> {
    if !core.hasTrace {
      if let event = events.popFirst() { return .event(event) }
      while core.isOpen, question == nil, core.hasRoomToWrite, step() {
        if core.hasTrace { break }
        if let event = events.popFirst() { return .event(event) }
      }
      if !core.hasTrace { settle() }
    }
    return Output(core.tail(reading: isReadingCommands))
  }

  private var isReadingCommands: Bool {
    guard question == nil else { return false }
    switch mode {
    case .greeting, .commands, .authentication: return true
    case .listing, .transfer: return false
    }
  }

  /// Does the next thing; false when there is none.
  private mutating func step() -> Bool {
    switch mode {
    case .greeting:
      greet()
      return true
    case .commands:
      if tally.isShuttingDown {
        // No response can be sent to a client that asked nothing; it finds its messages undeleted.
        core.close(.shutdown)
        return true
      }
      return takeCommand()
    case .authentication:
      return takeAuthenticationLine()
    case .listing(let listing):
      continueListing(listing)
      return true
    case .transfer:
      guard !transfer.isAskedFor, !transfer.isSatisfied else { return false }
      transfer.isAskedFor = true
      events.append(.contentWanted)
      return true
    }
  }

  /// What follows when nothing is left to do.
  private mutating func settle() {
    guard core.isOpen else { return }
    var awaitsHost = question != nil
    if case .transfer = mode { awaitsHost = core.outbound.isEmpty }
    if awaitsHost {
      // The client waits for us: its clock stands still.
      core.schedule(nil)
      tally.isActive = true
      return
    }
    if core.hasEnded, core.hasRoomToWrite, isReadingCommands { return core.close(.peerClosed) }
    guard tally.isActive else { return }
    tally.isActive = false
    core.schedule(Timeout(configuration.timeouts.autologout))
  }

  private mutating func greet() {
    guard !tally.isShuttingDown else {
      send("-ERR [SYS/TEMP] Server is shutting down")
      return core.close(.shutdown)
    }
    mode = .commands
    dialogue.take(.greeting)
    let start = core.outbound.count
    core.outbound.append("+OK ")
    core.outbound.append(configuration.greeting.bytes)
    if let timestamp {
      core.outbound.append(.space)
      core.outbound.append(timestamp.bytes)
    }
    core.outbound.appendLineEnd()
    core.traceWritten(.server, since: start)
  }

  /// Appends a line.
  mutating func send(_ line: StaticString) {
    let start = core.outbound.count
    core.outbound.append(line)
    core.outbound.appendLineEnd()
    core.traceWritten(.server, since: start)
  }

  /// Appends a response of the host's.
  mutating func send(_ response: POP3Response) {
    let start = core.outbound.count
    response.write(to: &core.outbound)
    core.traceWritten(.server, since: start)
  }
}
