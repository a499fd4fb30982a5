/// Timeouts of a server.
public struct IMAPServerTimeouts: Hashable, Sendable {
  /// How long a client may be silent before it is logged in. Default 1 minute.
  public var login: Duration = .seconds(60)
  /// How long it may be silent after that, in `IDLE` too. Default 30 minutes, the least that
  /// [RFC 9051 §5.4](https://www.rfc-editor.org/rfc/rfc9051#section-5.4) allows.
  public var autologout: Duration = .seconds(30 * 60)
  /// The TLS handshake. Default 1 minute.
  public var handshake: Duration = .seconds(60)

  /// The default timeouts.
  public init() {}
}
