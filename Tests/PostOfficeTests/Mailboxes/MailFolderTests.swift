import IMAPCodec
import MailWire
import Testing

@testable import PostOffice

@Test func messagesComeGetFlagsAndGo() throws {
  let place = try TemporaryFolder()
  let user = try UserMailboxes.inTest(place.path)
  let inbox = try user.open(.inbox)
  let mirror = FolderMirror(inbox)
  let keyword = try Flag("$Forwarded")
  #expect(try inbox.add("Subject: a\r\n\r\n1\r\n", [.seen], date: 1_000_000_000) == 1)
  #expect(try inbox.append([inbox.pending("b", [keyword]), inbox.pending("c\nd\n")]) == [2, 3])
  #expect(inbox.summary == "1 (\\Seen), 2 ($Forwarded), 3 ()")
  #expect(mirror.takeEvents() == ["appeared 1", "keywords", "appeared 2:3"])
  #expect(inbox.index[1]?.internalDate == 1_000_000_000 && inbox.index[3]?.size == 6 && inbox.index[2]?.size == 1)
  #expect(
    Set(try Files.names(in: place.path + "/cur").map { $0.drop { $0 != "," } }) == [
      ",S=17,W=17:2,S", ",S=1,W=1:2,a", ",S=4,W=6:2,"
    ])
  #expect(try inbox.text(of: 3) == "c\r\nd\r\n" && inbox.text(of: 2) == "b")

  var outcome = try inbox.store(.add, FlagSet([.flagged, .recent]), of: uids(1, 3, 9))
  #expect(outcome.changed == uids(1, 3) && outcome.modSequence == inbox.index.highestModSequence)
  let length = try Files.content(of: place.path + "/postoffice-log").count
  outcome = try inbox.store(.add, FlagSet([.flagged]), of: uids(1))
  let newLength = try Files.content(of: place.path + "/postoffice-log").count
  #expect(outcome == FlagOutcome() && newLength == length)
  outcome = try inbox.store(.replace, FlagSet([.draft, keyword]), of: inbox.index.uids, unchangedSince: 3)
  #expect(outcome.changed == uids(2) && outcome.modified == uids(1, 3))
  #expect(inbox.summary == "1 (\\Flagged \\Seen), 2 (\\Draft $Forwarded), 3 (\\Flagged)")
  _ = try inbox.store(.remove, FlagSet([.flagged, Flag("unknown")]), of: uids(3))
  #expect(inbox.index.keywords == ["$Forwarded"] && inbox.changed(since: 4) == [2, 3])

  let before = inbox.index.highestModSequence
  #expect(try inbox.expunge(uids(1, 2, 7))?.uids == uids(1, 2))
  #expect(inbox.index.expunged(since: before) == uids(1, 2) && inbox.index.expunged(since: before + 1).isEmpty)
  #expect(try Files.names(in: place.path + "/cur").count == 1 && inbox.index.uidNext == 4)
  #expect(mirror.flags.count == 1 && mirror.takeEvents().last == "expunged 1:2")
  try inbox.expectStored()
  // Another process, as it were.
  let again = try UserMailboxes.inTest(place.path).open(.inbox)
  #expect(again.summary == "3 ()" && again.index.portions == inbox.index.portions && again.objectID == inbox.objectID)
}

