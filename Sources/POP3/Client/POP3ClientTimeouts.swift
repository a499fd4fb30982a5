/// Timeouts of a client; the standards name none.
public struct POP3ClientTimeouts: Hashable, Sendable {
  /// The greeting. Default 2 minutes.
  public var greeting: Duration = .seconds(120)
  /// The response to a command, and the next row of a listing. Default 2 minutes.
  public var response: Duration = .seconds(120)
  /// The response to the credentials; a server may have to wait for the lock. Default 5 minutes.
  public var authentication: Duration = .seconds(300)
  /// The next octets of a message. Default 3 minutes.
  public var contentPart: Duration = .seconds(180)
  /// The response to `QUIT`, while the server deletes. Default 10 minutes.
  public var update: Duration = .seconds(600)
  /// The TLS handshake. Default 1 minute.
  public var handshake: Duration = .seconds(60)

  /// The default timeouts.
  public init() {}
}
