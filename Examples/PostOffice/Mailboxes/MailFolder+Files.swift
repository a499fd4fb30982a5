import IMAPCodec

extension MailFolder {
  // MARK: The table of names

  static func key(_ unique: UnsafeRawBufferPointer) -> Int {
    var hasher = Hasher()
    unsafe hasher.combine(bytes: unique)
    return hasher.finalize()
  }

  static func key(_ unique: Substring) -> Int {
    var unique = unique
    return unique.withUTF8 { unsafe key(UnsafeRawBufferPointer($0)) }
  }

  func makeLookup() -> [Int: UInt32] {
    if let lookup { return lookup }
    var made: [Int: UInt32] = [:]
    made.reserveCapacity(index.count)
    index.forEach { made[Self.key($0.unique)] = $0.uid }
    lookup = made
    return made
  }

  func remember(_ messages: [StoredMessage]) {
    for message in messages { lookup?[Self.key(message.unique)] = message.uid }
  }

  // MARK: Files of other programs

  /// What the log is told of a message that lies elsewhere now.
  func record(
    of message: StoredMessage, at place: (file: String, isNew: Bool), _ modSequence: UInt64
  ) -> (record: IndexRecord, hasOtherFlags: Bool) {
    let (flags, letters) = MaildirFlags.parse(place.file)
    let keywords = known(letters) | message.keywords & ~MaildirFlags.letteredMask
    let hasOtherFlags = flags != message.flags || keywords != message.keywords
    let record = IndexRecord.changed(
      uid: message.uid, modSequence: hasOtherFlags ? modSequence : message.modSequence, flags: flags,
      keywords: keywords,
      isNew: place.isNew, file: place.file)
    return (record, hasOtherFlags)
  }

  /// The keyword bits that mean something.
  private func known(_ bits: UInt64) -> UInt64 {
    let count = UInt64(index.keywords.count)
    return count >= 64 ? bits : bits & ((1 << count) - 1)
  }

  /// New messages from files that nobody knew, in the order of their names, which begin with the time of arrival.
  func messages(
    found: [String: (file: String, isNew: Bool)], _ modSequence: UInt64
  ) throws(MailboxError) -> [StoredMessage] {
    var messages: [StoredMessage] = []
    var uid = index.uidNext
    for (_, place) in found.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      let file = path + (place.isNew ? "/new/" : "/cur/") + place.file
      guard let status = Files.status(of: file), status.isOrdinary else { continue }
      guard uid < .max else { throw .full }
      let (flags, letters) = MaildirFlags.parse(place.file)
      messages.append(
        StoredMessage(
          uid: uid, file: place.file, isNew: place.isNew, flags: flags, keywords: known(letters),
          modSequence: modSequence, internalDate: status.modified / 1_000_000_000, saveDate: environment.now(),
          size: Self.size(in: place.file, status.octets), emailID: .random(in: 1 ... .max)))
      uid += 1
    }
    return messages
  }

  /// The size that the name of a file tells, when it tells the truth about the file as it is, too.
  private static func size(in file: String, _ octets: UInt64) -> UInt64? {
    guard let size = MaildirFlags.number("W", in: file), MaildirFlags.number("S", in: file) == octets else {
      return nil
    }
    return size >= octets ? size : nil
  }

  /// A message that this program has just put into `new`.
  func arrived(_ file: String) throws(MailboxError) {
    let unique = String(MaildirFlags.unique(of: file))
    guard makeLookup()[Self.key(unique[...])] == nil else { return }
    let modSequence = nextModSequence
    let arrivals = try messages(found: [unique: (file, true)], modSequence)
    try commit(arrivals.map { .added($0) }, isDurable: true)
    remember(arrivals)
    if !arrivals.isEmpty { post(.appeared(NumberRanges(ascending: arrivals.map(\.uid)), modSequence: modSequence)) }
  }

  /// Tells everybody the flags that messages have now.
  func postFlags(of uids: [UInt32], _ modSequence: UInt64) {
    let news = uids.compactMap { uid in index[uid].map { FlagNews(uid: uid, flags: flags(of: $0)) } }
    if !news.isEmpty { post(.flagsChanged(news, modSequence: modSequence)) }
  }

  // MARK: Paths

  func path(of message: StoredMessage) -> String { path + (message.isNew ? "/new/" : "/cur/") + message.file }

  /// Does something with the file of a message, wherever another program has moved it; nil when the message is gone.
  func withFile<Result: ~Copyable>(
    of uid: UInt32, _ body: (String) throws(SystemError) -> Result
  ) throws(MailboxError) -> Result? {
    guard let message = index[uid] else { return nil }
    do throws(SystemError) { return try body(path(of: message)) } catch {
      guard error.isMissing else { throw .system(error) }
    }
    try refresh(isUrgent: true)
    guard let message = index[uid] else { return nil }
    do throws(SystemError) { return try body(path(of: message)) } catch {
      guard error.isMissing else { throw .system(error) }
      return nil
    }
  }
}
