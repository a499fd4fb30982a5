public import MailWire
public import SMTPCodec

/// What the queue needs to know of a message; its content stays with the host.
public struct DeliveryMessage: Hashable, Sendable {
  /// Who is told when it cannot be delivered.
  public var sender: ReversePath
  /// The octets of the content, line ends counted as CRLF; 0 when unknown.
  public var size: UInt64 = 0
  /// The encoding of the content.
  public var body: BodyType?
  /// Whether it needs `SMTPUTF8`; [RFC 6531](https://www.rfc-editor.org/rfc/rfc6531).
  public var isInternationalised = false
  /// Whether it may only travel with TLS that is verified, to servers that promise the same;
  /// [RFC 8689](https://www.rfc-editor.org/rfc/rfc8689).
  public var requiresTLS = false
  /// What the sender wants of reports.
  public var dsn = MessageDSNParameters()
  /// Which messages go first, -9 to 9, highest first; [RFC 6710](https://www.rfc-editor.org/rfc/rfc6710). Default 0.
  public var priority: Int8 = 0
  /// When to send it, at the earliest; [RFC 4865](https://www.rfc-editor.org/rfc/rfc4865). Expiry counts from then.
  public var holdUntil: Instant?
  /// Until when it is to be delivered; [RFC 2852](https://www.rfc-editor.org/rfc/rfc2852).
  public var deliverBy: DeliverBy?
  /// How many `Received` fields it has; too many of them are a loop.
  /// [RFC 5321 §6.3](https://www.rfc-editor.org/rfc/rfc5321#section-6.3).
  public var hops = 0

  /// A message from `sender`; everything else may be set afterwards.
  public init(from sender: ReversePath) { self.sender = sender }
}
