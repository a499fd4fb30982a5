/// Timeouts of a client: the minima of
/// [RFC 5321 §4.5.3.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.2).
public struct SMTPClientTimeouts: Hashable, Sendable {
  /// The greeting. Default 5 minutes.
  public var greeting: Duration = .seconds(300)
  /// The reply to a command. Default 5 minutes.
  public var command: Duration = .seconds(300)
  /// The reply to `DATA`. Default 2 minutes.
  public var data: Duration = .seconds(120)
  /// The transport's taking of a part of the message. Default 3 minutes.
  public var contentPart: Duration = .seconds(180)
  /// The reply to the message. Default 10 minutes: a server that is slow here and loses the connection delivers twice.
  public var contentEnd: Duration = .seconds(600)
  /// The TLS handshake. Default 1 minute.
  public var handshake: Duration = .seconds(60)
  /// The reply to `QUIT`. Default 10 seconds; nothing depends on it.
  public var quit: Duration = .seconds(10)

  /// The default timeouts.
  public init() {}
}
