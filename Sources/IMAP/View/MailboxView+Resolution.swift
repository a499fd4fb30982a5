public import IMAPCodec

extension MailboxView {
  /// The UIDs that a command means: of the messages that the client knows of, gone ones among them while it has not been told.
  ///
  /// `*` is the last message, `n:*` holds it always, `$` is the saved result. UIDs of messages that are not yet announced are
  /// left out, since the answer could not say their sequence numbers.
  public func uids(for set: MessageSet) -> NumberRanges {
    switch set {
    case .sequence(let set): uids(for: set)
    case .uid(let set): uids(for: set)
    }
  }

  /// The UIDs at these sequence numbers, as for ``uids(for:)-(MessageSet)``.
  public func uids(for set: SequenceSet) -> NumberRanges {
    let uids = told.uids(at: set.ranges)
    return set.includesSavedResult ? uids.union(savedResult) : uids
  }

  /// The UIDs of this set, as for ``uids(for:)-(MessageSet)``.
  public func uids(for set: UIDSet) -> NumberRanges {
    let uids = told.resolve(set.ranges)
    return set.includesSavedResult ? uids.union(savedResult) : uids
  }

  /// Whether all closed bounds of a set of sequence numbers are in the mailbox; `BAD` is for those that are not,
  /// [RFC 9051 §9](https://www.rfc-editor.org/rfc/rfc9051#section-9), `seq-number`.
  public func holds(_ set: SequenceSet) -> Bool {
    guard let highest = set.ranges.ranges.last?.upperBound else {
      return set.isSavedResult || (told.count > 0 && (set.ranges.openFrom ?? 1) <= told.count)
    }
    return highest <= told.count && (set.ranges.openFrom ?? 1) <= told.count
  }

  /// The sequence number by which the client knows a message; nil when it does not know it.
  public func sequenceNumber(of uid: UInt32) -> UInt32? { told.sequenceNumber(of: uid) }

  /// The sequence numbers by which the client knows messages.
  public func sequenceNumbers(of uids: NumberRanges) -> NumberRanges { told.sequenceNumbers(of: uids) }

  /// The UID of the message that the client knows by a sequence number; nil for none.
  public func uid(at sequenceNumber: UInt32) -> UInt32? { told.uid(at: sequenceNumber) }

  /// Whether a message is gone although the client has not been told.
  public func isGone(uid: UInt32) -> Bool {
    uid > 0 && uid <= highestTold && !current.contains(uid: uid) && told.contains(uid: uid)
  }

  /// `$`: the result of the last `SEARCH RETURN (SAVE)` without the messages that are gone,
  /// [RFC 5182 §2.1](https://www.rfc-editor.org/rfc/rfc5182#section-2.1). Empty before the first, and after a search that
  /// ended in `NO`.
  public var savedResult: NumberRanges { told.resolve(saved) }

  /// Keeps a result for `$`, by UID. A search with `SAVE` that ends in `NO` saves the empty one, one that ends in `BAD` nothing.
  public mutating func saveResult(_ uids: NumberRanges) { saved = uids }

  // MARK: QRESYNC

  /// The UIDs for `VANISHED (EARLIER)` in answer to `SELECT … (QRESYNC …)`,
  /// [RFC 7162 §3.2.5](https://www.rfc-editor.org/rfc/rfc7162#section-3.2.5).
  ///
  ///     C: A1 SELECT INBOX (QRESYNC (67890007 20050715194045000 41,43:211,214:541))
  ///     S: * VANISHED (EARLIER) 41,43:116,118,120:211,214:540
  ///
  /// - Parameter expunged: what the host knows to be expunged since the client's mod-sequence; nil when it keeps no record of
  ///   that. Then every UID that the client may know and that is not in the mailbox is given, as the RFC allows; places and
  ///   UIDs that still match, the client's `seq-match-data`, shorten that.
  public func vanishedEarlier(_ request: Resynchronisation, expunged: NumberRanges? = nil) -> NumberRanges {
    var matched: UInt32 = 0
    if expunged == nil, let matches = request.matches { matched = highestMatch(matches) }
    return vanishedEarlier(known: request.knownUIDs?.ranges, above: matched, expunged: expunged)
  }

  /// The UIDs for `VANISHED (EARLIER)` in answer to `UID FETCH … (… VANISHED)`,
  /// [RFC 7162 §3.2.6](https://www.rfc-editor.org/rfc/rfc7162#section-3.2.6); the parameter as for the other.
  public func vanishedEarlier(_ set: UIDSet, expunged: NumberRanges? = nil) -> NumberRanges {
    vanishedEarlier(known: set.ranges, above: 0, expunged: expunged)
  }

  private func vanishedEarlier(known: NumberRanges?, above matched: UInt32, expunged: NumberRanges?) -> NumberRanges {
    let last = uidNext - 1
    guard last > matched else { return NumberRanges() }
    let possible = NumberRanges(positive: [(matched + 1)...last])
    var wanted = possible
    if let known { wanted = known.resolved(last: last).intersection(possible) }
    if let expunged { wanted = wanted.intersection(expunged) }
    return wanted.subtracting(told.uids)
  }

  /// The highest UID of a place and a UID that still belong together; then nothing before it was expunged that the client has
  /// not heard of. Pairs before a matching one match, so bisection finds it.
  private func highestMatch(_ matches: Resynchronisation.Matches) -> UInt32 {
    let places = RankedNumbers(matches.sequence.ranges)
    let uids = RankedNumbers(matches.uids.ranges)
    guard places.count == uids.count else { return 0 }
    var lower: UInt64 = 0
    var upper = places.count
    while lower < upper {
      let middle = (lower + upper) / 2
      if let uid = uids[middle], places[middle] == told.sequenceNumber(of: uid) {
        lower = middle + 1
      } else {
        upper = middle
      }
    }
    return lower == 0 ? 0 : uids[lower - 1] ?? 0
  }
}

/// The numbers of closed ranges by their rank, found by bisection.
private struct RankedNumbers {
  private let ranges: [ClosedRange<UInt32>]
  private var before: [UInt64] = []
  private(set) var count: UInt64 = 0

  init(_ set: NumberRanges) {
    ranges = set.ranges
    before.reserveCapacity(ranges.count)
    for range in ranges {
      before.append(count)
      count += UInt64(range.upperBound - range.lowerBound) + 1
    }
  }

  subscript(rank: UInt64) -> UInt32? {
    guard rank < count else { return nil }
    var lower = 0
    var upper = ranges.count
    while upper - lower > 1 {
      let middle = (lower + upper) / 2
      if before[middle] <= rank { lower = middle } else { upper = middle }
    }
    return ranges[lower].lowerBound + UInt32(truncatingIfNeeded: rank - before[lower])
  }
}
