public import SMTPCodec

/// What a transaction needs besides the message: its sender and recipients.
///
/// [RFC 5321 §2.3.1](https://www.rfc-editor.org/rfc/rfc5321#section-2.3.1). Not to be confused with IMAP's `ENVELOPE`.
public struct SMTPEnvelope: Hashable, Sendable {
  /// Who is told when the message cannot be delivered.
  public var sender: ReversePath
  /// Whom the message is for.
  public var recipients: [ForwardPath]
  /// The message's octets, line ends counted as CRLF; said to servers that offer `SIZE`.
  public var size: UInt64?
  /// The message's encoding; `8BITMIME` needs a server that offers it.
  public var body: BodyType?

  /// An envelope.
  public init(sender: ReversePath, recipients: [ForwardPath], size: UInt64? = nil, body: BodyType? = nil) {
    self.sender = sender
    self.recipients = recipients
    self.size = size
    self.body = body
  }

  /// An envelope between mailboxes.
  public init(from sender: Mailbox, to recipients: [Mailbox], size: UInt64? = nil, body: BodyType? = nil) {
    self.init(
      sender: .mailbox(sender), recipients: recipients.map { .mailbox($0) }, size: size, body: body)
  }
}
