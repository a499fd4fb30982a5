public import SMTPCodec

/// What went wrong.
@nonexhaustive
public enum DeliveryProblem: Hashable, Sendable {
  /// The server refused, for now (4yz) or for good (5yz).
  case reply(SMTPReply)
  /// Nothing came within the timeout.
  case timedOut
  /// The connection ended, or the server broke the protocol so that it had to be ended.
  case disconnected
  /// No connection came about: refused, no route, no address.
  case unreachable
  /// TLS could not be established as wanted: no offer of it, a failed handshake, the wrong certificate.
  case tlsFailed
}
