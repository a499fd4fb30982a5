import IMAPCodec

/// A mailbox that is open: one for all sessions, which hear from it what the others and other programs do.
///
/// The files in `cur` and `new` are the messages; the index gives each its UID, its dates and its mod-sequence. What changes
/// both is done in an order that leaves nothing to lose at any moment: a UID is in the log before anybody hears of it, the log
/// knows new messages before their files leave `tmp`, and forgets messages after their files are gone.
final class MailFolder {
  private(set) var name: FolderName
  /// The Maildir on the disk.
  private(set) var path: String
  private(set) var index: FolderIndex
  private var file: IndexFile
  let environment: MailboxEnvironment
  /// Whether the mailbox was deleted.
  private(set) var isDeleted = false

  /// UIDs by the hash of the part of the file's name that stays; made when it is needed first.
  var lookup: [Int: UInt32]?
  /// The folders when they were looked through last, or when we changed them last.
  var knownTimes: FolderTimes
  /// Whether nothing can have changed unseen within the resolution of ``knownTimes``.
  var isVerified = true
  /// When the folders may be looked through again: no more than a small part of the time is spent on it.
  var nextScan = Clock.now
  /// When they may be looked through again although their times are the same.
  var verification = Clock.now
  private var listeners: [Int: (FolderNews) -> Void] = [:]
  private var lastListener = 0

  /// Opens the mailbox, makes an index where there is none, and takes in what other programs did.
  init(
    _ name: FolderName, path: String, environment: MailboxEnvironment,
    uidValidity: () throws(MailboxError) -> UInt32
  ) throws(MailboxError) {
    self.name = name
    self.path = path
    self.environment = environment
    var file = IndexFile(path: path)
    if let index = try onDisk({ () throws(SystemError) in try file.load() }) {
      self.index = index
      knownTimes = index.times
      self.file = file
    } else {
      index = FolderIndex()
      index.apply(.mailbox(uidValidity: try uidValidity(), id: .random(in: 1 ... .max)))
      for (number, keyword) in KeywordFile.read(path).enumerated() {
        index.apply(.keyword(index: number, name: keyword))
      }
      let fresh = index
      try onDisk { () throws(SystemError) in try file.write(fresh) }
      knownTimes = FolderTimes()
      self.file = file
    }
    try finishArrivals()
    try refresh()
  }

  // MARK: Sessions

  /// Calls `listener` with whatever happens from now on.
  func subscribe(_ listener: @escaping (FolderNews) -> Void) -> FolderSubscription {
    lastListener += 1
    listeners[lastListener] = listener
    return FolderSubscription(folder: self, number: lastListener)
  }

  /// Whether somebody listens.
  var isWatched: Bool { !listeners.isEmpty }

  func removeListener(_ number: Int) { listeners[number] = nil }

  func post(_ news: FolderNews) {
    for number in listeners.keys.sorted() { listeners[number]?(news) }
  }

  // MARK: Changes

  /// Writes records into the log and then applies them; on an error neither has happened.
  func commit(_ records: [IndexRecord], isDurable: Bool) throws(MailboxError) {
    guard !isDeleted else { throw .missing }
    guard !records.isEmpty else { return }
    if file.wantsSnapshot {
      index.forgetOldExpunges()
      let index = index
      try onDisk { () throws(SystemError) in try file.write(index) }
    }
    try file.append(records, isDurable: isDurable)
    for record in records { index.apply(record) }
  }

  /// The mod-sequence of the next change.
  var nextModSequence: UInt64 { index.highestModSequence + 1 }

  /// Does something to the files, so that it is not taken for a change by another program.
  func changingFiles<Result>(_ body: () throws(MailboxError) -> Result) throws(MailboxError) -> Result {
    let isKnown = Files.times(of: path) == knownTimes
    defer {
      if isKnown {
        knownTimes = Files.times(of: path)
        isVerified = false
      }
    }
    return try body()
  }

  /// Gives names keyword bits; those that are new come with a record, which goes in front of the records that use them.
  func bits(of keywords: [Flag]) throws(MailboxError) -> (bits: UInt64, records: [IndexRecord]) {
    var bits: UInt64 = 0
    var added: [String] = []
    for keyword in keywords {
      let name = keyword.description
      if let bit = index.bit(of: name) {
        bits |= bit
      } else {
        let number = index.keywords.count + added.count
        guard number < FolderIndex.maximumKeywords else { throw .tooManyKeywords }
        bits |= 1 << UInt64(number)
        added.append(name)
      }
    }
    let records = added.enumerated().map { IndexRecord.keyword(index: index.keywords.count + $0, name: $1) }
    return (bits, records)
  }

  /// Tells everybody of new keywords, other programs by the file that names the letters.
  func keywordsAdded(_ records: [IndexRecord]) {
    guard !records.isEmpty else { return }
    do throws(SystemError) { try KeywordFile.write(index.keywords, path) } catch {
      Console.complaint("cannot write the keywords of \(path): \(error)")
    }
    post(.keywordsAdded)
  }

  /// The flags of a message.
  func flags(of message: StoredMessage) -> FlagSet {
    var flags = FlagSet(message.flags)
    var bits = message.keywords
    while bits != 0 {
      let number = bits.trailingZeroBitCount
      bits &= bits - 1
      if number < index.keywords.count, let flag = try? Flag(index.keywords[number]) { flags.insert(flag) }
    }
    return flags
  }

  /// The flags that messages of this mailbox can have.
  var knownFlags: FlagSet {
    var flags = FlagSet([.answered, .flagged, .deleted, .seen, .draft])
    for keyword in index.keywords { if let flag = try? Flag(keyword) { flags.insert(flag) } }
    return flags
  }

  // MARK: The life of a mailbox

  /// The folder has another name now.
  func rename(to name: FolderName, path: String) {
    self.name = name
    self.path = path
    file.path = path
    post(.renamed(to: name))
  }

  /// The folder is gone.
  func delete() {
    isDeleted = true
    post(.deleted)
  }
}
