public import IMAPCodec

extension SequenceMap {
  /// Adds messages at the end. UIDs at or below ``highestUID`` are left out: they are never used twice,
  /// [RFC 9051 §2.3.1.1](https://www.rfc-editor.org/rfc/rfc9051#section-2.3.1.1). An open end adds none.
  ///
  /// - Returns: how many were added; fewer than given also where 4,294,967,295 would be exceeded.
  @discardableResult
  public mutating func append(_ uids: NumberRanges) -> UInt32 {
    let before = count
    for range in uids.ranges where range.upperBound > highestUID {
      let lower = highestUID < range.lowerBound ? range.lowerBound : highestUID + 1
      let added = min(UInt64(range.upperBound - lower) + 1, UInt64(UInt32.max - count))
      guard added > 0 else { break }
      append(Run(uid: lower, count: UInt32(added)))
      highestUID = lower + UInt32(added - 1)
    }
    return count - before
  }

  /// Adds messages of unknown UIDs at the end, as `EXISTS` does; not more than make 4,294,967,295.
  public mutating func append(unknown added: UInt32) {
    let added = min(added, UInt32.max - count)
    if added > 0 { append(Run(uid: 0, count: added)) }
  }

  /// Learns the UID of the message at a sequence number.
  ///
  /// - Returns: false, and nothing is changed, when there is no such message, its UID is another one, or the UID does not fit
  ///   between those that are known before and after it: then one of the sides has lost count.
  public mutating func setUID(_ uid: UInt32, at sequenceNumber: UInt32) -> Bool {
    guard uid > 0, sequenceNumber > 0, sequenceNumber <= count else { return false }
    let place = place(at: sequenceNumber)
    let run = chunks[place.chunk].runs[place.run]
    if run.uid != 0 { return run.uid + place.offset == uid }
    guard fits(uid, in: place) else { return false }
    highestUID = max(highestUID, uid)
    var parts: [Run] = []
    if place.offset > 0 { parts.append(Run(uid: 0, count: place.offset)) }
    parts.append(Run(uid: uid, count: 1))
    let rest = run.count - place.offset - 1
    if rest > 0 { parts.append(Run(uid: 0, count: rest)) }
    replace(place.run, in: place.chunk, by: parts)
    return true
  }

  /// Removes the message at a sequence number; those behind it move up.
  ///
  /// - Returns: false when there is none.
  @discardableResult
  public mutating func expunge(at sequenceNumber: UInt32) -> Bool {
    guard sequenceNumber > 0, sequenceNumber <= count else { return false }
    let place = place(at: sequenceNumber)
    remove(1, at: place)
    return true
  }

  /// Removes the messages with these UIDs; those that are not known to be here are left out, as an open end is.
  ///
  /// - Returns: the UIDs that were here.
  @discardableResult
  public mutating func expunge(_ uids: NumberRanges) -> NumberRanges {
    var removed: [ClosedRange<UInt32>] = []
    for range in uids.ranges {
      var index = chunk(holding: range.lowerBound)
      while index < chunks.count, index == 0 || chunks[index].lowest <= range.upperBound {
        var run = 0
        while run < chunks[index].runs.count {
          guard let part = chunks[index].runs[run].intersection(range) else {
            // Runs that end below the range are skipped, the first above it ends the search.
            if chunks[index].runs[run].uid > range.upperBound { break }
            run += 1
            continue
          }
          removed.append(part)
          let offset = part.lowerBound - chunks[index].runs[run].uid
          let whole = part.upperBound - part.lowerBound + 1 == chunks[index].runs[run].count
          remove(part.upperBound - part.lowerBound + 1, at: Place(chunk: index, run: run, offset: offset), keep: true)
          if !whole { run += 1 }
        }
        index += 1
      }
    }
    tidy()
    return NumberRanges(positive: removed)
  }

  // MARK: Runs

