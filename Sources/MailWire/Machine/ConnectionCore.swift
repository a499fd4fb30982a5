/// What every connection machine does alike: buffers, the order of outputs, TLS, the end, the clock, the trace.
///
/// A machine puts its own steps in front: it polls its events and units first and asks the core for ``tail(reading:)`` when
/// it has none. So bytes come before the transport changes that follow them, and the end comes last.
@_spi(MailCodec)
public struct ConnectionCore: ~Copyable, Sendable {
  /// Where the connection stands.
  @usableFromInline enum Phase: Sendable {
    case open
    /// TLS was agreed upon; earlier bytes must leave first.
    case startingTLS
    /// The host has been told to start TLS.
    case awaitingTLS
    /// Earlier bytes must leave first.
    case closing(CloseReason)
    /// The host has been told to close.
    case closeAnnounced(CloseReason)
    case closed
  }

  /// What is left to do when a machine has nothing of its own.
  public enum Tail {
    case write
    case transport(TransportAction)
    case violation(ProtocolViolation)
    case closed(CloseReason)
    case trace(TraceRecord)
    case wait(Wait)
  }

  /// Bytes that arrived and are not yet understood.
  public var inbound = ReceiveBuffer()
  /// Bytes that wait for the transport.
  public var outbound = OutboundBuffer()
  /// The latest time that the host has told; nil until it told one.
  private var now: Instant?
  private var deadline: Instant?
  /// A deadline that was set before the host told the time.
  private var pendingTimeout: Timeout?
  /// Whether TLS is established.
  public private(set) var isEncrypted = false
  /// Whether the peer has closed its side.
  public private(set) var hasEnded = false
  /// Whether ``trace(_:)`` keeps anything.
  public let isTracing: Bool

  @usableFromInline var phase = Phase.open
  private var announcedCount = 0
  private var pendingViolation: ProtocolViolation?
  @usableFromInline var traces: [TraceRecord] = []
  @usableFromInline let limits: ConnectionLimits

  /// The core of a connection that is open and has said nothing.
  public init(limits: ConnectionLimits, isTracing: Bool) {
    self.limits = limits
    self.isTracing = isTracing
  }

  // MARK: Inputs

  /// Takes bytes that arrived.
  public mutating func receive(_ bytes: Span<UInt8>, at now: Instant) {
    observe(now)
    guard !bytes.isEmpty else { return }
    switch phase {
    case .open:
      guard inbound.count <= limits.unreadBytes else { return abort(.receiveOverflow) }
      inbound.append(bytes)
    case .startingTLS, .awaitingTLS:
      close(violation: .plaintextBeforeTLS)
    case .closing, .closeAnnounced, .closed:
      break
    }
  }

  /// Takes the peer's end of file.
  public mutating func receiveEnd(at now: Instant) {
    observe(now)
    hasEnded = true
    switch phase {
    case .startingTLS, .awaitingTLS: cut(.peerClosed)
    case .open, .closing, .closeAnnounced, .closed: break
    }
  }

  /// Takes news of the transport and says whether TLS has just been established.
  public mutating func transportDidChange(_ change: TransportChange, at now: Instant) -> Bool {
    observe(now)
    switch (change, phase) {
    case (_, .closed), (_, .closing), (_, .closeAnnounced):
      if case .failed = change { discardOutbound() }
      return false
    case (.tls, _):
      guard inbound.isEmpty else {
        // TLS came unasked: what was said before it must not count as said inside it.
        abort(.plaintextBeforeTLS)
        return false
      }
      phase = .open
      isEncrypted = true
      return true
    case (.tlsFailed, _):
      cut(.tlsFailed)
      return false
    case (.failed, _):
      cut(.transportFailed)
      return false
    }
  }

  /// Notes the time and says whether the machine's deadline has passed; it is cleared then.
  public mutating func advance(to now: Instant) -> Bool {
    observe(now)
    guard let due = deadline, due <= now else { return false }
    deadline = nil
    switch phase {
    case .open, .startingTLS, .awaitingTLS:
      return true
    case .closing:
      // The peer does not take our last bytes.
      discardOutbound()
      return false
    case .closeAnnounced, .closed:
      return false
    }
  }

  private mutating func observe(_ now: Instant) {
    if let latest = self.now, latest >= now { return }
    self.now = now
    if let timeout = pendingTimeout {
      pendingTimeout = nil
      deadline = timeout.after(now)
    }
  }

  /// Whether a deadline is set.
  public var hasDeadline: Bool { deadline != nil || pendingTimeout != nil }

  /// Sets the time by which something must happen, in place of any earlier one; nil for none.
  public mutating func schedule(_ timeout: Timeout?) {
    pendingTimeout = nil
    deadline = nil
    guard let timeout else { return }
    if let now { deadline = timeout.after(now) } else { pendingTimeout = timeout }
  }

  // MARK: What machines ask and do

  /// Whether the machine may take another unit from the buffer: not while TLS starts, not after the end, and not while the
  /// peer leaves our answers unread.
  @inlinable public var isOpen: Bool {
    if case .open = phase { return true }
    return false
  }

  /// The octets that the buffers hold on to, used or not.
  public var retainedBytes: Int { inbound.retainedBytes + outbound.retainedBytes }

  /// Whether the machine may answer another unit.
  @inlinable public var hasRoomToWrite: Bool { outbound.count < limits.unwrittenBytes }

