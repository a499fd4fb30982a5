import IMAPCodec

/// What a client wants of flags.
enum FlagAction {
  case add
  case remove
  case replace
}

/// What became of it.
struct FlagOutcome: Equatable {
  /// The messages that have other flags now.
  var changed = NumberRanges()
  /// The messages that were changed meanwhile by somebody else, and are left as they are.
  var modified = NumberRanges()
  /// Set when something changed.
  var modSequence: UInt64?
}

extension MailFolder {
  /// Changes the flags of messages. Those that are gone are passed over.
  ///
  /// - Parameter unchangedSince: leaves messages alone whose mod-sequence is higher,
  ///   [RFC 7162 §3.1.3](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.3).
  func store(
    _ action: FlagAction, _ flags: FlagSet, of uids: NumberRanges, unchangedSince: UInt64? = nil
  ) throws(MailboxError) -> FlagOutcome {
    guard !isDeleted else { throw .missing }
    // What is not there need not be made to be removed.
    let names = action == .remove ? flags.keywords.filter { index.bit(of: $0.description) != nil } : flags.keywords
    let (bits, keywordRecords) = try bits(of: names)
    let system = flags.system.intersection([.answered, .flagged, .deleted, .seen, .draft])
    var modified: [UInt32] = []
    var wanted: [(uid: UInt32, flags: SystemFlags, keywords: UInt64)] = []
    index.forEach(in: uids) { message in
      if let unchangedSince, message.modSequence > unchangedSince { return modified.append(message.uid) }
      let new: (SystemFlags, UInt64) =
        switch action {
        case .add: (message.flags.union(system), message.keywords | bits)
        case .remove: (message.flags.subtracting(system), message.keywords & ~bits)
        case .replace: (system, bits)
        }
      if new != (message.flags, message.keywords) { wanted.append((message.uid, new.0, new.1)) }
    }
    var outcome = FlagOutcome()
    outcome.modified = NumberRanges(ascending: modified)
    guard !wanted.isEmpty else { return outcome }
    var records = keywordRecords
    let modSequence = try rename(wanted, into: &records)
    let changed = wanted.map(\.uid).filter { index[$0] != nil }
    try commit(records, isDurable: false)
    keywordsAdded(keywordRecords)
    postFlags(of: changed, modSequence)
    outcome.changed = NumberRanges(ascending: changed)
    outcome.modSequence = modSequence
    return outcome
  }

  /// Gives files the names that tell their flags. Returns the mod-sequence of the records.
  private func rename(
    _ wanted: [(uid: UInt32, flags: SystemFlags, keywords: UInt64)], into records: inout [IndexRecord]
  ) throws(MailboxError) -> UInt64 {
    try changingFiles { () throws(MailboxError) in
      var places: [(uid: UInt32, flags: SystemFlags, keywords: UInt64, file: String)] = []
      for (uid, flags, keywords) in wanted {
        let file = try withFile(of: uid) { (old: String) throws(SystemError) -> String in
          let name = MaildirFlags.name(
            String(old[old.index(after: old.lastIndex(of: "/") ?? old.startIndex)...]), with: flags, keywords)
          let new = path + "/cur/" + name
          if new != old { try Files.move(old, to: new) }
          return name
        }
        if let file { places.append((uid, flags, keywords, file)) }
      }
      // Looking for a file that was moved may have counted on.
      let modSequence = nextModSequence
      for (uid, flags, keywords, file) in places {
        records.append(
          .changed(
            uid: uid, modSequence: modSequence, flags: flags, keywords: keywords, isNew: false, file: file))
      }
      return modSequence
    }
  }

  // MARK: Recent messages

  /// The messages that no session has been told of yet, for this one alone: they move from `new` to `cur`.
  func takeRecent() throws(MailboxError) -> NumberRanges {
    let recent = self.recent
    var fresh: [StoredMessage] = []
    index.forEach { if $0.isNew { fresh.append($0) } }
    guard index.recentFrom < index.uidNext || !fresh.isEmpty else { return recent }
    var records: [IndexRecord] = [.recent(from: index.uidNext)]
    try changingFiles { () throws(MailboxError) in
      for message in fresh {
        let name = MaildirFlags.name(message.file, with: message.flags, message.keywords)
        do throws(SystemError) { try Files.move(path(of: message), to: path + "/cur/" + name) } catch { continue }
        records.append(
          .changed(
            uid: message.uid, modSequence: message.modSequence, flags: message.flags, keywords: message.keywords,
            isNew: false, file: name))
      }
    }
    try commit(records, isDurable: false)
    return recent
  }

  /// The messages that no session has been told of yet.
  var recent: NumberRanges {
    guard index.recentFrom < index.uidNext, let range = try? NumberRanges(index.recentFrom...(index.uidNext - 1)) else {
      return NumberRanges()
    }
    return NumberRanges(ascending: index.uids(in: range))
  }
}
