public import IMAPCodec
import MailWire

/// How a server behaves.
public struct IMAPServerConfiguration: Sendable {
  /// What the greeting says. Default `IMAP server ready`.
  public var greeting = "IMAP server ready"
  /// Capabilities to announce to users beyond those that the machine has by itself, `IMAP4rev1 LITERAL+ SASL-IR ENABLE IDLE ID
  /// UNSELECT`: those of them that the host carries out, such as `MOVE`, `UIDPLUS` and `CONDSTORE`.
  public var additionalCapabilities: [IMAPCapability] = []
  /// Whether `STARTTLS` is offered; the host must then be able to do TLS. Default false.
  public var offersStartTLS = false
  /// Whether passwords are taken on a channel without encryption, where anyone can read them. Default false: such clients see
  /// `LOGINDISABLED`.
  public var allowsPlaintextAuthentication = false
  /// What `ID` answers, [RFC 2971](https://www.rfc-editor.org/rfc/rfc2971). Default nothing.
  public var identity = IDParameters()
  /// Deviations from the grammar to accept. Default ``IMAPQuirks/server``.
  public var quirks = IMAPQuirks.server
  /// Limits.
  public var limits = IMAPServerLimits()
  /// Timeouts.
  public var timeouts = IMAPServerTimeouts()
  /// Whether the conversation comes out as trace records. Default false.
  public var tracing = false

  /// The defaults.
  public init() {}
}