  /// Whether the machine is past its last unit.
  public var isOver: Bool {
    switch phase {
    case .open, .startingTLS, .awaitingTLS: false
    case .closing, .closeAnnounced, .closed: true
    }
  }

  /// Why the connection ends, once it is past its last unit.
  public var closeReason: CloseReason? {
    switch phase {
    case .open, .startingTLS, .awaitingTLS, .closed: nil
    case .closing(let reason), .closeAnnounced(let reason): reason
    }
  }

  /// Starts TLS behind the bytes written so far. Plaintext that is buffered already, even half a line, was written by
  /// somebody who could not know what we would say: that ends the connection. The bytes written so far leave all the
  /// same, so that the peer sees one thing whether its plaintext came early or late.
  public mutating func startTLS() {
    guard isOpen else { return }
    guard inbound.isEmpty else { return close(violation: .plaintextBeforeTLS) }
    phase = .startingTLS
  }

  /// Ends the connection behind the bytes written so far.
  public mutating func close(_ reason: CloseReason) {
    guard !isOver else { return }
    phase = .closing(reason)
    inbound.removeAll()
    schedule(Timeout(limits.lingering))
  }

  /// Ends the connection for a violation, after the bytes written so far.
  public mutating func close(violation fault: ProtocolViolation.Fault) {
    guard !isOver else { return }
    pendingViolation = ProtocolViolation(fault, .closed)
    close(.violation(fault))
  }

  /// Ends the connection at once, for a violation: waiting bytes are dropped.
  public mutating func abort(_ fault: ProtocolViolation.Fault) {
    guard !isOver else { return }
    pendingViolation = ProtocolViolation(fault, .closed)
    cut(.violation(fault))
  }

  /// Ends the connection at once: waiting bytes are dropped.
  public mutating func cut(_ reason: CloseReason) {
    guard !isOver else { return }
    phase = .closing(reason)
    inbound.removeAll()
    discardOutbound()
    schedule(nil)
  }

  private mutating func discardOutbound() {
    outbound.removeAll()
    announcedCount = 0
  }

  /// Forgets bytes that were written.
  public mutating func consumeOutbound(_ count: Int) {
    outbound.consume(count)
    announcedCount = Swift.max(0, announcedCount - count)
  }

  /// Gives up the waiting bytes in exchange for the storage of `buffer`.
  public mutating func takeOutbound(into buffer: inout [UInt8]) {
    outbound.exchange(with: &buffer)
    announcedCount = 0
  }

  // MARK: Trace

  /// Whether something must come out before the machine's next event.
  @inlinable public var hasTrace: Bool { !traces.isEmpty }

  /// Notes a line for the log when tracing is on; the record is not even made otherwise.
  public mutating func trace(_ record: @autoclosure () -> TraceRecord) {
    if isTracing { traces.append(record()) }
  }

  /// Records the line of `length` octets at the front of the input; what follows the first `shown` octets is a secret.
  public mutating func traceReceived(_ speaker: TraceRecord.Speaker, length: Int, shown: Int? = nil) {
    guard isTracing else { return }
    let shown = Swift.min(shown ?? length, length)
    let record =
      shown < length
      ? TraceRecord(speaker, line: inbound.bytes.extracting(first: length), hiddenAfter: shown)
      : TraceRecord(speaker, line: inbound.bytes.extracting(first: length))
    traces.append(record)
  }

  /// Records the lines of the server's response of `length` octets at the front of the input.
  public mutating func traceReply(length: Int) {
    if isTracing { traces += TraceRecord.lines(.server, inbound.bytes.extracting(first: length)) }
  }

  /// Records the lines that were written since the output had `start` octets.
  public mutating func traceWritten(_ speaker: TraceRecord.Speaker, since start: Int) {
    if isTracing { traces += TraceRecord.lines(speaker, outbound.bytes.extracting(droppingFirst: start)) }
  }

  // MARK: Outputs

  /// The next output when the machine has no event; `reading` says whether more input could bring one.
  public mutating func tail(reading: Bool) -> Tail {
    if !traces.isEmpty { return .trace(traces.removeFirst()) }
    if outbound.count > announcedCount {
      announcedCount = outbound.count
      return .write
    }
    if let violation = pendingViolation {
      pendingViolation = nil
      return .violation(violation)
    }
    switch phase {
    case .open:
      let isReading = reading && !hasEnded && hasRoomToWrite && inbound.count <= limits.unreadBytes
      return .wait(Wait(reading: isReading, writing: !outbound.isEmpty, deadline: deadline))
    case .startingTLS where outbound.isEmpty:
      phase = .awaitingTLS
      return .transport(.startTLS)
    case .closing(let reason) where outbound.isEmpty:
      phase = .closeAnnounced(reason)
      schedule(nil)
      return .transport(.close)
    case .closeAnnounced(let reason):
      phase = .closed
      return .closed(reason)
    case .startingTLS, .awaitingTLS, .closing, .closed:
      return .wait(Wait(reading: false, writing: !outbound.isEmpty, deadline: deadline))
    }
  }
}

extension Output where Event: ConnectionEvent {
  /// The output that the core's tail stands for.
  @_spi(MailCodec) @inlinable
  public init(_ tail: ConnectionCore.Tail) {
    switch tail {
    case .write: self = .write
    case .transport(let action): self = .transport(action)
    case .violation(let violation): self = .event(.violation(violation))
    case .closed(let reason): self = .event(.closed(reason))
    case .trace(let record): self = .trace(record)
    case .wait(let wait): self = .wait(wait)
    }
  }
}
