import IMAPCodec

extension MailboxView {
  /// Which changes may be sent now.
  @frozen
  public enum Policy: Hashable, Sendable {
    /// All: before the completion of a command that is not in the other case, and during `IDLE`.
    case all
    /// No `EXPUNGE` and no `VANISHED`: while `FETCH`, `STORE`, `SEARCH`, `SORT` or `THREAD` by sequence number is answered, and
    /// while no command is in progress, [RFC 9051 §7.5.1](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.1),
    /// [RFC 5256 §3](https://www.rfc-editor.org/rfc/rfc5256#section-3).
    case withoutExpunge
  }

  /// The changes that may be sent now, in their order: what is gone, what is new, what has other flags. The client has been told
  /// when this returns.
  ///
  /// The time is linear in what is given, and in the logarithm of the mailbox's runs for each.
  public mutating func takeChanges(_ policy: Policy) -> [MailboxChange] {
    guard hasChanges else { return [] }
    var changes: [MailboxChange] = []
    if case .all = policy, goneCount > 0 { takeExpunges(&changes) }
    takeNew(&changes)
    takeFlags(&changes)
    return changes
  }

  private mutating func takeExpunges(_ changes: inout [MailboxChange]) {
    let uids = NumberRanges(positive: gone)
    gone = []
    goneCount = 0
    oldestGone = .max
    guard options.isEmpty else {
      told.expunge(uids)
      if let set = try? UIDSet(uids) { changes.append(.vanished(set)) }
      return
    }
    // What stands behind an expunged message moves up, so that each of a range goes at the same number.
    var removed: UInt32 = 0
    for range in told.sequenceNumbers(of: uids).ranges {
      let number = range.lowerBound - removed
      let count = range.upperBound - range.lowerBound + 1
      for _ in 0..<count { changes.append(.expunge(number)) }
      removed += count
    }
    told.expunge(uids)
  }

  private mutating func takeNew(_ changes: inout [MailboxChange]) {
    guard newCount > 0 else { return highestTold = current.highestUID }
    var added: [ClosedRange<UInt32>] = []
    current.visit((current.count - newCount + 1)...current.count) { run in
      added.append(run.uid...(run.uid + (run.count - 1)))
    }
    told.append(NumberRanges(positive: added))
    highestTold = current.highestUID
    oldestNew = .max
    changes.append(.exists(told.count))
  }

  private mutating func takeFlags(_ changes: inout [MailboxChange]) {
    for uid in flags.keys.sorted() {
      guard let change = flags[uid], let number = told.sequenceNumber(of: uid) else { continue }
      changes.append(
        .fetch(sequenceNumber: number, uid: uid, flags: change.flags, modSequence: change.modSequence))
    }
    flags.removeAll()
    oldestFlags = .max
    guard !forgotten.isEmpty else { return }
    let uids = current.resolve(NumberRanges(positive: forgotten))
    forgotten = []
    if !uids.isEmpty { changes.append(.flagsForgotten(uids)) }
  }
}
