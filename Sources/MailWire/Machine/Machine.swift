/// A protocol endpoint without I/O: facts go in, outputs come out, and nothing else happens.
///
/// A machine has no socket, clock, task, closure, logger or source of randomness, so the same inputs give the same outputs
/// and every session can be replayed. Drive it with one loop:
///
/// ```swift
/// machine.advance(to: clock.now)
/// drain: while true {
///   switch machine.poll() {
///   case .write: machine.withOutbound { bytes in socket.write(bytes) }
///   case .event(let event): handle(event)
///   case .transport(.startTLS): try socket.startTLS()
///   case .transport(.close): socket.close()
///   case .trace(let record): print(record)
///   case .wait(let wait): break drain
///   }
/// }
/// ```
public protocol Machine: ~Copyable, Sendable {
  /// What the machine tells its host.
  associatedtype Event: Sendable

  /// The next output. Call it until it answers ``Output/wait(_:)``; calling it again then changes nothing.
  mutating func poll() -> Output<Event>

  /// Tells the machine the time: once before the first `poll`, so that it can set a deadline, and when a deadline of
  /// ``Wait/deadline`` has come. Too early is harmless.
  mutating func advance(to now: Instant)
}

/// A machine at one end of a connection.
///
/// Inputs never call back, return nothing, and never throw for the peer's faults: those come out as events. Several inputs
/// without a `poll` in between are legal.
public protocol ConnectionMachine: Machine, ~Copyable where Event: ConnectionEvent {
  /// Takes bytes that arrived. They may be cut anywhere.
  mutating func receive(_ bytes: Span<UInt8>, at now: Instant)

  /// Takes the peer's end of file.
  mutating func receiveEnd(at now: Instant)

  /// Takes news of the transport.
  mutating func transportDidChange(_ change: TransportChange, at now: Instant)

  /// Lends the waiting bytes to `body`, which returns how many of them it wrote; those are forgotten.
  mutating func withOutbound<Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Int) throws(Failure)

  /// Replaces the content of `buffer` by the waiting bytes and keeps its storage for the next ones: for hosts whose writes
  /// outlive the call. With one buffer passed each time, nothing is allocated.
  mutating func takeOutbound(into buffer: inout [UInt8])
}

/// What the events of every connection machine have in common.
public protocol ConnectionEvent: Sendable {
  /// The peer violated the protocol; the machine has already acted on it.
  static func violation(_ violation: ProtocolViolation) -> Self

  /// The connection is over. It is the last event, and there is exactly one.
  static func closed(_ reason: CloseReason) -> Self
}
