public import IMAPCodec

extension MailboxView {
  /// Messages have come. UIDs at or below the highest so far are left out, since UIDs only grow.
  ///
  /// - Parameter modSequence: theirs, the highest of them; zero where the mailbox keeps none.
  public mutating func appear(_ uids: NumberRanges, modSequence: UInt64 = 0) {
    guard current.append(uids) > 0 else { return }
    if modSequence > 0 { oldestNew = min(oldestNew, modSequence) }
    highestModSequence = max(highestModSequence, modSequence)
    uidNext = max(uidNext, current.highestUID == .max ? .max : current.highestUID + 1)
  }

  /// Messages are gone for good. UIDs that are not in the mailbox are left out; `*` and open ends mean nothing here.
  public mutating func expunge(_ uids: NumberRanges, modSequence: UInt64 = 0) {
    let before = goneCount
    for range in current.expunge(uids).ranges where range.lowerBound <= highestTold {
      let told = range.lowerBound...min(range.upperBound, highestTold)
      gone.append(told)
      goneCount += told.upperBound - told.lowerBound + 1
      forget(told)
    }
    if newCount == 0 { oldestNew = .max }
    highestModSequence = max(highestModSequence, modSequence)
    if goneCount > before, modSequence > 0 { oldestGone = min(oldestGone, modSequence) }
  }

  /// A message has other flags. Nothing is owed for one that is not in the mailbox or not yet announced.
  ///
  /// The session that changed them is not told by this, but by the answer to its `STORE`.
  public mutating func flagsChanged(uid: UInt32, flags changed: FlagSet, modSequence: UInt64 = 0) {
    highestModSequence = max(highestModSequence, modSequence)
    guard uid > 0, uid <= highestTold, current.contains(uid: uid) else { return }
    if modSequence > 0 { oldestFlags = min(oldestFlags, modSequence) }
    if flags[uid] != nil || flags.count < limits.flagChanges {
      flags[uid] = FlagChange(flags: changed, modSequence: modSequence)
      return
    }
    if let last = forgotten.last, last.upperBound < .max, last.upperBound + 1 == uid {
      forgotten[forgotten.count - 1] = last.lowerBound...uid
    } else if forgotten.last?.contains(uid) != true {
      forgotten.append(uid...uid)
    }
    guard forgotten.count > max(limits.forgottenRanges, 1) else { return }
    // Sorting them once may be enough; else one range, so that the next time is far away.
    let joined = NumberRanges(positive: forgotten).ranges
    forgotten = joined
    guard joined.count * 2 > limits.forgottenRanges, let first = joined.first, let last = joined.last else { return }
    forgotten = [first.lowerBound...last.upperBound]
  }

  /// The client has been told the flags of a message otherwise, by the answer to a `FETCH` or `STORE`: an earlier change is
  /// not owed any more.
  ///
  /// - Parameter modSequence: the one that was told; a change that is later stays owed.
  public mutating func flagsTold(uid: UInt32, modSequence: UInt64 = .max) {
    guard let change = flags[uid], change.modSequence <= modSequence else { return }
    flags[uid] = nil
    if flags.isEmpty, forgotten.isEmpty { oldestFlags = .max }
  }

  /// Drops the flag changes of messages that are gone, whichever is shorter to walk.
  private mutating func forget(_ range: ClosedRange<UInt32>) {
    if flags.isEmpty { return }
    if Int64(range.upperBound - range.lowerBound) < Int64(flags.count) {
      for uid in range { flags[uid] = nil }
    } else {
      flags = flags.filter { !range.contains($0.key) }
    }
    if flags.isEmpty, forgotten.isEmpty { oldestFlags = .max }
  }
}
