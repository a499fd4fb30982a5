import IMAP
import IMAPCodec
import MailTestKit
import Testing

@Suite("SequenceMap: numbers and UIDs")
struct SequenceMapTests {
  @Test("a map is a list of UIDs, some of them unknown, for random changes")
  func random() throws {
    for seed in 1...60 as ClosedRange<UInt64> {
      var random = SplitMix64(seed: seed)
      var map = SequenceMap()
      // Zero where the mirror does not know the UID; `truth` always knows.
      var known: [UInt32] = []
      var truth: [UInt32] = []
      var next: UInt32 = 1
      for _ in 0..<400 {
        switch Int.random(in: 0..<9, using: &random) {
        case 0:
          let count = UInt32.random(in: 1...20, using: &random)
          next += UInt32.random(in: 0...3, using: &random)
          let added = Array(next..<(next + count))
          truth += added
          known += added
          map.append(try NumberRanges(added))
          next += count
        case 1:
          let count = UInt32.random(in: 1...5, using: &random)
          for _ in 0..<count {
            next += UInt32.random(in: 0...2, using: &random)
            truth.append(next)
            known.append(0)
            next += 1
          }
          map.append(unknown: count)
        case 2...5 where !truth.isEmpty:
          let index = Int.random(in: truth.indices, using: &random)
          known[index] = truth[index]
          let learned = map.setUID(truth[index], at: UInt32(index + 1))
          if !learned { Issue.record("seed \(seed): UID \(truth[index]) refused") }
        case 6 where !truth.isEmpty:
          let index = Int.random(in: truth.indices, using: &random)
          truth.remove(at: index)
          known.remove(at: index)
          map.expunge(at: UInt32(index + 1))
        case 7 where !truth.isEmpty:
          let lower = UInt32.random(in: 1...next, using: &random)
          let range = lower...(lower + UInt32.random(in: 0...9, using: &random))
          let kept = known.indices.filter { !range.contains(known[$0]) }
          let removed = known.filter { range.contains($0) }
          truth = kept.map { truth[$0] }
          known = kept.map { known[$0] }
          let reported = map.expunge(try NumberRanges(range))
          if reported.numbers(limit: 1_000_000) != removed { Issue.record("seed \(seed): removed \(reported.ranges)") }
        default: break
        }
      }
      let uids = (1...UInt32(max(1, known.count))).map { map.uid(at: $0) ?? 0 }
      #expect(map.count == UInt32(known.count), "seed \(seed)")
      #expect(known.isEmpty || uids == known, "seed \(seed)")
      let numbers = known.filter { $0 != 0 }.map { map.sequenceNumber(of: $0) ?? 0 }
      #expect(numbers == known.indices.filter { known[$0] != 0 }.map { UInt32($0 + 1) }, "seed \(seed)")
      let learned = known.filter { $0 != 0 }
      #expect(map.uids.numbers(limit: 1_000_000) == learned, "seed \(seed)")
      let probe = try NumberRanges(Array(3...40) + Array(100...180))
      #expect(map.resolve(probe) == map.uids.intersection(probe), "seed \(seed)")
      #expect(map.uids(at: map.sequenceNumbers(of: probe)) == map.resolve(probe), "seed \(seed)")
    }
  }

  @Test("a UID that does not fit between its neighbours is refused")
  func misfits() throws {
    var map = SequenceMap()
    map.append(unknown: 5)
    #expect(map.setUID(10, at: 2) && map.setUID(20, at: 4))
    let refused: [(UInt32, UInt32)] = [
      (10, 1), (11, 1), (10, 3), (20, 3), (9, 3), (21, 4), (20, 5), (0, 5), (1, 0), (1, 6)
    ]
    for (uid, number) in refused {
      let taken = map.setUID(uid, at: number)
      #expect(!taken, "\(uid) at \(number)")
    }
    #expect(map.setUID(10, at: 2) && map.setUID(15, at: 3) && map.setUID(4_294_967_295, at: 5))
    #expect(map.uid(at: 1) == nil && map.sequenceNumber(of: 4_294_967_295) == 5)
  }

  @Test("star is the last message, whatever the other end")
  func star() throws {
    let map = SequenceMap(try NumberRanges([5, 6, 7, 20, 30]))
    let rows: [(String, [UInt32], [UInt32])] = [
      ("*", [30], [30]), ("2:*", [6, 7, 20, 30], [5, 6, 7, 20, 30]), ("99:*", [30], [30]),
      ("*:3", [7, 20, 30], [5, 6, 7, 20, 30]),
      ("4:2", [6, 7, 20], []), ("1,3", [5, 7], []), ("7", [], [7]), ("25:*", [30], [30]), ("20:6", [], [6, 7, 20])
    ]
    for (text, bySequence, byUID) in rows {
      #expect(map.uids(at: try SequenceSet(text).ranges).numbers(limit: 9) == bySequence, "\(text)")
      #expect(map.resolve(try UIDSet(text).ranges).numbers(limit: 9) == byUID, "UID \(text)")
    }
    #expect(SequenceMap().resolve(.last).isEmpty && SequenceMap().uids(at: .last).isEmpty)
  }

  @Test("counts that are announced cost nothing, and have an end")
  func hugeCounts() throws {
    var map = SequenceMap()
    map.append(unknown: .max)
    map.append(unknown: 7)
    let added = map.append(try NumberRanges(1...2))
    #expect(map.count == .max && added == 0)
    #expect(map.setUID(4_000_000_000, at: 4_000_000_000) && map.uid(at: 4_000_000_000) == 4_000_000_000)
    #expect(map.expunge(at: .max) && !map.expunge(at: .max) && map.count == .max - 1)
    var known = SequenceMap(try NumberRanges(1...4_294_967_295))
    #expect(known.count == .max && known.sequenceNumber(of: .max) == .max)
    #expect(known.expunge(try NumberRanges(2...4_294_967_294)).closedCount == 4_294_967_293)
    #expect(known == SequenceMap(try NumberRanges([1, 4_294_967_295])))
  }

  @Test("no order of expunging 100,000 messages is quadratic", .timeLimit(.minutes(1)))
  func expunging() throws {
    let scattered = try NumberRanges((1...100_000).map { $0 * 2 })
    for uids in [try NumberRanges(1...100_000), scattered] {
      var first = SequenceMap(uids)
      for _ in 0..<100_000 { first.expunge(at: 1) }
      #expect(first.isEmpty)
      var odd = SequenceMap(uids)
      for number in 1...50_000 as ClosedRange<UInt32> { odd.expunge(at: number) }
      #expect(odd.count == 50_000)
      odd.expunge(uids)
      #expect(odd.isEmpty && odd.highestUID == uids.ranges.last?.upperBound)
      let added = [odd.append(try NumberRanges(1...100_000)), odd.append(try NumberRanges(500_000...500_001))]
      #expect(added == [0, 2])
      #expect(odd.uid(at: 2) == 500_001)
    }
  }
}
