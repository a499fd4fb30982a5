@_spi(MailCodec) import MailWire

/// Who has which rights on a mailbox.
///
/// [RFC 4314 §3.6](https://www.rfc-editor.org/rfc/rfc4314#section-3.6).
///
///     S: * ACL INBOX Fred rwipsldexta David lrswideta
public struct AccessControlList: Hashable, Sendable {
  /// Somebody's rights.
  public struct Entry: Hashable, Sendable {
    /// Whose: a user, `anyone`, or by the server's conventions a group; with a hyphen before it the rights are taken away.
    public let identifier: IMAPString
    /// The rights.
    public let rights: AccessRights

    /// Somebody's rights.
    public init(_ identifier: IMAPString, _ rights: AccessRights) {
      self.identifier = identifier
      self.rights = rights
    }
  }

  /// The mailbox.
  public var mailbox: MailboxName
  /// The entries, in order.
  public var entries: [Entry]

  /// The list of a mailbox.
  public init(_ mailbox: MailboxName, _ entries: [Entry]) {
    self.mailbox = mailbox
    self.entries = entries
  }

  func write(to writer: inout IMAPWriter) {
    writer.append("ACL ")
    writer.writeAString(mailbox.bytes.span)
    for entry in entries {
      writer.append(.space)
      writer.writeAString(entry.identifier.bytes.span)
      writer.append(.space)
      entry.rights.write(to: &writer)
    }
  }
}
