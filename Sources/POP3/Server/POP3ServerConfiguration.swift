import MailWire
public import POP3Codec

/// How a server behaves.
public struct POP3ServerConfiguration: Sendable {
  /// What the greeting says. Default `POP3 server ready`.
  public var greeting = POP3Text(unchecked: [UInt8]("POP3 server ready".utf8))
  /// The timestamp for `APOP`, different for each connection; nil, the default, turns `APOP` off.
  ///
  /// [RFC 1939 §7](https://www.rfc-editor.org/rfc/rfc1939#section-7). The host must know its users' passwords in clear to
  /// check a digest, and MD5 is broken: offer it to old clients only.
  public var timestamp: APOPTimestamp?
  /// Whether `STLS` is offered; the host must then be able to do TLS. Default false.
  public var offersStartTLS = false
  /// Whether passwords are taken on a channel without encryption, where anyone can read them. Default false.
  public var allowsPlaintextAuthentication = false
  /// Whether `LAST` of [RFC 1460](https://www.rfc-editor.org/rfc/rfc1460) is answered. Default false.
  public var answersLast = false
  /// Further capabilities to announce, such as `EXPIRE`, `LOGIN-DELAY` and `IMPLEMENTATION`.
  public var additionalCapabilities = POP3Capabilities()
  /// Deviations from the grammar to accept. Default ``POP3Quirks/server``.
  public var quirks = POP3Quirks.server
  /// Limits.
  public var limits = POP3ServerLimits()
  /// Timeouts.
  public var timeouts = POP3ServerTimeouts()
  /// Whether the conversation comes out as trace records. Default false.
  public var tracing = false

  /// The defaults.
  public init() {}
}
