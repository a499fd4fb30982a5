public import MailWire
public import SMTPCodec

/// How a server behaves.
public struct SMTPServerConfiguration: Sendable {
  /// The server's own name, for the greeting and the reply to `EHLO`.
  public var name: Domain
  /// What the greeting says behind the name. Default `ESMTP`.
  public var greeting: SMTPText
  /// How long to wait before greeting, to catch clients that speak first; default 0. See ``refusesEarlyTalkers``.
  public var greetingDelay: Duration = .zero
  /// Whether a client that speaks before the greeting is sent away with `554 5.5.0`; otherwise it is only reported.
  /// Default false.
  public var refusesEarlyTalkers = false
  /// Whether `STARTTLS` is offered; the host must then be able to do TLS. Default false.
  public var offersStartTLS = false
  /// Whether `MAIL` needs an encrypted channel. Default false.
  public var requiresEncryption = false
  /// Whether `AUTH PLAIN` and `AUTH LOGIN` are offered. Default false.
  public var offersAuthentication = false
  /// Whether they are offered on a channel without encryption, where anyone can read the password. Default false.
  public var allowsPlaintextAuthentication = false
  /// Whether `MAIL` needs an authenticated client, as on a submission port. Default false.
  public var requiresAuthentication = false
  /// The largest message in octets, advertised as `SIZE` and enforced. Default 26,214,400 (25 MiB).
  public var maximumMessageSize: UInt64 = 26_214_400
  /// What becomes of messages with bare CR, bare LF or NUL. Default ``LineEndingPolicy/reject``: read to the true end,
  /// then refused with `550 5.6.0`.
  public var contentPolicy = LineEndingPolicy.reject
  /// Further extensions that the host implements: said in the reply to `EHLO`, and their parameters accepted.
  public var additionalCapabilities = SMTPCapabilities()
  /// Keywords of parameters that the host understands, besides `SIZE`, `BODY` and, with authentication, `AUTH`.
  public var additionalParameters: [ESMTPKeyword] = []
  /// What the host answers itself. Default nothing.
  public var hostAnswers: HostAnswers = []
  /// Deviations from the grammar to accept. Default ``SMTPQuirks/server``.
  public var quirks = SMTPQuirks.server
  /// Limits.
  public var limits = SMTPServerLimits()
  /// Timeouts.
  public var timeouts = SMTPServerTimeouts()
  /// Whether the conversation comes out as trace records. Default false.
  public var tracing = false

  /// The defaults, for a server of this name.
  public init(name: Domain) {
    self.name = name
    greeting = SMTPText(validated: "ESMTP")
  }

  /// Questions that the machine answers itself unless the host wants to.
  public struct HostAnswers: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8

    /// A set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `HELO` and `EHLO`, otherwise accepted.
    public static let hello = HostAnswers(rawValue: 1)
    /// `DATA`, otherwise accepted when there is a recipient.
    public static let data = HostAnswers(rawValue: 2)
    /// `VRFY`, otherwise answered `252`.
    public static let verify = HostAnswers(rawValue: 4)
    /// `EXPN`, otherwise answered `502`.
    public static let expand = HostAnswers(rawValue: 8)
    /// `HELP`, otherwise answered `214`.
    public static let help = HostAnswers(rawValue: 16)
  }
}
