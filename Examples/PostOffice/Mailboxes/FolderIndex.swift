import IMAPCodec

/// What is known of a mailbox: its messages by UID, and what was expunged when.
///
/// A pure value that only ``apply(_:)`` changes, so that what was read from the log equals what was in memory.
struct FolderIndex {
  private(set) var uidValidity: UInt32 = 0
  private(set) var mailboxID: UInt64 = 0
  private(set) var uidNext: UInt32 = 1
  private(set) var highestModSequence: UInt64 = 1
  private(set) var keywords: [String] = []
  private(set) var recentFrom: UInt32 = 1
  private(set) var times = FolderTimes()
  /// How many messages there are.
  private(set) var count = 0
  /// Expunged messages, the last one at the end.
  private(set) var expunged: [(modSequence: UInt64, uid: UInt32)] = []
  /// What was expunged up to here is not in ``expunged``.
  private(set) var forgottenUpTo: UInt64 = 0
  /// Ascending; an expunged one stays as a gap until there are many.
  private var entries: [Entry] = []

  private struct Entry {
    var message: StoredMessage
    var isGone = false
  }

  /// How many keywords a mailbox can have.
  static let maximumKeywords = 64
  /// How many expunged messages are remembered at least.
  static let rememberedExpunges = 20_000

  // MARK: Reading

  private func position(of uid: UInt32) -> Int? {
    let lower = lowerBound(uid)
    guard lower < entries.count, entries[lower].message.uid == uid, !entries[lower].isGone else { return nil }
    return lower
  }

  /// The first position whose UID is not below `uid`.
  private func lowerBound(_ uid: UInt32) -> Int {
    var lower = 0
    var upper = entries.count
    while lower < upper {
      let middle = (lower + upper) / 2
      if entries[middle].message.uid < uid { lower = middle + 1 } else { upper = middle }
    }
    return lower
  }

  subscript(uid: UInt32) -> StoredMessage? { position(of: uid).map { entries[$0].message } }

  /// The places of messages, gaps included; valid until the next change.
  var slotCount: Int { entries.count }

  func slot(of uid: UInt32) -> Int? { position(of: uid) }

  subscript(slot slot: Int) -> StoredMessage { entries[slot].message }

  func forEachSlot(_ body: (Int, StoredMessage) -> Void) {
    for slot in entries.indices where !entries[slot].isGone { body(slot, entries[slot].message) }
  }

  /// Calls `body` with each message, in the order of UIDs.
  func forEach(_ body: (StoredMessage) -> Void) {
    for entry in entries where !entry.isGone { body(entry.message) }
  }

  /// Calls `body` with each message whose UID is in the set, in the order of UIDs.
  func forEach(in uids: NumberRanges, _ body: (StoredMessage) -> Void) {
    for range in uids.resolved(last: .max).ranges {
      var position = lowerBound(range.lowerBound)
      while position < entries.count, entries[position].message.uid <= range.upperBound {
        if !entries[position].isGone { body(entries[position].message) }
        position += 1
      }
    }
  }

  /// The UIDs of the set that there are.
  func uids(in set: NumberRanges) -> [UInt32] {
    var uids: [UInt32] = []
    forEach(in: set) { uids.append($0.uid) }
    return uids
  }

  /// All UIDs.
  var uids: NumberRanges {
    var numbers: [UInt32] = []
    numbers.reserveCapacity(count)
    forEach { numbers.append($0.uid) }
    return NumberRanges(ascending: numbers)
  }

  /// The bit of a keyword, whatever the case of its letters.
  func bit(of keyword: String) -> UInt64? {
    let name = keyword.lowercased()
    return keywords.firstIndex { $0.lowercased() == name }.map { 1 << UInt64($0) }
  }

