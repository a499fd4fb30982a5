public import MailWire

/// Limits of a server. Each one that is reached is still allowed.
public struct SMTPServerLimits: Hashable, Sendable {
  /// A command line in octets, CRLF included. Default 2048: 512 by
  /// [RFC 5321 §4.5.3.1.4](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.4), and room for the parameters of all
  /// registered extensions.
  public var commandLine = 2048
  /// A line of `AUTH`, CRLF included. Default 12,288:
  /// [RFC 4954 §4](https://www.rfc-editor.org/rfc/rfc4954#section-4).
  public var authenticationLine = 12_288
  /// Accepted recipients of a transaction. Default 1000; at least 100 by
  /// [RFC 5321 §4.5.3.1.8](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.8). More are answered `452 4.5.3`.
  public var recipients = 1000
  /// Commands that fail by the client's fault before it is sent away with `421`. Default 20. Starts anew behind each
  /// message that is accepted.
  public var errors = 20
  /// Commands that lead nowhere (`NOOP`, `RSET`, `VRFY`, `EXPN`, `HELP`, repeated `EHLO`) before the client is sent away
  /// with `421`. Default 100,000, since each costs less than a new connection. Starts anew behind each accepted message.
  public var junkCommands = 100_000
  /// Failed authentications before the client is sent away with `421`. Default 6: clients try a wrong password once with
  /// each mechanism.
  public var authenticationFailures = 6
  /// The limits that all protocols share.
  public var connection = ConnectionLimits()

  /// The default limits.
  public init() {}
}
