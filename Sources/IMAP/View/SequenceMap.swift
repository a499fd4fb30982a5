public import IMAPCodec

/// Which UID stands at which sequence number: the messages of a mailbox in their order.
///
/// [RFC 9051 §2.3.1](https://www.rfc-editor.org/rfc/rfc9051#section-2.3.1). Contiguous UIDs are one run of 8 octets however many
/// they are, so that an announced count costs nothing. Looking up and expunging take time logarithmic in the runs. A client
/// that has been told only a count holds messages of *unknown* UID and learns them one by one; a server knows all.
///
///     S: * 3 EXISTS                     append(unknown: 3)
///     S: * 2 FETCH (UID 17)             setUID(17, at: 2)
///     S: * 1 EXPUNGE                    expunge(at: 1); uid(at: 1) == 17
public struct SequenceMap: Sendable {
  /// So many messages of consecutive UIDs, or of unknown ones.
  struct Run: Sendable {
    /// The first one's UID; zero when they are unknown.
    var uid: UInt32
    var count: UInt32

    /// The UID behind the last one's, zero for unknown ones.
    var end: UInt64 { uid == 0 ? 0 : UInt64(uid) + UInt64(count) }
  }

  /// Neighbouring runs; no two of unknown UIDs stand side by side, and none is empty.
  struct Chunk: Sendable {
    var runs: [Run]
    /// At most the UID of each message in it, and above that of each in the chunks before.
    var lowest: UInt32
  }

  /// The most runs in a chunk: what is moved by one insertion.
  static let capacity = 128

  /// Never empty; the first chunk's `lowest` is zero.
  var chunks: [Chunk]
  /// The messages of the chunks as sums of a binary indexed tree: element `i` (from 1) covers the `i & -i` chunks up to `i`.
  var sums: [UInt32]
  /// How many chunks have no runs left.
  var emptyChunks = 0

  /// How many messages there are.
  public private(set) var count: UInt32 = 0

  /// The highest UID that has ever been in it, 0 before any.
  public internal(set) var highestUID: UInt32 = 0

  /// No messages.
  public init() {
    chunks = [Chunk(runs: [], lowest: 0)]
    sums = [0, 0]
  }

  /// The messages of these UIDs; an open end adds none.
  public init(_ uids: NumberRanges) {
    self.init()
    append(uids)
  }

  /// Whether there are none.
  public var isEmpty: Bool { count == 0 }

  /// The UIDs that are known, in time linear in the runs.
  public var uids: NumberRanges {
    var ranges: [ClosedRange<UInt32>] = []
    for chunk in chunks {
      for run in chunk.runs where run.uid != 0 { ranges.append(run.uid...(run.uid + (run.count - 1))) }
    }
    return NumberRanges(positive: ranges)
  }

  // MARK: Sums

  /// Notes that a chunk has got or lost messages.
  mutating func adjust(_ chunk: Int, by difference: Int64) {
    count = UInt32(truncatingIfNeeded: Int64(count) + difference)
    var index = chunk + 1
    while index < sums.count {
      sums[index] = UInt32(truncatingIfNeeded: Int64(sums[index]) + difference)
      index += index & -index
    }
  }

  /// Makes the sums anew after chunks were added or removed: once for `capacity / 2` insertions at most.
  mutating func rebuildSums() {
    sums = [UInt32](repeating: 0, count: chunks.count + 1)
    for index in 1..<sums.count {
      var total: UInt32 = 0
      for run in chunks[index - 1].runs { total &+= run.count }
      sums[index] &+= total
      let parent = index + (index & -index)
      if parent < sums.count { sums[parent] &+= sums[index] }
    }
  }

  /// How many messages stand before a chunk.
  func countBefore(_ chunk: Int) -> UInt32 {
    var total: UInt32 = 0
    var index = chunk
    while index > 0 {
      total += sums[index]
      index &= index - 1
    }
    return total
  }

  /// Where a message stands.
  struct Place {
    var chunk: Int
    var run: Int
    /// How many messages of the run stand before it.
    var offset: UInt32
  }

  /// The place of the message at a sequence number from 1 to `count`.
  func place(at sequenceNumber: UInt32) -> Place {
    // The descent: the highest chunk with fewer messages up to it than are wanted before this one.
    var left = sequenceNumber - 1
    var chunk = 0
    var step = 1
    while step * 2 < sums.count { step *= 2 }
    while step > 0 {
      if chunk + step < sums.count, sums[chunk + step] <= left {
        chunk += step
        left -= sums[chunk]
      }
      step /= 2
    }
    var run = 0
    while left >= chunks[chunk].runs[run].count {
      left -= chunks[chunk].runs[run].count
      run += 1
    }
    return Place(chunk: chunk, run: run, offset: left)
  }

  /// The last chunk whose messages may have this UID.
  func chunk(holding uid: UInt32) -> Int {
    var lower = 0
    var upper = chunks.count
    while upper - lower > 1 {
      let middle = (lower + upper) / 2
      if chunks[middle].lowest <= uid { lower = middle } else { upper = middle }
    }
    return lower
  }
}
