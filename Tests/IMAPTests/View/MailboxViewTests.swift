import IMAP
import IMAPCodec
import MailTestKit
import Testing

@Suite("MailboxView: what a client is told, and when")
struct MailboxViewTests {
  @Test("expunges are held back, and numbers mean what the client was told")
  func heldBack() throws {
    var view = MailboxView(uids: try NumberRanges([10, 11, 20, 30]), highestModSequence: 5)
    view.expunge(try NumberRanges([11, 30, 99]), modSequence: 6)
    view.appear(try NumberRanges([31, 32]), modSequence: 7)
    #expect(view.owesExpunges && view.count == 4 && view.isGone(uid: 11) && !view.isGone(uid: 10))
    #expect(view.toldModSequence == 5 && view.highestModSequence == 7)
    #expect(view.takeChanges(.withoutExpunge) == [.exists(6)])
    #expect(view.toldModSequence == 5, "the expunge is still owed")
    #expect(view.uids(for: try SequenceSet("2:3")).numbers(limit: 9) == [11, 20])
    #expect(view.sequenceNumber(of: 32) == 6 && view.uid(at: 4) == 30)
    #expect(view.takeChanges(.all) == [.expunge(2), .expunge(3)])
    #expect(view.toldModSequence == 7 && view.sequenceNumber(of: 32) == 4 && !view.hasChanges)
    #expect(view.takeChanges(.all).isEmpty && view.uidNext == 33)
  }

  @Test("QRESYNC and UIDONLY have VANISHED instead")
  func vanished() throws {
    for option in [MailboxView.Options.qresync, .uidOnly] {
      var view = MailboxView(uids: try NumberRanges(1...9), options: option)
      view.expunge(try NumberRanges([3, 1]))
      view.expunge(try NumberRanges(2...2))
      #expect(view.takeChanges(.withoutExpunge).isEmpty)
      #expect(view.takeChanges(.all) == [.vanished(try UIDSet("1:3"))])
      #expect(view.uid(at: 1) == 4)
    }
  }

