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
