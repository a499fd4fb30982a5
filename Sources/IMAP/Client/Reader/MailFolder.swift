public import IMAPCodec
import MailWire

/// A mailbox of the server, as a list of folders shows it.
public struct MailFolder: Sendable, Hashable {
  /// The mailbox.
  public let name: MailboxName
  /// What separates the levels of its name; nil when names have no levels.
  public let delimiter: UInt8?
  /// All attributes that the server says.
  public let attributes: [Flag]
  /// What it is for, such as `\Sent` or `\Trash`, [RFC 6154 §2](https://www.rfc-editor.org/rfc/rfc6154#section-2); nil for an
  /// ordinary one.
  public let specialUse: Flag?
  /// Its counts; nil when it cannot be selected, or the server did not say them.
  public internal(set) var status: MailboxStatus?
  /// Whether it can be opened.
  public let isSelectable: Bool

  init(_ list: ListResponse) {
    name = list.name
    delimiter = list.delimiter
    attributes = list.attributes
    specialUse = list.attributes.first { attribute in Self.uses.contains { $0.matches(attribute.bytes) } }
    isSelectable = !list.attributes.contains { attribute in Self.obstacles.contains { $0.matches(attribute.bytes) } }
  }

  private static let uses = [
    StaticName("\\All"), StaticName("\\Archive"), StaticName("\\Drafts"), StaticName("\\Flagged"), StaticName("\\Junk"),
    StaticName("\\Sent"), StaticName("\\Trash"), StaticName("\\Important")
  ]
  private static let obstacles = [StaticName("\\Noselect"), StaticName("\\NonExistent")]
}
