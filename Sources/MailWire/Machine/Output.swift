/// What a machine wants of its host next. The order is the order of the wire: act on one before you ask for another.
///
/// Exhaustive on purpose: a host that forgets one hangs.
public enum Output<Event: Sendable>: Sendable {
  /// Bytes are waiting for the transport: take them with ``ConnectionMachine/withOutbound(_:)`` or
  /// ``ConnectionMachine/takeOutbound(into:)``. Bytes that the transport does not take now may wait; see
  /// ``Wait/writing``.
  case write
  /// Something happened that the host should know or answer.
  case event(Event)
  /// The transport must change; all earlier bytes have been taken.
  case transport(TransportAction)
  /// A line for the log, secrets removed; only when the configuration turns tracing on.
  case trace(TraceRecord)
  /// Nothing more now: wait for input, for room to write, or for the deadline.
  case wait(Wait)
}

/// What a drained machine waits for.
@frozen
public struct Wait: Hashable, Sendable {
  /// Whether the machine wants input. When false, leave the bytes in the kernel: that is the backpressure.
  public let reading: Bool
  /// Whether bytes are still waiting for the transport.
  public let writing: Bool
  /// When to call ``Machine/advance(to:)`` if nothing else happens first.
  public let deadline: Instant?

  /// A wait for these things.
  @inlinable
  public init(reading: Bool, writing: Bool = false, deadline: Instant?) {
    self.reading = reading
    self.writing = writing
    self.deadline = deadline
  }
}

/// How the transport must change.
@nonexhaustive
public enum TransportAction: Hashable, Sendable {
  /// Start the TLS handshake, then report ``TransportChange/tls(_:)`` or ``TransportChange/tlsFailed``.
  case startTLS
  /// Close the connection.
  case close
}

/// How the transport has changed.
@nonexhaustive
public enum TransportChange: Hashable, Sendable {
  /// TLS is established. Report it before the first `poll` when the connection begins with TLS.
  case tls(TLSDescription)
  /// The handshake failed.
  case tlsFailed
  /// The connection broke: nothing more can be read or written.
  case failed
}

/// What the host knows of an established TLS channel.
public struct TLSDescription: Hashable, Sendable {
  /// The protocol version, such as `TLSv1.3`; empty when unknown.
  public var version: [UInt8]
  /// The cipher suite's name; empty when unknown.
  public var cipherSuite: [UInt8]
  /// Whether the peer's certificate was checked against the name that was wanted.
  public var isPeerVerified: Bool

  /// A description; everything may be left out.
  public init(version: [UInt8] = [], cipherSuite: [UInt8] = [], isPeerVerified: Bool = false) {
    self.version = version
    self.cipherSuite = cipherSuite
    self.isPeerVerified = isPeerVerified
  }
}
