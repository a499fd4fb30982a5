import IMAPCodec
@_spi(MailCodec) import MailWire

/// The name of a mailbox in canonical form: levels of modified UTF-7, with `/` between them on the wire and `.` on the disk.
///
/// On the disk a mailbox is a folder of Maildir++, `.Level.Level` beside INBOX's `cur`. A dot within a level
/// stands as its base64 there: `v1.2` lies in `.v1&AC4-2`, and other programs show it so. No name leads out of the
/// Maildir, since none holds a slash and each begins with a dot that is followed by something else than a dot.
struct FolderName: Hashable, CustomStringConvertible, Comparable {
  /// The name as it stands on the wire in modified UTF-7: printable ASCII.
  let wire: String

  static let inbox = FolderName(checked: "INBOX")
  /// What stands between levels on the wire.
  static let delimiter: UInt8 = 0x2F
  /// The longest name of a folder on the disk, in octets; file systems end at 255.
  static let maximumLength = 240

  private init(checked wire: String) { self.wire = wire }

  /// The mailbox that a client names; nil when it cannot exist here: an empty level, a control character, octets that are
  /// not valid in `form`, or a name too long for the disk. One delimiter at the end is ignored.
  init?(_ name: MailboxName, _ form: MailboxNameForm = .modifiedUTF7) {
    guard name.isValid(form) else { return nil }
    self.init(text: name.text(form))
  }

  /// The mailbox that shows as this text.
  init?(text: String) {
    let scalars = text.unicodeScalars
    guard scalars.allSatisfy({ $0.value >= 32 && !(0x7F...0x9F ~= $0.value) && $0.value != 0xFFFD }) else { return nil }
    guard let name = try? MailboxName(text), name.isValid() else { return nil }
    // A client that says so announces that it is going to make mailboxes below.
    let bytes = name.bytes.last == Self.delimiter ? name.bytes.dropLast() : name.bytes[...]
    var levels = String(decoding: bytes, as: UTF8.self).split(separator: "/", omittingEmptySubsequences: false)
    guard levels.allSatisfy({ !$0.isEmpty }) else { return nil }
    // The first level is INBOX in any case, so that there are not two of them.
    if levels[0].lowercased() == "inbox" { levels[0] = "INBOX" }
    wire = levels.joined(separator: "/")
    guard diskName.utf8.count <= Self.maximumLength else { return nil }
  }

  /// The mailbox of a folder in a Maildir; nil when it is none, or one that no client could name.
  init?(disk: String) {
    guard disk.utf8.first == 0x2E, disk.utf8.count <= Self.maximumLength else { return nil }
    let levels = disk.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
    let wire = [UInt8](levels.map(Self.unescaped).joined(separator: "/").utf8)
    guard let name = try? MailboxName(wire.span), let folder = FolderName(name), folder.diskName == disk else {
      return nil
    }
    self = folder
    if isInbox { return nil }
  }

  var isInbox: Bool { self == .inbox }

  /// The name for the codec.
  var mailboxName: MailboxName { (try? MailboxName([UInt8](wire.utf8).span)) ?? .inbox }

  /// The folder in the Maildir; empty for INBOX, which is the Maildir itself.
  var diskName: String {
    isInbox ? "" : "." + wire.split(separator: "/").map(Self.escaped).joined(separator: ".")
  }

  /// The mailboxes above this one, the highest first.
  var parents: [FolderName] {
    let levels = wire.split(separator: "/")
    return (1..<max(1, levels.count)).map { FolderName(checked: levels.prefix($0).joined(separator: "/")) }
  }

  /// Whether it is below `other`.
  func isBelow(_ other: FolderName) -> Bool { wire.hasPrefix(other.wire + "/") }

  /// The name after `old` was renamed to `new`; nil when it would be too long.
  func replacing(_ old: FolderName, by new: FolderName) -> FolderName? {
    guard self == old || isBelow(old) else { return self }
    let moved = FolderName(checked: new.wire + wire.dropFirst(old.wire.count))
    return moved.diskName.utf8.count <= Self.maximumLength ? moved : nil
  }

  var description: String { wire }

  static func < (left: FolderName, right: FolderName) -> Bool {
    left.wire.utf8.lexicographicallyPrecedes(right.wire.utf8)
  }

  /// A level as it stands on the disk.
  private static func escaped(_ level: Substring) -> String {
    level.split(separator: ".", omittingEmptySubsequences: false).joined(separator: dot)
  }

  /// A level from the disk. No canonical run of base64 is that of a dot, because printable ASCII stands for itself.
  private static func unescaped(_ level: Substring) -> String {
    level.split(separator: dot, omittingEmptySubsequences: false).joined(separator: ".")
  }

  /// A dot as a run of modified UTF-7.
  private static let dot = "&AC4-"
}
