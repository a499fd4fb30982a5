import IMAP
import IMAPCodec
import MailTestKit
import Testing

@Suite("MailboxView: a mirror made of its changes agrees")
struct MailboxViewRandomTests {
  /// What a client makes of the changes; it asks for UID and flags of what is new, as clients do.
  struct Mirror {
    var map: SequenceMap
    var flags: [UInt32: FlagSet]

    mutating func apply(_ change: MailboxChange, _ mailbox: [UInt32: FlagSet], _ view: MailboxView) -> Bool {
      switch change {
      case .expunge(let number):
        if let uid = map.uid(at: number) { flags[uid] = nil }
        return map.expunge(at: number)
      case .vanished(let uids):
        for uid in uids.ranges.numbers(limit: 10_000) { flags[uid] = nil }
        return map.expunge(uids.ranges).closedCount == uids.ranges.closedCount
      case .exists(let count):
        guard count > map.count else { return false }
        let first = map.count + 1
        map.append(unknown: count - map.count)
        for number in first...count {
          guard let uid = view.uid(at: number), map.setUID(uid, at: number) else { return false }
          flags[uid] = mailbox[uid]
        }
        return true
      case .fetch(let number, let uid, let changed, _):
        guard map.uid(at: number) == uid else { return false }
        flags[uid] = changed
        return true
      case .flagsForgotten(let uids):
        for uid in uids.numbers(limit: 10_000) { flags[uid] = mailbox[uid] }
        return true
      }
    }
  }

  @Test("for 200 seeds, with and without VANISHED")
  func random() throws {
    for seed in 1...200 as ClosedRange<UInt64> {
      var random = SplitMix64(seed: seed)
      var mailbox: [UInt32: FlagSet] = [:]
      for uid in 1...UInt32(1 + random.below(30)) where random.below(3) > 0 { mailbox[uid] = FlagSet() }
      var next: UInt32 = 40
      var modSequence: UInt64 = 1
      let uids = try NumberRanges(mailbox.keys.sorted())
      var view = MailboxView(
        uids: uids, uidNext: next, highestModSequence: 1, options: seed % 2 == 0 ? .qresync : [],
        limits: .init(flagChanges: 4, forgottenRanges: 2))
      var mirror = Mirror(map: SequenceMap(uids), flags: mailbox)
      for step in 0..<150 {
        modSequence += 1
        switch random.below(7) {
        case 0, 1:
          let count = UInt32(1 + random.below(4))
          let added = next..<(next + count)
          next += count + UInt32(random.below(2))
          for uid in added { mailbox[uid] = FlagSet(.recent) }
          view.appear(try NumberRanges(Array(added)), modSequence: modSequence)
        case 2:
          let lower = UInt32(1 + random.below(Int(next)))
          let range = lower...(lower + UInt32(random.below(5)))
          for uid in range { mailbox[uid] = nil }
          view.expunge(try NumberRanges(range), modSequence: modSequence)
        case 3, 4:
          let uid = UInt32(1 + random.below(Int(next)))
          let flags = FlagSet(SystemFlags(rawValue: UInt8(random.below(32))))
          if mailbox[uid] != nil { mailbox[uid] = flags }
          view.flagsChanged(uid: uid, flags: flags, modSequence: modSequence)
        default:
          let policy: MailboxView.Policy = random.below(2) == 0 ? .all : .withoutExpunge
          for change in view.takeChanges(policy) {
            // EXISTS is looked at after all changes were taken, so that the mirror may see newer UIDs only.
            let isAccepted = mirror.apply(change, mailbox, view)
            if !isAccepted { Issue.record("seed \(seed), step \(step): \(change)") }
          }
          if case .all = policy {
            let same = mirror.flags == mailbox && mirror.map.uids.numbers(limit: 10_000) == mailbox.keys.sorted()
            if !same || view.toldModSequence != view.highestModSequence {
              Issue.record("seed \(seed), step \(step): the mirror differs")
            }
          }
          if mirror.map.count != view.count || mirror.map.uids != view.uids {
            Issue.record("seed \(seed), step \(step): \(mirror.map.count) messages, not \(view.count)")
          }
        }
      }
      _ = view.takeChanges(.all)
      let expected = try NumberRanges(mailbox.keys.sorted())
      #expect(view.uids == view.currentUIDs && view.uids == expected, "seed \(seed)")
    }
  }

  @Test("100,000 expunges told one by one are linear", .timeLimit(.minutes(1)))
  func expunging() throws {
    var view = MailboxView(uids: try NumberRanges((1...100_000).map { $0 * 2 }))
    var told = 0
    for uid in 1...100_000 as ClosedRange<UInt32> {
      view.expunge(try NumberRanges((uid * 2)...(uid * 2)))
      if uid > 90_000 { told += view.takeChanges(.all).count }
    }
    #expect(told == 100_000 && view.count == 0)
  }
}
