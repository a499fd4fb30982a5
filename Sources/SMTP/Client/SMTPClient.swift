@_spi(MailCodec) public import MailWire
@_spi(MailCodec) public import SMTPCodec

/// The client's side of an SMTP session, for submission or relay.
///
/// [RFC 5321](https://www.rfc-editor.org/rfc/rfc5321), with PIPELINING, SIZE, 8BITMIME, ENHANCEDSTATUSCODES, STARTTLS and
/// AUTH. The machine greets, encrypts by its configuration and says ``SMTPClientEvent/ready(_:)``; then the host sends.
///
/// ```swift
/// var client = SMTPClient(configuration: .init(name: try HelloName("laptop.website.test")))
/// // in the loop that `Machine` shows:
/// switch event {
/// case .ready: try client.send(SMTPEnvelope(from: susan, to: [robert]))
/// case .contentWanted: try client.sendMessage(message)
/// case .outcome(let outcome): print(outcome.recipients); try client.quit()
/// default: break
/// }
/// ```
public struct SMTPClient: ConnectionMachine, ~Copyable {
  /// Which command the next reply answers.
  enum Expectation {
    case greeting
    case ehlo
    case helo
    case startTLS
    case authentication(AuthenticationStep)
    case mail
    case recipient(Int)
    case data
    case content
    case resetBehindTransaction
    case inquiry
    case quit
  }

  var core: ConnectionCore
  var events = EventQueue<SMTPClientEvent>()
  var dialogue = SMTPDialogue()
  var expectations = ReplyQueue()
  var framer: SMTPReplyFramer
  var transaction: Transaction?
  var credentials: Credentials?
  /// Whether something happened since the deadline was set.
  var isActive = true
  let configuration: SMTPClientConfiguration
  /// What the server offers now; nothing before its reply to `EHLO`, and nothing between STARTTLS and the next one.
  public internal(set) var capabilities = SMTPCapabilities()

  /// A client on a connection that has just been made; the server speaks first.
  public init(configuration: SMTPClientConfiguration) {
    self.configuration = configuration
    core = ConnectionCore(limits: configuration.limits, isTracing: configuration.tracing)
    framer = SMTPReplyFramer(
      limits: configuration.replyLimits, acceptsBareLineFeed: configuration.quirks.contains(.bareLineFeed))
    expectations.append(.greeting)
  }

  /// Where the session stands.
  public var state: SMTPDialogue.State { dialogue.state }

  /// Whether the client is authenticated.
  public var isAuthenticated: Bool { dialogue.isAuthenticated }

  /// The octets that the machine's buffers hold on to now, used or not: bounded by the limits, and next to nothing when idle.
  public var retainedBytes: Int { core.retainedBytes }

  /// Whether the channel is encrypted.
  public var isEncrypted: Bool { dialogue.isEncrypted }

  /// Whether the session is open and nothing is under way: the moment to send, ask or quit.
  public var isIdle: Bool { core.isOpen && dialogue.state == .ready && expectations.isEmpty && transaction == nil }

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
    } else {
      dialogue.take(.tlsEstablished)
      sayHello()
    }
  }

  /// Lends the waiting bytes to `body`, which returns how many of them it wrote.
  public mutating func withOutbound<Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Int) throws(Failure) {
    let written = try body(core.outbound.bytes)
    core.consumeOutbound(written)
    noteWritten()
  }

  /// Replaces the content of `buffer` by the waiting bytes.
  public mutating func takeOutbound(into buffer: inout [UInt8]) {
    core.takeOutbound(into: &buffer)
    noteWritten()
  }

  /// Tells the machine the time.
  public mutating func advance(to now: Instant) {
    if core.advance(to: now) { core.cut(.timedOut) }
  }

  /// The next output.
  public mutating func poll() -> Output<SMTPClientEvent> {
    if !core.hasTrace {
      if let event = events.popFirst() { return .event(event) }
      while core.isOpen, continueTransaction() || takeReply() {
        if core.hasTrace { break }
        if let event = events.popFirst() { return .event(event) }
      }
      if !core.hasTrace {
        settle()
        if let event = events.popFirst() { return .event(event) }
      }
    }
    return Output(core.tail(reading: true))
  }

  /// What follows when no whole reply is left.
  private mutating func settle() {
    if core.isOpen, core.hasEnded { core.close(hasSaidGoodbye ? .quit : .peerClosed) }
    if let reason = core.closeReason { return abandonTransaction(reason) }
    guard core.isOpen, isActive else { return }
    isActive = false
    core.schedule(timeout)
  }

  private var hasSaidGoodbye: Bool {
    if case .quit = expectations.first { return true }
    return false
  }

  private var timeout: Timeout? {
    let timeouts = configuration.timeouts
    switch expectations.first {
    case .greeting: return Timeout(timeouts.greeting)
    case .ehlo, .helo, .startTLS, .authentication, .mail, .recipient, .resetBehindTransaction, .inquiry:
      return Timeout(timeouts.command)
    case .data: return Timeout(timeouts.data)
    case .content: return Timeout(timeouts.contentEnd)
    case .quit: return Timeout(timeouts.quit)
    case nil: return transaction == nil ? nil : Timeout(timeouts.contentPart)
    }
  }

  /// Notes whether the final dot has left, which decides between "not sent" and "nobody knows".
  private mutating func noteWritten() {
    guard var transaction, core.outbound.isEmpty else { return }
    if transaction.phase == .verdict, !transaction.hasFinalDotLeft {
      transaction.hasFinalDotLeft = true
      self.transaction = transaction
    }
    isActive = true
  }
}
