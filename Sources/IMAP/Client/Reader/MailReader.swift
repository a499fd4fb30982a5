public import IMAPCodec
@_spi(MailCodec) public import MailWire

/// A client for hosts that want to read mail and know no commands: it logs in, and carries out tasks one behind the other.
///
/// It is an ``IMAPClient`` with somebody who uses it. Folders, messages, parts, flags, moving and watching; whatever a server
/// does not offer is done in the way that it does.
///
/// ```swift
/// var reader = MailReader(configuration: .init(), credentials: Credentials(user: "susan", password: password))
/// try reader.listFolders()
/// try reader.open(.inbox)
/// try reader.listMessages(count: 20)
/// try reader.watch()
/// // in the loop that `Machine` shows:
/// switch event {
/// case .messages(let rows, for: _): for row in rows { show(row.date, row.from, row.subject) }
/// case .arrived: try reader.listMessages(count: 20)
/// default: break
/// }
/// ```
public struct MailReader: ConnectionMachine, ~Copyable {
  /// Which task an event is about.
  public struct TaskID: Hashable, Sendable, CustomStringConvertible {
    let number: Int

    /// The number of the task, 1 for the first.
    public var description: String { "#\(number)" }
  }

  /// Why a task was not carried out.
  @nonexhaustive
  public enum Failure: Error, Hashable, Sendable {
    /// The server refused it.
    case refused(StatusResponse)
    /// It is not possible in the state to which the tasks before it have led, or the server does not offer it.
    case impossible(MisuseError)
    /// There is no such message, or no such part of it.
    case missing
  }

  var client: IMAPClient
  var events = EventQueue<MailReaderEvent>()
  var queue = EventQueue<MailReaderTask>()
  var queuedCount = 0
  var current: MailReaderTask?
  var taskCount = 0
  /// Who logs in; nil behind the login.
  var credentials: Credentials?
  var login: IMAPClient.CommandID?
  var idle: IMAPClient.CommandID?
  var isEndingIdle = false
  var isReady = false
  /// Whether the content at hand is what the present task asked for.
  var isForwarding = false
  /// Whether the host wants to hear news.
  var isWatching = false
  let limits: IMAPClientLimits

  /// A reader on a connection that has just been made; the server speaks first.
  public init(configuration: IMAPClientConfiguration, credentials: Credentials) {
    client = IMAPClient(configuration: configuration)
    limits = configuration.limits
    self.credentials = credentials
  }

  /// What the server offers now.
  public var capabilities: IMAPCapabilities { client.capabilities }

  /// The mailbox that is open.
  public var mailbox: MailboxMirror? { client.mailbox }

  /// Whether the channel is encrypted.
  public var isEncrypted: Bool { client.isEncrypted }

  /// Whether no task waits or is under way.
  public var isIdle: Bool { isReady && queue.isEmpty && current == nil }

  /// The octets that the machine's buffers hold or keep for later.
  public var retainedBytes: Int { client.retainedBytes }

  // MARK: ConnectionMachine

  /// Takes bytes that arrived.
  public mutating func receive(_ bytes: Span<UInt8>, at now: Instant) { client.receive(bytes, at: now) }

  /// Takes the server's end of file.
  public mutating func receiveEnd(at now: Instant) { client.receiveEnd(at: now) }

  /// Takes news of the transport. Report ``TransportChange/tls(_:)`` before the first `poll` for implicit TLS.
  public mutating func transportDidChange(_ change: TransportChange, at now: Instant) {
    client.transportDidChange(change, at: now)
  }

  /// Lends the waiting bytes to `body`, which returns how many of them it wrote.
  public mutating func withOutbound<Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Int) throws(Failure) {
    try client.withOutbound(body)
  }

  /// Replaces the content of `buffer` by the waiting bytes.
  public mutating func takeOutbound(into buffer: inout [UInt8]) { client.takeOutbound(into: &buffer) }

  /// Tells the machine the time.
  public mutating func advance(to now: Instant) { client.advance(to: now) }

  /// The next output.
  public mutating func poll() -> Output<MailReaderEvent> {
    while true {
      if let event = events.popFirst() { return .event(event) }
      switch client.poll() {
      case .write: return .write
      case .transport(let action): return .transport(action)
      case .trace(let record): return .trace(record)
      case .event(let event): handle(event)
      case .wait(let wait):
        guard startNext() else { return .wait(wait) }
      }
    }
  }

  /// Begins what may begin now; false when there is nothing.
  private mutating func startNext() -> Bool {
    guard isReady, current == nil else { return false }
    guard !queue.isEmpty else { return startWatching() }
    guard idle == nil else { return endWatching() }
    // With nothing in flight, no news can change what a sequence number means before the server reads it.
    guard client.isIdle else { return false }
    current = queue.popFirst()
    queuedCount -= 1
    proceed()
    return true
  }

  private mutating func startWatching() -> Bool {
    guard isWatching, idle == nil, client.isIdle, client.state == .selected else { return false }
    idle = try? client.send(.idle)
    return idle != nil
  }

  private mutating func endWatching() -> Bool {
    guard !isEndingIdle else { return false }
    isEndingIdle = true
    try? client.finishIdle()
    return true
  }
}