  @Test("news that meet each other")
  func meetings() throws {
    var view = MailboxView(uids: try NumberRanges(1...3), highestModSequence: 1)
    // Expunged before it was announced: never there, whatever happened to its flags; its UID stays used.
    view.appear(try NumberRanges(4...5), modSequence: 2)
    view.flagsChanged(uid: 4, flags: FlagSet(.seen), modSequence: 3)
    view.expunge(try NumberRanges(4...5), modSequence: 4)
    #expect(!view.hasChanges && view.takeChanges(.all).isEmpty && view.uidNext == 6 && view.toldModSequence == 4)
    view.appear(try NumberRanges(4...4))
    #expect(!view.hasChanges, "a UID is not used twice")
    // A flag change of what is not announced is dropped; the client asks for the flags of what is new.
    view.appear(try NumberRanges(6...6), modSequence: 5)
    view.flagsChanged(uid: 6, flags: FlagSet(.seen), modSequence: 6)
    #expect(view.takeChanges(.all) == [.exists(4)])
    // An expunge drops the flag change that is owed, and later ones.
    view.flagsChanged(uid: 2, flags: FlagSet(.seen), modSequence: 7)
    view.expunge(try NumberRanges(2...2), modSequence: 8)
    view.flagsChanged(uid: 2, flags: FlagSet(.deleted), modSequence: 9)
    #expect(view.takeChanges(.withoutExpunge).isEmpty && view.toldModSequence == 7)
    // Several changes of one message are one; the order is that of the UIDs, numbers are those after the expunges.
    view.flagsChanged(uid: 6, flags: FlagSet(.seen), modSequence: 10)
    view.flagsChanged(uid: 1, flags: FlagSet(.draft), modSequence: 11)
    view.flagsChanged(uid: 6, flags: FlagSet(.flagged), modSequence: 12)
    #expect(
      view.takeChanges(.all) == [
        .expunge(2), .fetch(sequenceNumber: 1, uid: 1, flags: FlagSet(.draft), modSequence: 11),
        .fetch(sequenceNumber: 3, uid: 6, flags: FlagSet(.flagged), modSequence: 12)
      ])
    // What the answer to a command has told is not told again, unless it changed since.
    view.flagsChanged(uid: 1, flags: FlagSet(.seen), modSequence: 20)
    view.flagsTold(uid: 1, modSequence: 19)
    #expect(view.hasChanges && view.toldModSequence == 19)
    view.flagsTold(uid: 1, modSequence: 20)
    #expect(!view.hasChanges && view.toldModSequence == 20)
  }

  @Test("more flag changes than the limit are forgotten but not lost")
  func limits() throws {
    var view = MailboxView(
      uids: try NumberRanges(1...100_000), limits: MailboxView.Limits(flagChanges: 2, forgottenRanges: 4))
    for uid in [7, 9, 20, 21, 22, 30, 7] as [UInt32] { view.flagsChanged(uid: uid, flags: FlagSet(.seen)) }
    view.expunge(try NumberRanges(21...21))
    let first = view.takeChanges(.withoutExpunge)
    let forgotten = try NumberRanges([20, 22, 30])
    #expect(first.count == 3 && first.last == .flagsForgotten(forgotten))
    for uid in stride(from: 2, to: 100_000, by: 2) { view.flagsChanged(uid: UInt32(uid), flags: FlagSet(.seen)) }
    guard case .flagsForgotten(let uids) = view.takeChanges(.all).last else {
      Issue.record("nothing forgotten")
      return
    }
    #expect(uids.contains(6) && uids.contains(99_998) && !uids.contains(21) && uids.ranges.count < 8)
  }

  @Test("the saved result loses expunged messages")
  func savedResult() throws {
    var view = MailboxView(uids: try NumberRanges(1...9))
    #expect(view.uids(for: .uid(.savedResult)).isEmpty)
    view.saveResult(try NumberRanges([2, 4, 6]))
    #expect(view.uids(for: .sequence(.savedResult)).numbers(limit: 9) == [2, 4, 6])
    #expect(view.uids(for: try UIDSet("8:*,$")).numbers(limit: 9) == [2, 4, 6, 8, 9])
    view.expunge(try NumberRanges(4...4))
    _ = view.takeChanges(.all)
    #expect(view.savedResult.numbers(limit: 9) == [2, 6])
    #expect(view.uids(for: try SequenceSet("4,$")).numbers(limit: 9) == [2, 5, 6])
    view.saveResult(NumberRanges())
    #expect(view.savedResult.isEmpty)
  }

  @Test("sets that hold numbers beyond the mailbox are known")
  func bounds() throws {
    let view = MailboxView(uids: try NumberRanges([5, 6, 7]))
    let rows: [(String, Bool)] = [("1:3", true), ("4", false), ("2:*", true), ("4:*", false), ("*", true), ("$", true)]
    for (text, holds) in rows { #expect(view.holds(try SequenceSet(text)) == holds, "\(text)") }
    #expect(!MailboxView(uids: NumberRanges()).holds(.all))
    #expect(view.uids(for: try UIDSet("9:*")).numbers(limit: 9) == [7])
  }

  @Test("VANISHED (EARLIER), RFC 7162 §3.2.5")
  func vanishedEarlier() throws {
    let view = MailboxView(uids: try NumberRanges([1, 2, 4, 5, 8, 9]), uidNext: 12)
    func request(_ known: String?, _ places: String? = nil, _ uids: String? = nil) throws -> Resynchronisation {
      var matches: Resynchronisation.Matches?
      if let places, let uids { matches = .init(try SequenceSet(places), try UIDSet(uids)) }
      return try Resynchronisation(
        uidValidity: 1, modSeq: 1, knownUIDs: try known.map { try UIDSet($0) }, matches: matches)
    }
    let rows: [(Resynchronisation, NumberRanges?, [UInt32])] = [
      (try request(nil), nil, [3, 6, 7, 10, 11]), (try request("1:7"), nil, [3, 6, 7]),
      (try request("1:7"), try NumberRanges([6, 10]), [6]), (try request(nil), try NumberRanges([1, 7]), [7]),
      // The third message is still 4 and the fourth 5: nothing below was lost unheard.
      (try request(nil, "2,3,4,5", "2,4,5,6"), nil, [6, 7, 10, 11]),
      (try request(nil, "1,3", "1,3"), nil, [3, 6, 7, 10, 11]),
      (try request(nil, "1,2,3", "1,2"), nil, [3, 6, 7, 10, 11]),
      (try request(nil, "1:4294967295", "1:4294967295"), nil, [3, 6, 7, 10, 11])
    ]
    for (index, row) in rows.enumerated() {
      #expect(view.vanishedEarlier(row.0, expunged: row.1).numbers(limit: 99) == row.2, "row \(index)")
    }
    #expect(view.vanishedEarlier(try UIDSet("6:*")).numbers(limit: 99) == [6, 7, 10, 11])
    #expect(MailboxView(uids: NumberRanges()).vanishedEarlier(try UIDSet("1:*")).isEmpty)
  }
}