@Test func messagesAreCopiedAndMoved() throws {
  let place = try TemporaryFolder()
  let user = try UserMailboxes.inTest(place.path)
  let name = try #require(FolderName(text: "a/b"))
  try user.create(name)
  let (inbox, other) = (try user.open(.inbox), try user.open(name))
  for number in 1...4 { try inbox.add("\(number)", [Flag("k\(number)"), .seen], date: Int64(number)) }
  _ = try other.store(.add, FlagSet(), of: NumberRanges())
  let mirrors = (FolderMirror(inbox), FolderMirror(other))
  let copied = try inbox.copy(uids(1, 3, 8), to: other)
  #expect(copied.sources == [1, 3] && copied.targets == [1, 2] && other.summary == "1 (\\Seen k1), 2 (\\Seen k3)")
  #expect(other.index[2]?.emailID == inbox.index[3]?.emailID && other.index[2]?.internalDate == 3)
  #expect(try other.text(of: 2) == "3")
  let moved = try inbox.move(uids(2, 3), to: other)
  #expect(moved.sources == [2, 3] && moved.targets == [3, 4] && inbox.index.uids == uids(1, 4))
  #expect(mirrors.0.takeEvents() == ["expunged 2:3"])
  #expect(mirrors.1.takeEvents() == ["keywords", "appeared 1:2", "keywords", "appeared 3:4"])
  // Into itself, and then a message that another program took away: nothing is copied.
  #expect(try inbox.copy(uids(1), to: inbox).targets == [5])
  try Files.remove(inbox.path(of: #require(inbox.index[4])))
  #expect(throws: MailboxError.self) { try inbox.copy(uids(1, 4), to: other) }
  #expect(inbox.index.uids == uids(1, 5) && other.index.count == 4)
  for folder in [inbox, other] {
    try folder.expectStored()
    #expect(try Files.names(in: folder.path + "/tmp") == [])
  }
  let usage = try user.usage()
  #expect(usage.messages == 6 && usage.octets == 6)
}

@Test func whatIsNotAppendedLeavesNothing() throws {
  let place = try TemporaryFolder()
  let inbox = try UserMailboxes.inTest(place.path).open(.inbox)
  do {
    let abandoned = try inbox.pending(String(repeating: "x", count: 200_000))
    #expect(try Files.names(in: place.path + "/tmp") == [abandoned.unique])
  }
  #expect(try Files.names(in: place.path + "/tmp") == [] && inbox.index.uidNext == 1)
  // `cur` cannot take the second one: neither is there, and their UIDs are used up.
  let messages = [try inbox.pending("1"), try inbox.pending("2")]
  try Files.remove(place.path + "/tmp/" + messages[1].unique)
  #expect(throws: MailboxError.self) { try inbox.append(messages) }
  #expect(inbox.index.count == 0 && inbox.index.uidNext == 3)
  #expect(try Files.names(in: place.path + "/cur") == [])
  try inbox.expectStored()
  // As many keywords as there can be, and one more.
  let flags = try (0..<64).map { try Flag("k\($0)") }
  let uid = try inbox.add("x", flags)
  #expect(throws: MailboxError.self) { try inbox.store(.add, FlagSet([try Flag("more")]), of: uids(uid)) }
  #expect(throws: MailboxError.self) { try inbox.add("y", [Flag("more")]) }
  #expect(inbox.summary == "3 (\(flags.map(\.description).joined(separator: " ")))" && inbox.index.count == 1)
  #expect(try Files.names(in: place.path + "/cur")[0].hasSuffix(":2,abcdefghijklmnopqrstuvwxyz"))
}

@Test func otherProgramsAreNoticed() throws {
  let place = try TemporaryFolder()
  let inbox = try UserMailboxes.inTest(place.path).open(.inbox)
  let mirror = FolderMirror(inbox)
  for (file, text) in [("new/1002.b.h", "b\n"), ("new/1001.a.h,S=1,W=1", "a"), ("cur/1003.c.h:2,FS", "c")] {
    try Files.write(text, to: place.path + "/" + file)
  }
  try Files.write("hidden", to: place.path + "/new/.hidden")
  try Files.makeFolder(place.path + "/new/folder")
  try inbox.refresh(isUrgent: true)
  #expect(
    inbox.summary == "1 (), 2 (), 3 (\\Flagged \\Seen)" && inbox.index[1]?.size == 1 && inbox.index[2]?.size == nil)
  #expect(mirror.takeEvents() == ["appeared 1:3"])
  #expect(try inbox.size(of: 2) == 3)
  // Flags, a move, a removal, a second name in `new`, and a keyword that nobody has named.
  try Files.move(place.path + "/cur/1003.c.h:2,FS", to: place.path + "/cur/1003.c.h:2,PRz")
  try Files.move(place.path + "/new/1002.b.h", to: place.path + "/cur/1002.b.h:2,")
  try Files.remove(place.path + "/new/1001.a.h,S=1,W=1")
  try Files.write("b\n", to: place.path + "/new/1002.b.h")
  let before = inbox.index.highestModSequence
  try inbox.refresh(isUrgent: true)
  #expect(inbox.summary == "2 (), 3 (\\Answered)" && inbox.index[2]?.isNew == false)
  #expect(inbox.index[2]?.modSequence == before && inbox.index[3]?.modSequence == before + 1)
  #expect(mirror.takeEvents() == ["expunged 1", "flags [\"3 (\\\\Answered)\"]"])
  // What has two names keeps the one that it had.
  for number in 1...9 { try Files.write("x", to: place.path + "/cur/20\(number).d.h:2,") }
  try inbox.refresh(isUrgent: true)
  for number in 1...9 {
    try Files.write("x", to: place.path + "/cur/20\(number).d.h:2,\(number.isMultiple(of: 2) ? "S" : "F")")
  }
  for _ in 0..<3 { try inbox.refresh(isUrgent: true) }
  #expect(inbox.changed(since: before + 2).isEmpty && inbox.index.count == 11)
  for number in 1...9 {
    try Files.remove(place.path + "/cur/20\(number).d.h:2,\(number.isMultiple(of: 2) ? "S" : "F")")
  }
  try inbox.expunge(NumberRanges(ascending: Array(4...12)))
  // Letters that mean nothing here stay; a file that was renamed is found.
  try Files.move(place.path + "/cur/1002.b.h:2,", to: place.path + "/cur/1002.b.h:2,T")
  _ = try inbox.store(.add, FlagSet([.seen]), of: uids(2, 3))
  #expect(inbox.summary == "2 (\\Seen), 3 (\\Answered \\Seen)")
  #expect(Set(try Files.names(in: place.path + "/cur")) == ["1002.b.h:2,S", "1003.c.h:2,PRS"])
  #expect(try inbox.text(of: 2) == "b\r\n")
  try inbox.refresh(isUrgent: true)
  #expect(inbox.summary == "2 (\\Seen), 3 (\\Answered \\Seen)")
  try inbox.expectStored()
}
