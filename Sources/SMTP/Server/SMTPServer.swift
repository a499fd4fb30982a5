@_spi(MailCodec) public import MailWire
@_spi(MailCodec) import SMTPCodec

/// The server's side of an SMTP session, for a relay or a submission port.
///
/// [RFC 5321](https://www.rfc-editor.org/rfc/rfc5321), with PIPELINING, SIZE, 8BITMIME, ENHANCEDSTATUSCODES, STARTTLS and
/// AUTH. The machine keeps the order of commands, the limits and the clock; the host decides who may send what to whom.
///
/// ```swift
/// var server = SMTPServer(configuration: .init(name: try Domain("mail.website.test")))
/// // in the loop that `Machine` shows:
/// switch event {
/// case .mail: try server.accept()
/// case .recipient(let path, _): try knows(path) ? server.accept() : server.reject(.noSuchUser)
/// case .content(let part): message += part
/// case .contentEnds: try store(message) ? server.accept() : server.reject(.temporaryFailure)
/// default: break
/// }
/// ```
public struct SMTPServer: ConnectionMachine, ~Copyable {
  /// What the next octets are.
  enum Mode {
    case greeting
    case commands
    case content
    /// What is left of a chunk whose command was refused.
    case refusedChunk(UInt64)
    case authentication(AuthenticationStep)
  }

  /// What the host has been asked.
  enum Question {
    case hello(isExtended: Bool)
    case authentication
    case mail
    case recipient
    case data
    case content
    case inquiry
  }

  var core: ConnectionCore
  var events = EventQueue<SMTPServerEvent>()
  var dialogue = SMTPDialogue()
  var mode = Mode.greeting
  var question: Question?
  var framer: LineFramer
  var decoder = DotStuffingDecoder()
  var tally = Tally()
  let configuration: SMTPServerConfiguration

  /// What has been counted.
  struct Tally {
    var recipients = 0
    var errors = 0
    var junkCommands = 0
    var authenticationFailures = 0
    var contentOctets: UInt64 = 0
    var isShuttingDown = false
    var hasReportedPipelining = false
    var isFirstCommand = true
    /// Whether something happened since the deadline was set.
    var isActive = true
  }

  /// A server that has just accepted a connection; it greets at the first `poll`.
  public init(configuration: SMTPServerConfiguration) {
    self.configuration = configuration
    core = ConnectionCore(limits: configuration.limits.connection, isTracing: configuration.tracing)
    framer = LineFramer(
      limit: configuration.limits.commandLine, acceptsBareLineFeed: configuration.quirks.contains(.bareLineFeed))
  }

  /// Where the session stands.
  public var state: SMTPDialogue.State { dialogue.state }

  /// Whether the client has authenticated itself.
  public var isAuthenticated: Bool { dialogue.isAuthenticated }

  /// The octets that the machine's buffers hold on to now, used or not: bounded by the limits, and next to nothing when idle.
  public var retainedBytes: Int { core.retainedBytes }

  /// Whether the channel is encrypted.
  public var isEncrypted: Bool { dialogue.isEncrypted }

  // MARK: ConnectionMachine

  /// Takes bytes that arrived.
  public mutating func receive(_ bytes: Span<UInt8>, at now: Instant) {
    core.receive(bytes, at: now)
    if case .content = mode { tally.isActive = true }
  }

  /// Takes the client's end of file.
  public mutating func receiveEnd(at now: Instant) { core.receiveEnd(at: now) }

  /// Takes news of the transport. Report ``TransportChange/tls(_:)`` before the first `poll` for implicit TLS.
  public mutating func transportDidChange(_ change: TransportChange, at now: Instant) {
    guard core.transportDidChange(change, at: now), case .tls(let description) = change else { return }
    if dialogue.state == .connecting {
      dialogue.beginEncrypted()
    } else {
      dialogue.take(.tlsEstablished)
      tally.isActive = true
    }
    events.append(.encrypted(description))
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
    guard core.advance(to: now) else { return }
    guard core.isOpen else { return core.cut(.timedOut) }
    if case .greeting = mode { return greet() }
    send(.timedOut)
    core.close(.timedOut)
  }

  /// The next output.
  public mutating func poll() -> Output<SMTPServerEvent> {
    if !core.hasTrace {
      if let event = events.popFirst() { return .event(event) }
      while core.isOpen, question == nil, core.hasRoomToWrite, sayGoodbyeIfDue() || takeUnit() {
        if core.hasTrace { break }
        if let event = events.popFirst() { return .event(event) }
      }
      if !core.hasTrace { settle() }
    }
    return Output(core.tail(reading: question == nil))
  }

  /// What follows when no whole unit is left.
  private mutating func settle() {
    guard core.isOpen, question == nil else { return }
    if core.hasEnded, core.hasRoomToWrite { return core.close(.peerClosed) }
    guard tally.isActive else { return }
    tally.isActive = false
    switch mode {
    case .greeting: core.schedule(Timeout(configuration.greetingDelay))
    case .commands, .authentication: core.schedule(Timeout(configuration.timeouts.command))
    case .content, .refusedChunk: core.schedule(Timeout(configuration.timeouts.contentPart))
    }
  }

  /// Takes the next line or part of a message; false when there is none.
  private mutating func takeUnit() -> Bool {
    switch mode {
    case .greeting: takeGreeting()
    case .commands: takeCommand()
    case .content: takeContent()
    case .refusedChunk(let octets): takeRefusedChunk(octets)
    case .authentication(let step): takeAuthenticationLine(step)
    }
  }
}
