@_spi(MailCodec) import MailWire

/// Whom a message is for: a mailbox, or the postmaster of the server that is asked.
///
/// [RFC 5321 §4.1.1.3](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.3).
///
///     C: RCPT TO:<robert@domain.test>
///     C: RCPT TO:<Postmaster>
@frozen
public enum ForwardPath: Hashable, Sendable, CustomStringConvertible {
  /// `<Postmaster>`, which every server must accept.
  case postmaster
  /// The recipient's mailbox.
  case mailbox(Mailbox)

  /// The path of a view, copied: one allocation, or none for the postmaster.
  public init(_ view: PathView) {
    self = view.isPostmaster ? .postmaster : .mailbox(view.mailbox)
  }

  /// Writes the path with its angle brackets.
  func write(to output: inout OutboundBuffer) {
    switch self {
    case .postmaster:
      output.append("<Postmaster>")
    case .mailbox(let mailbox):
      output.append(60)
      output.append(mailbox.bytes)
      output.append(62)
    }
  }

  /// The path with its angle brackets.
  public var description: String {
    switch self {
    case .postmaster: "<Postmaster>"
    case .mailbox(let mailbox): "<" + mailbox.description + ">"
    }
  }
}
