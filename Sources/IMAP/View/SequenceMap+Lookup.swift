public import IMAPCodec

extension SequenceMap {
  /// The UID of the message at a sequence number; nil when it is unknown, for zero, and beyond the last one.
  public func uid(at sequenceNumber: UInt32) -> UInt32? {
    guard sequenceNumber > 0, sequenceNumber <= count else { return nil }
    let place = place(at: sequenceNumber)
    let run = chunks[place.chunk].runs[place.run]
    return run.uid == 0 ? nil : run.uid + place.offset
  }

  /// The sequence number of the message with a UID; nil when there is none, or it is not known to be here.
  public func sequenceNumber(of uid: UInt32) -> UInt32? {
    let index = chunk(holding: uid)
    var before = countBefore(index)
    for run in chunks[index].runs {
      if run.uid != 0, run.uid <= uid, UInt64(uid) < run.end { return before + (uid - run.uid) + 1 }
      before += run.count
    }
    return nil
  }

  /// Whether a message with this UID is known to be here.
  public func contains(uid: UInt32) -> Bool {
    for run in chunks[chunk(holding: uid)].runs where run.uid != 0 && run.uid <= uid && UInt64(uid) < run.end {
      return true
    }
    return false
  }

  /// The UIDs at these sequence numbers, as far as they are known; numbers beyond the last one are left out.
  ///
  /// `*` is the last message and `n:*` holds it always, even when *n* is larger. The time is linear in the runs that the
  /// ranges touch.
  public func uids(at sequenceNumbers: NumberRanges) -> NumberRanges {
    var result: [ClosedRange<UInt32>] = []
    for range in sequenceNumbers.resolved(last: count).ranges {
      visit(range) { run in
        if run.uid != 0 { result.append(run.uid...(run.uid + (run.count - 1))) }
      }
    }
    return NumberRanges(positive: result)
  }

  /// The sequence numbers of the messages with these UIDs, in time linear in the runs that the ranges touch.
  public func sequenceNumbers(of uids: NumberRanges) -> NumberRanges {
    var result: [ClosedRange<UInt32>] = []
    for range in uids.ranges {
      var index = chunk(holding: range.lowerBound)
      while index < chunks.count, index == 0 || chunks[index].lowest <= range.upperBound {
        var before = countBefore(index)
        for run in chunks[index].runs {
          if let part = run.intersection(range) {
            let first = before + (part.lowerBound - run.uid) + 1
            result.append(first...(first + (part.upperBound - part.lowerBound)))
          }
          before += run.count
        }
        index += 1
      }
    }
    return NumberRanges(positive: result)
  }

  /// The UIDs of this set that are known to be here, in time linear in the runs that its ranges touch.
  ///
  /// `*` is the highest UID here, and `n:*` holds it always, even when *n* is larger.
  public func resolve(_ uids: NumberRanges) -> NumberRanges {
    guard let last = lastUID else { return NumberRanges() }
    var result: [ClosedRange<UInt32>] = []
    for range in uids.resolved(last: last).ranges {
      var index = chunk(holding: range.lowerBound)
      while index < chunks.count, index == 0 || chunks[index].lowest <= range.upperBound {
        for run in chunks[index].runs {
          if let part = run.intersection(range) { result.append(part) }
        }
        index += 1
      }
    }
    return NumberRanges(positive: result)
  }

  /// The highest known UID here.
  public var lastUID: UInt32? {
    for chunk in chunks.reversed() {
      for run in chunk.runs.reversed() where run.uid != 0 { return run.uid + (run.count - 1) }
    }
    return nil
  }

  /// How many messages are known to have UIDs at most this high; all of them in a map without unknown UIDs.
  func countThrough(uid: UInt32) -> UInt32 {
    let index = chunk(holding: uid)
    var before = countBefore(index)
    for run in chunks[index].runs {
      guard run.uid <= uid else { break }
      guard UInt64(uid) + 1 < run.end else {
        before += run.count
        continue
      }
      return before + (uid - run.uid) + 1
    }
    return before
  }

  /// Calls `body` with the runs of a range of sequence numbers, cut at its ends.
  func visit(_ range: ClosedRange<UInt32>, _ body: (Run) -> Void) {
    guard range.lowerBound > 0, range.upperBound <= count else { return }
    var place = place(at: range.lowerBound)
    var left = range.upperBound - range.lowerBound + 1
    while left > 0 {
      guard place.run < chunks[place.chunk].runs.count else {
        place = Place(chunk: place.chunk + 1, run: 0, offset: 0)
        continue
      }
      let run = chunks[place.chunk].runs[place.run]
      let taken = min(left, run.count - place.offset)
      body(Run(uid: run.uid == 0 ? 0 : run.uid + place.offset, count: taken))
      left -= taken
      place.run += 1
      place.offset = 0
    }
  }
}

extension SequenceMap.Run {
  /// The UIDs of the run that lie in a range.
  func intersection(_ range: ClosedRange<UInt32>) -> ClosedRange<UInt32>? {
    guard uid != 0 else { return nil }
    let lower = max(uid, range.lowerBound)
    let upper = min(uid + (count - 1), range.upperBound)
    return lower <= upper ? lower...upper : nil
  }
}

extension SequenceMap: Equatable {
  /// Whether the same messages stand at the same numbers; the highest UID ever is not compared.
  public static func == (left: SequenceMap, right: SequenceMap) -> Bool {
    guard left.count == right.count else { return false }
    return left.joinedRuns.elementsEqual(right.joinedRuns) { $0.uid == $1.uid && $0.count == $1.count }
  }

  /// The runs with what touches across chunks joined.
  private var joinedRuns: [Run] {
    var joined: [Run] = []
    for chunk in chunks {
      for run in chunk.runs {
        if let last = joined.last, last.joins(run) {
          joined[joined.count - 1].count += run.count
        } else {
          joined.append(run)
        }
      }
    }
    return joined
  }
}

extension SequenceMap.Run {
  /// Whether a run continues this one.
  func joins(_ next: SequenceMap.Run) -> Bool { uid == 0 ? next.uid == 0 : UInt64(next.uid) == end }
}
