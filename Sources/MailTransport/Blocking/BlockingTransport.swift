public import MailWire

/// A connection that a thread may wait for: what ``BlockingDriver`` needs of a socket and its TLS layer.
///
/// Times are instants on the transport's own monotonic clock. A deadline that has passed does not forbid work that is possible
/// without waiting: a read then returns what has arrived already.
public protocol BlockingTransport: ~Copyable {
  /// What a broken connection throws.
  associatedtype Failure: Error

  /// The time.
  var now: Instant { mutating get }

  /// Waits for bytes and puts them at the front of `buffer`, whose content does not matter; its size is a proposal and may
  /// be changed.
  mutating func read(into buffer: inout [UInt8], until deadline: Instant?) throws(Failure) -> BlockingRead

  /// Writes as many of `bytes` as the connection takes, waiting for room for at least one until `deadline`, and returns
  /// their number: 0 when the deadline passed first.
  mutating func write(_ bytes: Span<UInt8>, until deadline: Instant?) throws(Failure) -> Int

  /// Makes a TLS handshake and returns ``TransportChange/tls(_:)`` or ``TransportChange/tlsFailed``. A handshake that is
  /// not finished at the deadline has failed.
  mutating func startTLS(until deadline: Instant?) throws(Failure) -> TransportChange

  /// Closes the connection. Later calls do nothing.
  mutating func close()
}

/// How a read ended.
@frozen
public enum BlockingRead: Hashable, Sendable {
  /// This many bytes came, at least one.
  case bytes(Int)
  /// The peer has closed its side.
  case end
  /// Nothing came before the deadline.
  case deadlinePassed
}
