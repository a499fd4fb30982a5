/// Timeouts of a client; the standards name only the server's.
public struct IMAPClientTimeouts: Hashable, Sendable {
  /// The greeting. Default 2 minutes.
  public var greeting: Duration = .seconds(120)
  /// The next octets while a command waits for its answer: a server that works on a long one says something from time to
  /// time. Default 5 minutes.
  public var response: Duration = .seconds(300)
  /// How long one `IDLE` lasts before it is renewed. Default 28 minutes: servers may log out a client that was silent for 30,
  /// [RFC 9051 §6.3.13](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.13).
  public var idleRenewal: Duration = .seconds(28 * 60)
  /// The TLS handshake. Default 1 minute.
  public var handshake: Duration = .seconds(60)

  /// The default timeouts.
  public init() {}
}
