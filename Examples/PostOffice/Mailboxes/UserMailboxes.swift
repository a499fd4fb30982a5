import IMAPCodec
import MailWire

/// The mailboxes of a user: which there are, and those that are open, each once for all sessions.
final class UserMailboxes {
  /// A mailbox in the list.
  struct Entry: Equatable {
    let name: FolderName
    /// Attributes such as `\Sent`.
    let specialUse: [Flag]
  }

  /// The Maildir, which is INBOX.
  let path: String
  let environment: MailboxEnvironment
  var record: UserRecord
  /// What mailboxes held when that was asked last.
  var usages: [FolderName: MailUsage] = [:]
  private var open: [FolderName: WeakFolder] = [:]
  /// Those that were opened last stay open without a session.
  private var lately: [(folder: MailFolder, use: Instant)] = []
  private var listeners: [Int: (MailboxListNews) -> Void] = [:]
  private var lastListener = 0

  private struct WeakFolder {
    weak var folder: MailFolder?
  }

  /// How many mailboxes stay open when nobody needs them.
  private static let lateCount = 8
  private static let idleTime: Duration = .seconds(300)
  /// How folders begin that are not a mailbox yet, or not any more; no name of Maildir++ does.
  static let hiddenPrefix = "..postoffice-"

  /// Brings to an end what a killed process began.
  init(path: String, environment: MailboxEnvironment) throws(MailboxError) {
    self.path = path
    self.environment = environment
    record = try onDisk { () throws(SystemError) in try UserRecord(in: path) } ?? UserRecord()
    if let renaming = record.renaming { try finish(renaming) }
    for name in try folderNames() where name.hasPrefix(Self.hiddenPrefix) { try? Files.removeTree(path + "/" + name) }
  }

  // MARK: The list

  /// All mailboxes, INBOX first, then by name.
  func list() throws(MailboxError) -> [Entry] {
    try names().map { Entry(name: $0, specialUse: MailboxAnnotations(in: folderPath($0)).specialUse) }
  }

  /// The names of all mailboxes, INBOX first.
  func names() throws(MailboxError) -> [FolderName] {
    let names = try folderNames().compactMap { FolderName(disk: $0) }.filter { exists($0) }
    return [.inbox] + names.sorted()
  }

  private func folderNames() throws(MailboxError) -> [String] {
    try onDisk { () throws(SystemError) in try Files.names(in: path, includingHidden: true) }.filter {
      $0.hasPrefix(".")
    }
  }

  /// Whether there is such a mailbox.
  func exists(_ name: FolderName) -> Bool { name.isInbox || Files.kind(of: folderPath(name) + "/cur") == .folder }

  func folderPath(_ name: FolderName) -> String { name.isInbox ? path : path + "/" + name.diskName }

  // MARK: Open mailboxes

  /// Opens a mailbox; the same object for everybody.
  func open(_ name: FolderName) throws(MailboxError) -> MailFolder {
    if let folder = opened(name) {
      // Another program may have taken it away.
      guard exists(name) else {
        vanished(name)
        throw .missing
      }
      keep(folder)
      return folder
    }
    guard exists(name) else { throw .missing }
    let folderPath = folderPath(name)
    // Another program may have made it without all its parts.
    try onDisk { () throws(SystemError) in try Maildir(path: folderPath).create() }
    let folder = try MailFolder(name, path: folderPath, environment: environment) { () throws(MailboxError) in
      try nextUIDValidity()
    }
    open = open.filter { $0.value.folder != nil }
    open[name] = WeakFolder(folder: folder)
    keep(folder)
    return folder
  }

  /// The mailbox if somebody has it open.
  func opened(_ name: FolderName) -> MailFolder? {
    guard let folder = open[name]?.folder, !folder.isDeleted else { return nil }
    return folder
  }

  /// Forgets mailboxes that nobody has needed for a while.
  func closeIdle(at now: Instant) {
    lately.removeAll { $0.use + Self.idleTime < now }
    open = open.filter { $0.value.folder != nil }
  }

  /// All mailboxes that are open.
  var opened: [MailFolder] { open.values.compactMap(\.folder) }

  private func keep(_ folder: MailFolder) {
    lately.removeAll { $0.folder === folder || $0.folder.isDeleted }
    lately.append((folder, Clock.now))
    if lately.count > Self.lateCount { lately.removeFirst() }
  }

  /// A UIDVALIDITY that no mailbox of the user ever had; it is on the disk before it is used.
  func nextUIDValidity() throws(MailboxError) -> UInt32 {
    let now = UInt32(clamping: environment.now())
    var changed = record
    guard changed.lastUIDValidity < .max else { throw .full }
    changed.lastUIDValidity = max(changed.lastUIDValidity + 1, now)
    try save(changed)
    return changed.lastUIDValidity
  }

  /// Puts the record on the disk.
  func save(_ changed: UserRecord) throws(MailboxError) {
    try onDisk { () throws(SystemError) in try changed.write(in: path) }
    record = changed
  }

  /// The folder of an open mailbox has another name.
  func moved(_ old: FolderName, to new: FolderName) {
    guard let folder = open.removeValue(forKey: old)?.folder else { return }
    open[new] = WeakFolder(folder: folder)
    folder.rename(to: new, path: folderPath(new))
  }

  /// The folder of a mailbox is gone.
  func vanished(_ name: FolderName) {
    open.removeValue(forKey: name)?.folder?.delete()
    lately.removeAll { $0.folder.isDeleted }
  }

  // MARK: News

  /// Calls `listener` with whatever happens to the list from now on.
  func subscribe(_ listener: @escaping (MailboxListNews) -> Void) -> MailboxListSubscription {
    lastListener += 1
    listeners[lastListener] = listener
    return MailboxListSubscription(mailboxes: self, number: lastListener)
  }

  func removeListener(_ number: Int) { listeners[number] = nil }

  func post(_ news: MailboxListNews) {
    for number in listeners.keys.sorted() { listeners[number]?(news) }
  }
}
