/// Timeouts of a server.
public struct SMTPServerTimeouts: Hashable, Sendable {
  /// The next command. Default 5 minutes:
  /// [RFC 5321 §4.5.3.2.7](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.2.7). A part of a line does not count.
  public var command: Duration = .seconds(300)
  /// The next part of a message. Default 3 minutes.
  public var contentPart: Duration = .seconds(180)
  /// The TLS handshake. Default 1 minute.
  public var handshake: Duration = .seconds(60)

  /// The default timeouts.
  public init() {}
}
