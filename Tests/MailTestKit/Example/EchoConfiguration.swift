public import MailWire

/// What the two machines of the example protocol share.
///
/// A protocol small enough to read in a minute, with everything that a mail protocol has: a greeting, commands and answers,
/// questions to the host, dot-stuffed content both ways, TLS, a deadline, an end.
///
/// ```
/// S: + ready
/// C: SAY hello
/// S: + hello
/// C: TLS
/// S: + go
/// -- tls
/// C: PUT
/// S: + send
/// C: a line
/// C: .
/// S: + kept
/// C: BYE
/// S: + bye
/// -- closed
/// ```
public struct EchoConfiguration: Sendable {
  /// What every connection limits.
  public var limits: ConnectionLimits
  /// The longest line in octets, CRLF included. Default 64.
  public var lineLength: Int
  /// How long the peer may be silent. Default 5 minutes.
  public var patience: Duration
  /// Whether the machine traces its lines.
  public var tracing: Bool

  /// The default configuration, or another.
  public init(
    limits: ConnectionLimits = ConnectionLimits(), lineLength: Int = 64, patience: Duration = .seconds(300),
    tracing: Bool = false
  ) {
    self.limits = limits
    self.lineLength = lineLength
    self.patience = patience
    self.tracing = tracing
  }
}
