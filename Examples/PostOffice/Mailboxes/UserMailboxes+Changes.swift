import IMAPCodec

extension UserMailboxes {
  /// Makes a mailbox, and those above it where they are missing.
  ///
  /// - Parameter specialUse: attributes such as `\Sent`, each of one mailbox at most.
  func create(_ name: FolderName, specialUse: [Flag] = []) throws(MailboxError) {
    if name.isInbox || exists(name) { throw .exists }
    try checkFree(specialUse)
    guard try names().count + name.parents.count < Self.maximumCount else { throw .full }
    for parent in name.parents where !exists(parent) { try make(parent, []) }
    try make(name, specialUse)
  }

  /// How many mailboxes a user can have.
  private static let maximumCount = 10_000

  private func checkFree(_ specialUse: [Flag]) throws(MailboxError) {
    guard !specialUse.isEmpty else { return }
    for entry in try list() where entry.specialUse.contains(where: specialUse.contains) { throw .specialUseTaken }
  }

  /// Makes the folder under another name first, so that it is there as a whole or not at all.
  private func make(_ name: FolderName, _ specialUse: [Flag]) throws(MailboxError) {
    let hidden = path + "/" + Self.hiddenPrefix + environment.nextName()
    let target = folderPath(name)
    do throws(MailboxError) {
      let uidValidity = try nextUIDValidity()
      try onDisk { () throws(SystemError) in
        try Maildir(path: hidden).create()
        // By this file Maildir++ knows the folders that are not the Maildir itself.
        _ = try Files.create(hidden + "/maildirfolder")
        if !specialUse.isEmpty {
          var annotations = MailboxAnnotations()
          annotations.specialUse = specialUse
          try annotations.write(in: hidden)
        }
      }
      _ = try MailFolder(name, path: hidden, environment: environment) { uidValidity }
      try onDisk { () throws(SystemError) in
        try Files.move(hidden, to: target)
        try Files.synchroniseFolder(path)
      }
    } catch {
      try? Files.removeTree(hidden)
      throw error
    }
    post(.created(name))
  }

  /// Removes a mailbox with its messages; those below it stay.
  func delete(_ name: FolderName) throws(MailboxError) {
    if name.isInbox { throw .isInbox }
    guard exists(name) else { throw .missing }
    let hidden = path + "/" + Self.hiddenPrefix + environment.nextName()
    try onDisk { () throws(SystemError) in
      try Files.move(folderPath(name), to: hidden)
      try Files.synchroniseFolder(path)
    }
    vanished(name)
    try? Files.removeTree(hidden)
    post(.deleted(name))
  }

  /// Gives a mailbox and those below it another name. INBOX stays: its messages move.
  func rename(_ old: FolderName, to new: FolderName) throws(MailboxError) {
    if new.isInbox || exists(new) { throw .exists }
    if old.isInbox { return try renameInbox(to: new) }
    guard !new.isBelow(old) else { throw .badName }
    let moving = try names().filter { $0 == old || $0.isBelow(old) }
    guard !moving.isEmpty else { throw .missing }
    for name in moving {
      guard let target = name.replacing(old, by: new) else { throw .badName }
      if exists(target) { throw .exists }
    }
    for parent in new.parents where !exists(parent) { try make(parent, []) }
    var changed = record
    changed.renaming = UserRecord.Renaming(old: old, new: new)
    try save(changed)
    try finish(UserRecord.Renaming(old: old, new: new))
    post(.renamed(old, to: new))
  }

  private func renameInbox(to new: FolderName) throws(MailboxError) {
    try create(new)
    let inbox = try open(.inbox)
    try inbox.refresh(isUrgent: true)
    _ = try inbox.move(inbox.index.uids, to: try open(new))
  }

  /// Moves the folders of a renaming, or those that are left of one.
  func finish(_ renaming: UserRecord.Renaming) throws(MailboxError) {
    for name in try names() where name == renaming.old || name.isBelow(renaming.old) {
      guard let target = name.replacing(renaming.old, by: renaming.new), !exists(target) else { continue }
      try onDisk { () throws(SystemError) in try Files.move(folderPath(name), to: folderPath(target)) }
      moved(name, to: target)
    }
    try onDisk { () throws(SystemError) in try Files.synchroniseFolder(path) }
    var changed = record
    changed.renaming = nil
    try save(changed)
  }

  // MARK: Subscriptions

  /// The names that the user is subscribed to, whether there are such mailboxes or not.
  var subscriptions: [FolderName] { record.subscriptions.sorted() }

  func subscribe(to name: FolderName) throws(MailboxError) {
    guard !record.subscriptions.contains(name) else { return }
    guard record.subscriptions.count < Self.maximumSubscriptions else { throw .full }
    var changed = record
    changed.subscriptions.insert(name)
    try save(changed)
    post(.subscribed(name))
  }

  func unsubscribe(from name: FolderName) throws(MailboxError) {
    guard record.subscriptions.contains(name) else { return }
    var changed = record
    changed.subscriptions.remove(name)
    try save(changed)
    post(.unsubscribed(name))
  }

  /// How many subscriptions there can be.
  private static let maximumSubscriptions = 10_000

  // MARK: Annotations and quota

  /// The annotations of a mailbox, or of the server for nil.
  func annotations(of name: FolderName?) throws(MailboxError) -> MailboxAnnotations {
    guard let name else { return MailboxAnnotations(in: serverPath) }
    guard exists(name) else { throw .missing }
    return MailboxAnnotations(in: folderPath(name))
  }

  /// Sets annotations of a mailbox, or of the server for nil: all of them or none. A nil value removes an entry.
  func annotate(_ name: FolderName?, _ entries: [(name: String, value: [UInt8]?)]) throws(MailboxError) {
    var annotations = try annotations(of: name)
    for entry in entries { try annotations.set(entry.name, to: entry.value) }
    try onDisk { () throws(SystemError) in
      if name == nil { try Files.makeFolder(serverPath) }
      try annotations.write(in: name.map { folderPath($0) } ?? serverPath)
    }
    post(.annotated(name, entries: entries.map { $0.name.lowercased() }))
  }

  /// Gives a mailbox its special use.
  func setSpecialUse(_ specialUse: [Flag], of name: FolderName) throws(MailboxError) {
    var annotations = try annotations(of: name)
    try checkFree(specialUse.filter { !annotations.specialUse.contains($0) })
    annotations.specialUse = specialUse
    try onDisk { () throws(SystemError) in try annotations.write(in: folderPath(name)) }
  }

  /// Where the annotations of the server lie, apart from those of INBOX.
  private var serverPath: String { path + "/postoffice-server" }

  /// The messages of all mailboxes and their octets. A mailbox is counted again when its folders changed.
  func usage() throws(MailboxError) -> MailUsage {
    var total = MailUsage()
    var counted: [FolderName: MailUsage] = [:]
    for name in try names() {
      let times = Files.times(of: folderPath(name))
      var usage = MailUsage(times: times)
      if opened(name) == nil, let known = usages[name], known.times == times {
        usage = known
      } else {
        let status = try open(name).status(withSizes: true)
        usage.messages = UInt64(status.messages)
        usage.octets = status.size
      }
      counted[name] = usage
      total.messages += usage.messages
      total.octets += usage.octets
    }
    usages = counted
    return total
  }
}
