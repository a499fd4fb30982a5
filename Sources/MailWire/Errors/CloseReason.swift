/// Why a connection ended. A machine says it once, in its last event.
@nonexhaustive
public enum CloseReason: Hashable, Sendable {
  /// The client said QUIT and the server answered.
  case quit
  /// The peer closed the connection without a QUIT.
  case peerClosed
  /// The transport failed.
  case transportFailed
  /// The TLS handshake failed.
  case tlsFailed
  /// The peer took longer than the protocol allows.
  case timedOut
  /// The server refused service, in its greeting or later.
  case serviceRefused
  /// The local side ended the session: a shutdown, or a decision of the host.
  case shutdown
  /// The peer violated the protocol.
  case violation(ProtocolViolation.Fault)
}
