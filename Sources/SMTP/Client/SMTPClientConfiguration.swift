public import MailWire
public import SMTPCodec

/// How a client behaves.
public struct SMTPClientConfiguration: Sendable {
  /// When the channel must be encrypted.
  @frozen
  public enum Security: Sendable {
    /// Never by `STARTTLS`.
    case none
    /// When the server offers `STARTTLS`. Whoever controls the network can prevent it.
    case opportunistic
    /// Always: without it, no mail and no credentials. The default.
    case required
  }

  /// What the client calls itself.
  public var name: HelloName
  /// When the channel must be encrypted. Default ``Security/required``. A connection that begins with TLS satisfies it.
  public var security = Security.required
  /// Whether credentials may go over a channel without encryption. Default false.
  public var allowsPlaintextAuthentication = false
  /// Whether one refused recipient stops the message for all. Default false.
  public var requiresAllRecipients = false
  /// Whether to pipeline with servers that offer it. Default true.
  public var pipelines = true
  /// Deviations from the grammar to accept. Default ``SMTPQuirks/client``.
  public var quirks = SMTPQuirks.client
  /// How much of a reply is taken.
  public var replyLimits = SMTPReplyLimits()
  /// The limits that all protocols share.
  public var limits = ConnectionLimits()
  /// Timeouts.
  public var timeouts = SMTPClientTimeouts()
  /// Whether the conversation comes out as trace records. Default false.
  public var tracing = false

  /// The defaults, for a client of this name.
  public init(name: HelloName) { self.name = name }
}
