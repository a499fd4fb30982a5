@_spi(MailCodec) import MailWire

/// Who is told when a message cannot be delivered: a mailbox, or nobody.
///
/// [RFC 5321 §4.1.1.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.2). Notifications come from the null path, so
/// that no notification answers another one: it is no error.
///
///     C: MAIL FROM:<susan@website.test>
///     C: MAIL FROM:<>
@frozen
public enum ReversePath: Hashable, Sendable, CustomStringConvertible {
  /// `<>`.
  case null
  /// The sender's mailbox.
  case mailbox(Mailbox)

  /// The path of a view, copied: one allocation, or none for the null path.
  public init(_ view: PathView) {
    self = view.isNull ? .null : .mailbox(view.mailbox)
  }

  /// Writes the path with its angle brackets.
  func write(to output: inout OutboundBuffer) {
    output.append(60)
    if case .mailbox(let mailbox) = self { output.append(mailbox.bytes) }
    output.append(62)
  }

  /// The path with its angle brackets.
  public var description: String {
    switch self {
    case .null: "<>"
    case .mailbox(let mailbox): "<" + mailbox.description + ">"
    }
  }
}
