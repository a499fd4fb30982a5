/// The keys that `RESETKEY` makes void: those of one mailbox.
///
/// [RFC 4467 §7](https://www.rfc-editor.org/rfc/rfc4467#section-7).
///
///     C: A1 RESETKEY INBOX INTERNAL
public struct URLKeyReset: Hashable, Sendable {
  /// The mailbox.
  public let mailbox: MailboxName
  /// The mechanisms; none for all.
  public let mechanisms: [IMAPAtom]

  /// The keys of a mailbox.
  public init(_ mailbox: MailboxName, mechanisms: [IMAPAtom] = []) {
    self.mailbox = mailbox
    self.mechanisms = mechanisms
  }
}
