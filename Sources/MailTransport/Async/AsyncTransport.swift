#if !hasFeature(Embedded)
  public import MailWire

  /// A connection that tasks wait for: what ``AsyncDriver`` needs of a socket and its TLS layer.
  ///
  /// A read, a write and a sleep may be under way at the same time, never two of one kind, and never a read during a
  /// handshake.
  public protocol AsyncTransport: Sendable {
    /// What a broken connection throws.
    associatedtype Failure: Error

    /// The time on the transport's own monotonic clock.
    var now: Instant { get }

    /// Waits until `deadline`, or until the task is cancelled.
    func sleep(until deadline: Instant) async

    /// Waits for bytes and returns them; an empty array says that the peer has closed its side.
    func read() async throws(Failure) -> [UInt8]

    /// Writes all of `bytes`.
    func write(_ bytes: [UInt8]) async throws(Failure)

    /// Makes a TLS handshake and returns ``TransportChange/tls(_:)`` or ``TransportChange/tlsFailed``.
    func startTLS() async throws(Failure) -> TransportChange

    /// Closes the connection and ends what is under way: a pending read, write or handshake returns or throws.
    func close() async
  }
#endif
