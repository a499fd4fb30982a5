public import MailWire

/// Limits of a client. Each one that is reached is still allowed; one that is exceeded ends the connection.
public struct POP3ClientLimits: Hashable, Sendable {
  /// A response line or a row of a listing in octets, CRLF included. Default 4096; servers must not send first lines of
  /// more than 512 octets, [RFC 1939 §3](https://www.rfc-editor.org/rfc/rfc1939#section-3).
  public var responseLine = 4096
  /// The rows of one listing. Default 100,000.
  public var listingRows = 100_000
  /// The lines of one answer to `CAPA`. Default 200.
  public var capabilities = 200
  /// Commands that wait to be sent or answered. Default 10,000; more throw ``MisuseError/tooMany``.
  public var queuedCommands = 10_000
  /// Commands that wait for their answers on the wire, with a server that offers `PIPELINING`. Default 100.
  public var pipelinedCommands = 100
  /// The limits that all protocols share.
  public var connection = ConnectionLimits()

  /// The default limits.
  public init() {}
}