  /// The messages that were expunged after the mod-sequence: exactly those, or, where that is forgotten, all that are not
  /// there.
  func expunged(since modSequence: UInt64) -> NumberRanges {
    if modSequence < forgottenUpTo {
      guard uidNext > 1, let all = try? NumberRanges(1...(uidNext - 1)) else { return NumberRanges() }
      return all.subtracting(uids)
    }
    var lower = 0
    var upper = expunged.count
    while lower < upper {
      let middle = (lower + upper) / 2
      if expunged[middle].modSequence <= modSequence { lower = middle + 1 } else { upper = middle }
    }
    return NumberRanges(ascending: expunged[lower...].map(\.uid).sorted())
  }

  // MARK: Changing

  mutating func apply(_ record: IndexRecord) {
    switch record {
    case .mailbox(let uidValidity, let id):
      self.uidValidity = uidValidity
      mailboxID = id
    case .progress(let uidNext, let highestModSequence):
      self.uidNext = max(self.uidNext, uidNext)
      self.highestModSequence = max(self.highestModSequence, highestModSequence)
    case .keyword(let index, let name):
      while keywords.count <= index { keywords.append("") }
      keywords[index] = name
    case .added(let message):
      add(message)
    case .changed(let uid, let modSequence, let flags, let keywords, let isNew, let file):
      highestModSequence = max(highestModSequence, modSequence)
      guard let position = position(of: uid) else { return }
      entries[position].message.modSequence = modSequence
      entries[position].message.flags = flags
      entries[position].message.keywords = keywords
      entries[position].message.isNew = isNew
      entries[position].message.file = file
    case .expunged(let uids, let modSequence):
      highestModSequence = max(highestModSequence, modSequence)
      for uid in uids { remove(uid, modSequence) }
      closeGaps()
    case .forgotten(let modSequence):
      forgottenUpTo = max(forgottenUpTo, modSequence)
      highestModSequence = max(highestModSequence, modSequence)
      expunged.removeAll { $0.modSequence <= modSequence }
    case .sized(let uid, let size):
      guard let position = position(of: uid) else { return }
      entries[position].message.size = size
    case .recent(let uid):
      recentFrom = max(recentFrom, uid)
    case .scanned(let times):
      self.times = times
    }
  }

  /// Forgets the older half of what was expunged when it is much.
  mutating func forgetOldExpunges() {
    guard expunged.count > 2 * Self.rememberedExpunges else { return }
    apply(.forgotten(upTo: expunged[expunged.count - Self.rememberedExpunges - 1].modSequence))
  }

  private mutating func add(_ message: StoredMessage) {
    // Ascending always: a record that says otherwise is none of ours.
    guard message.uid >= uidNext, message.uid < .max else { return }
    uidNext = message.uid + 1
    highestModSequence = max(highestModSequence, message.modSequence)
    entries.append(Entry(message: message))
    count += 1
  }

  private mutating func remove(_ uid: UInt32, _ modSequence: UInt64) {
    if let position = position(of: uid) {
      entries[position].isGone = true
      entries[position].message.file = ""
      count -= 1
    }
    expunged.append((modSequence, uid))
  }

  private mutating func closeGaps() {
    if entries.count - count > 64 + count / 4 { entries.removeAll { $0.isGone } }
  }

  // MARK: The snapshot

  /// Calls `body` with what makes an equal index out of an empty one, in portions.
  func forEachPortion(_ body: ([IndexRecord]) -> Void) {
    var records: [IndexRecord] = [.mailbox(uidValidity: uidValidity, id: mailboxID)]
    for (index, name) in keywords.enumerated() { records.append(.keyword(index: index, name: name)) }
    forEach { message in
      records.append(.added(message))
      if records.count >= 1_000 {
        body(records)
        records.removeAll(keepingCapacity: true)
      }
    }
    var start = 0
    while start < expunged.count {
      let modSequence = expunged[start].modSequence
      let end = expunged[start...].firstIndex { $0.modSequence != modSequence } ?? expunged.count
      records.append(.expunged(uids: expunged[start..<end].map(\.uid), modSequence: modSequence))
      start = end
    }
    records.append(.forgotten(upTo: forgottenUpTo))
    records.append(.recent(from: recentFrom))
    records.append(.scanned(times))
    records.append(.progress(uidNext: uidNext, highestModSequence: highestModSequence))
    body(records)
  }
}
