import IMAPCodec

/// A message that lies in `tmp` and comes into the mailbox.
struct MailArrival {
  /// Its name in `tmp`.
  let unique: String
  let octets: UInt64
  /// The octets with CRLF line ends; nil when nobody has counted them.
  let size: UInt64?
  let flags: FlagSet
  let internalDate: Int64
  let emailID: UInt64

  /// The name without flags.
  fileprivate var name: String { size.map { "\(unique),S=\(octets),W=\($0)" } ?? "\(unique),S=\(octets)" }
}

extension MailFolder {
  /// Takes messages in, all or none of them; they are on the disk afterwards. Returns their UIDs in the same order.
  func append(_ messages: [PendingMessage]) throws(MailboxError) -> [UInt32] {
    for message in messages { try message.finish() }
    let now = environment.now()
    let uids = try admit(
      messages.map {
        MailArrival(
          unique: $0.unique, octets: $0.octets, size: $0.size, flags: $0.flags, internalDate: $0.internalDate ?? now,
          emailID: .random(in: 1 ... .max))
      })
    for message in messages { message.taken() }
    return uids
  }

  /// Gives the messages UIDs and moves their files to `cur`.
  ///
  /// The record in the log is what makes them messages of this mailbox: should the process end before all files are moved,
  /// ``finishArrivals()`` moves the others.
  func admit(_ arrivals: [MailArrival]) throws(MailboxError) -> [UInt32] {
    guard !isDeleted else { throw .missing }
    guard !arrivals.isEmpty else { return [] }
    guard UInt64(index.uidNext) + UInt64(arrivals.count) < UInt64(UInt32.max) else { throw .full }
    let (_, keywordRecords) = try bits(of: FlagSet(arrivals.flatMap { $0.flags.keywords }).keywords)
    var names = index.keywords
    for case .keyword(_, let name) in keywordRecords { names.append(name) }
    let modSequence = nextModSequence
    let now = environment.now()
    var messages: [StoredMessage] = []
    for (offset, arrival) in arrivals.enumerated() {
      let flags = arrival.flags.system.intersection([.answered, .flagged, .deleted, .seen, .draft])
      let keywords = Self.bits(of: arrival.flags.keywords, in: names)
      messages.append(
        StoredMessage(
          uid: index.uidNext + UInt32(offset), file: MaildirFlags.name(arrival.name, with: flags, keywords),
          isNew: false,
          flags: flags, keywords: keywords, modSequence: modSequence, internalDate: arrival.internalDate, saveDate: now,
          size: arrival.size, emailID: arrival.emailID))
    }
    try commit(keywordRecords + messages.map { .added($0) }, isDurable: true)
    remember(messages)
    try move(messages, from: arrivals)
    keywordsAdded(keywordRecords)
    let uids = messages.map(\.uid)
    post(.appeared(NumberRanges(ascending: uids), modSequence: modSequence))
    return uids
  }

  private static func bits(of keywords: [Flag], in names: [String]) -> UInt64 {
    var bits: UInt64 = 0
    for keyword in keywords {
      let name = keyword.description.lowercased()
      if let number = names.firstIndex(where: { $0.lowercased() == name }) { bits |= 1 << UInt64(number) }
    }
    return bits
  }

  private func move(_ messages: [StoredMessage], from arrivals: [MailArrival]) throws(MailboxError) {
    try changingFiles { () throws(MailboxError) in
      do throws(SystemError) {
        for (message, arrival) in zip(messages, arrivals) {
          try Files.move(path + "/tmp/" + arrival.unique, to: path + "/cur/" + message.file)
        }
        try Files.synchroniseFolder(path + "/cur")
      } catch {
        // All or none: the UIDs are used up, and nobody heard of them.
        for message in messages { try? Files.remove(path + "/cur/" + message.file) }
        try commit([.expunged(uids: messages.map(\.uid), modSequence: nextModSequence)], isDurable: true)
        for message in messages { lookup?[Self.key(message.unique)] = nil }
        throw .system(error)
      }
    }
  }

