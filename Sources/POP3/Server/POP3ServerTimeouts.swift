/// Timeouts of a server.
public struct POP3ServerTimeouts: Hashable, Sendable {
  /// The next command, and the next octets that the client takes of an answer. Default 10 minutes, the least that
  /// [RFC 1939 §3](https://www.rfc-editor.org/rfc/rfc1939#section-3) allows. A part of a line does not count. The
  /// connection is closed without a word, and nothing is deleted.
  public var autologout: Duration = .seconds(600)
  /// The TLS handshake. Default 1 minute.
  public var handshake: Duration = .seconds(60)

  /// The default timeouts.
  public init() {}
}
