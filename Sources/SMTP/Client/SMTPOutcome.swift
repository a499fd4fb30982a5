public import MailWire
public import SMTPCodec

/// How a transaction ended, recipient by recipient.
public struct SMTPOutcome: Hashable, Sendable {
  /// How it ended for one recipient.
  @frozen
  public enum Recipient: Hashable, Sendable {
    /// The server took the message over for this recipient.
    case accepted(SMTPReply)
    /// The server refused, for now (4yz) or for good (5yz), at this stage.
    case refused(SMTPReply, at: Stage)
    /// The final dot left, and the connection ended before the reply: the server may have the message or not.
    /// [RFC 1047](https://www.rfc-editor.org/rfc/rfc1047): sending again may deliver it twice.
    case ambiguous(CloseReason)
    /// The connection ended before the final dot left: the server does not have the message.
    case unsent(CloseReason)
  }

  /// Where in a transaction a server refused.
  @frozen
  public enum Stage: Hashable, Sendable {
    /// `MAIL`.
    case sender
    /// `RCPT`.
    case recipient
    /// `DATA`, before the message.
    case data
    /// The message, at its end or in the middle of it.
    case content
    /// The client gave up because another recipient was refused; see
    /// ``SMTPClientConfiguration/requiresAllRecipients``. The reply is that recipient's.
    case otherRecipient
  }

  /// One result for each recipient of the envelope, in its order.
  public let recipients: [Recipient]

  /// Whether the server took the message over for all recipients.
  public var isComplete: Bool {
    recipients.allSatisfy { recipient in
      if case .accepted = recipient { return true }
      return false
    }
  }
}