  private mutating func append(_ run: Run) {
    let chunk = chunks.count - 1
    if let last = chunks[chunk].runs.last, last.joins(run) {
      chunks[chunk].runs[chunks[chunk].runs.count - 1].count += run.count
    } else {
      if chunks[chunk].runs.isEmpty, chunk > 0 { emptyChunks -= 1 }
      chunks[chunk].runs.append(run)
    }
    adjust(chunk, by: Int64(run.count))
    split(chunk)
  }

  /// Whether a UID lies above all that are known before a place and below all behind it.
  private func fits(_ uid: UInt32, in place: Place) -> Bool {
    let runs = chunks[place.chunk].runs
    guard uid >= chunks[place.chunk].lowest else { return false }
    if place.chunk + 1 < chunks.count, uid >= chunks[place.chunk + 1].lowest { return false }
    // Runs of unknown UIDs have none of their kind beside them, so that the neighbours are known ones.
    if place.run > 0, UInt64(uid) < runs[place.run - 1].end { return false }
    if place.run + 1 < runs.count { return uid < runs[place.run + 1].uid }
    return true
  }

  /// Replaces a run by others of the same count, and joins what touches.
  private mutating func replace(_ run: Int, in chunk: Int, by parts: [Run]) {
    chunks[chunk].runs.replaceSubrange(run...run, with: parts)
    var index = min(run + parts.count, chunks[chunk].runs.count - 1)
    while index > 0, index >= run {
      join(index - 1, in: chunk)
      index -= 1
    }
    split(chunk)
  }

  /// Makes one run of two where the second continues the first.
  private mutating func join(_ run: Int, in chunk: Int) {
    guard run >= 0, run + 1 < chunks[chunk].runs.count,
      chunks[chunk].runs[run].joins(chunks[chunk].runs[run + 1])
    else { return }
    chunks[chunk].runs[run].count += chunks[chunk].runs[run + 1].count
    chunks[chunk].runs.remove(at: run + 1)
  }

  /// Takes messages out of one run. `keep` leaves empty chunks where they are and splits none of their indices away.
  private mutating func remove(_ removed: UInt32, at place: Place, keep: Bool = false) {
    let run = chunks[place.chunk].runs[place.run]
    let behind = run.count - place.offset - removed
    adjust(place.chunk, by: -Int64(removed))
    if place.offset == 0, behind == 0 {
      chunks[place.chunk].runs.remove(at: place.run)
      // Two runs of unknown UIDs may stand side by side now.
      join(place.run - 1, in: place.chunk)
      if chunks[place.chunk].runs.isEmpty, place.chunk > 0 { emptyChunks += 1 }
      if !keep { tidy() }
    } else if run.uid == 0 {
      chunks[place.chunk].runs[place.run].count -= removed
    } else if place.offset == 0 {
      chunks[place.chunk].runs[place.run] = Run(uid: run.uid + removed, count: behind)
    } else {
      chunks[place.chunk].runs[place.run].count = place.offset
      guard behind > 0 else { return }
      chunks[place.chunk].runs.insert(
        Run(uid: run.uid + place.offset + removed, count: behind), at: place.run + 1)
      split(place.chunk)
    }
  }

  /// Divides a chunk that has grown beyond the capacity, before a run of known UIDs, so that the bound is sharp.
  private mutating func split(_ chunk: Int) {
    guard chunks[chunk].runs.count > Self.capacity else { return }
    var middle = chunks[chunk].runs.count / 2
    if chunks[chunk].runs[middle].uid == 0 { middle += 1 }
    let tail = [Run](chunks[chunk].runs[middle...])
    chunks[chunk].runs.removeSubrange(middle...)
    chunks.insert(Chunk(runs: tail, lowest: tail[0].uid), at: chunk + 1)
    rebuildSums()
  }

  /// Drops empty chunks when they are the most.
  private mutating func tidy() {
    guard emptyChunks > 16, emptyChunks * 2 > chunks.count else { return }
    var kept = [chunks[0]]
    for chunk in chunks.dropFirst() where !chunk.runs.isEmpty { kept.append(chunk) }
    chunks = kept
    emptyChunks = 0
    rebuildSums()
  }
}
