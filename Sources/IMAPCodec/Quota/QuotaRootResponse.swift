@_spi(MailCodec) import MailWire

/// Which quota roots a mailbox counts for.
///
/// [RFC 9208 §5.2](https://www.rfc-editor.org/rfc/rfc9208#section-5.2).
///
///     S: * QUOTAROOT INBOX ""
public struct QuotaRootResponse: Hashable, Sendable {
  /// The mailbox.
  public var mailbox: MailboxName
  /// The names of its quota roots, perhaps none.
  public var roots: [IMAPString]

  /// A mailbox and its quota roots.
  public init(_ mailbox: MailboxName, _ roots: [IMAPString]) {
    self.mailbox = mailbox
    self.roots = roots
  }

  func write(to writer: inout IMAPWriter) {
    writer.append("QUOTAROOT ")
    writer.writeAString(mailbox.bytes.span)
    for root in roots {
      writer.append(.space)
      writer.writeString(root.bytes.span)
    }
  }
}
