@_spi(MailCodec) import MailWire

/// Which rights somebody always has on a mailbox, and which can be given.
///
/// [RFC 4314 §3.7](https://www.rfc-editor.org/rfc/rfc4314#section-3.7): `LISTRIGHTS`.
///
///     S: * LISTRIGHTS ~/Mail/saved smith la r swicdkxte
public struct GrantableRights: Hashable, Sendable {
  /// The mailbox.
  public var mailbox: MailboxName
  /// Whose rights.
  public var identifier: IMAPString
  /// Those that are always granted.
  public var required: AccessRights
  /// Those that can be granted; rights in one element are tied to each other.
  public var optional: [AccessRights]

  /// The rights that somebody can have on a mailbox.
  public init(_ mailbox: MailboxName, identifier: IMAPString, required: AccessRights, optional: [AccessRights]) {
    self.mailbox = mailbox
    self.identifier = identifier
    self.required = required
    self.optional = optional
  }

  func write(to writer: inout IMAPWriter) {
    writer.append("LISTRIGHTS ")
    writer.writeAString(mailbox.bytes.span)
    writer.append(.space)
    writer.writeAString(identifier.bytes.span)
    for rights in [required] + optional {
      writer.append(.space)
      rights.write(to: &writer)
    }
  }
}