  /// Moves files to `cur` whose messages are in the log already: the process ended in between.
  func finishArrivals() throws(MailboxError) {
    let names = try onDisk { () throws(SystemError) in try Files.names(in: path + "/tmp") }
    guard !names.isEmpty else { return }
    let lookup = makeLookup()
    for name in names {
      guard let message = lookup[Self.key(name[...])].flatMap({ index[$0] }), message.unique == name else { continue }
      guard !message.isNew, Files.kind(of: path(of: message)) == .other else { continue }
      try onDisk { () throws(SystemError) in
        try Files.move(path + "/tmp/" + name, to: path(of: message))
        try Files.synchroniseFolder(path + "/cur")
      }
    }
  }

  // MARK: Copies

  /// Copies messages into another mailbox, all or none of them.
  ///
  /// - Returns: the UIDs here and the UIDs there, in the same order.
  func copy(
    _ uids: NumberRanges, to target: MailFolder
  ) throws(MailboxError) -> (sources: [UInt32], targets: [UInt32]) {
    guard !isDeleted else { throw .missing }
    let sources = index.uids(in: uids)
    var arrivals: [MailArrival] = []
    // What was linked and not taken goes again.
    defer { for arrival in arrivals { try? Files.remove(target.path + "/tmp/" + arrival.unique) } }
    for uid in sources {
      let unique = environment.nextName()
      let octets = try withFile(of: uid) { (file: String) throws(SystemError) -> UInt64 in
        try Files.duplicate(file, as: target.path + "/tmp/" + unique)
        return Files.status(of: file)?.octets ?? 0
      }
      guard let octets, let message = index[uid] else { throw .messageGone }
      arrivals.append(
        MailArrival(
          unique: unique, octets: octets, size: message.size, flags: flags(of: message),
          internalDate: message.internalDate, emailID: message.emailID))
    }
    return (sources, try target.admit(arrivals))
  }

  /// Moves messages into another mailbox: all of them are there afterwards, or none.
  func move(
    _ uids: NumberRanges, to target: MailFolder
  ) throws(MailboxError) -> (sources: [UInt32], targets: [UInt32]) {
    let copied = try copy(uids, to: target)
    try expunge(NumberRanges(ascending: copied.sources))
    return copied
  }

  // MARK: The end of messages

  /// Removes messages. Those that are gone are passed over.
  ///
  /// - Returns: what is gone now, and the mod-sequence of that.
  @discardableResult
  func expunge(_ uids: NumberRanges) throws(MailboxError) -> (uids: NumberRanges, modSequence: UInt64)? {
    guard !isDeleted else { throw .missing }
    let wanted = index.uids(in: uids)
    guard !wanted.isEmpty else { return nil }
    var gone: [UInt32] = []
    var keys: [Int] = []
    var touched: Set<String> = []
    var problem: MailboxError?
    try changingFiles { () throws(MailboxError) in
      for uid in wanted {
        guard let key = index[uid].map({ Self.key($0.unique) }) else { continue }
        do throws(MailboxError) {
          _ = try withFile(of: uid) { (file: String) throws(SystemError) in try Files.remove(file) }
        } catch {
          problem = error
          break
        }
        guard let message = index[uid] else { continue }
        touched.insert(message.isNew ? "new" : "cur")
        gone.append(uid)
        keys.append(key)
      }
      // The files first: were they to come back, they would be other messages.
      try onDisk { () throws(SystemError) in
        for folder in touched { try Files.synchroniseFolder(path + "/" + folder) }
      }
    }
    let modSequence = nextModSequence
    if !gone.isEmpty {
      try commit([.expunged(uids: gone, modSequence: modSequence)], isDurable: true)
      for key in keys { lookup?[key] = nil }
    }
    let set = NumberRanges(ascending: gone)
    if !gone.isEmpty { post(.expunged(set, modSequence: modSequence)) }
    if let problem { throw problem }
    return gone.isEmpty ? nil : (set, modSequence)
  }
}
