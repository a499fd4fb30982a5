public import MailWire
public import POP3Codec

/// How a client behaves.
public struct POP3ClientConfiguration: Sendable {
  /// When the channel must be encrypted.
  @frozen
  public enum Security: Sendable {
    /// Never by `STLS`.
    case none
    /// When the server offers `STLS`. Whoever controls the network can prevent it.
    case opportunistic
    /// Always: without it, no credentials. The default.
    case required
  }

  /// When the channel must be encrypted. Default ``Security/required``. A connection that begins with TLS satisfies it.
  public var security = Security.required
  /// Whether a password may go over a channel without encryption. Default false.
  public var allowsPlaintextAuthentication = false
  /// Whether `AUTH` carries its initial response when the line fits into 255 octets. Default true.
  ///
  /// [RFC 5034 §4](https://www.rfc-editor.org/rfc/rfc5034#section-4). A longer one is always sent behind the server's
  /// continuation request.
  public var sendsInitialResponse = true
  /// Whether to ask for the capabilities once more behind the login, when some of them may have changed. Default true.
  public var asksCapabilitiesAfterLogin = true
  /// Whether to pipeline with servers that offer it. Default true.
  public var pipelines = true
  /// What becomes of a bare CR, a bare LF or a NUL in a message. Default ``LineEndingPolicy/verbatim``; they are reported in
  /// any case.
  public var contentPolicy = LineEndingPolicy.verbatim
  /// Deviations from the grammar to accept. Default ``POP3Quirks/client``.
  public var quirks = POP3Quirks.client
  /// Limits.
  public var limits = POP3ClientLimits()
  /// Timeouts.
  public var timeouts = POP3ClientTimeouts()
  /// Whether the conversation comes out as trace records. Default false.
  public var tracing = false

  /// The defaults.
  public init() {}
}
