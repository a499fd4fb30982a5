public import IMAPCodec
import MailWire

/// How a client behaves.
public struct IMAPClientConfiguration: Sendable {
  /// When the channel must be encrypted.
  @frozen
  public enum Security: Sendable {
    /// Never by `STARTTLS`, unless the host sends it.
    case none
    /// When the server offers `STARTTLS`. Whoever controls the network can prevent it.
    case opportunistic
    /// Always: without it no credentials, and no session that the server opens with `PREAUTH`. The default.
    case required
  }

  /// When the channel must be encrypted. Default ``Security/required``. A connection that begins with TLS satisfies it.
  public var security = Security.required
  /// Whether credentials may go over a channel without encryption. Default false.
  public var allowsPlaintextAuthentication = false
  /// Whether `AUTHENTICATE` carries its initial response where the server offers `SASL-IR`. Default true.
  ///
  /// [RFC 4959](https://www.rfc-editor.org/rfc/rfc4959)
  public var sendsInitialResponse = true
  /// Whether literals go without waiting where the server offers `LITERAL+` or `LITERAL-`. Default true.
  ///
  /// [RFC 7888](https://www.rfc-editor.org/rfc/rfc7888)
  public var usesNonSynchronisingLiterals = true
  /// Whether to ask for the capabilities behind a login or a revocation of it, when the server did not say them. Default true.
  public var asksCapabilitiesAfterLogin = true
  /// Deviations from the grammar to accept. Default ``IMAPQuirks/client``.
  public var quirks = IMAPQuirks.client
  /// Limits.
  public var limits = IMAPClientLimits()
  /// Timeouts.
  public var timeouts = IMAPClientTimeouts()
  /// Whether the conversation comes out as trace records. Default false.
  public var tracing = false

  /// The defaults.
  public init() {}
}
