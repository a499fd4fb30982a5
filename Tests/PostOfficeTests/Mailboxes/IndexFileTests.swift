import IMAPCodec
import MailWire
import Testing

@testable import PostOffice

/// Copies a Maildir, but not its subfolders.
private func copyMaildir(_ path: String, to copy: String) throws {
  try Maildir(path: copy).create()
  for folder in ["/", "/cur/", "/new/", "/tmp/"] {
    for name in try Files.names(in: path + folder) where Files.kind(of: path + folder + name) == .ordinary {
      try Files.duplicate(path + folder + name, as: copy + folder + name)
    }
  }
}

private func set(_ path: String, _ bytes: some Sequence<UInt8>) throws {
  try? Files.remove(path)
  try Files.create(path).sendAll(Array(bytes).span)
}

@Test func whatTheLogLosesAtItsEndWasNotAcknowledged() throws {
  let place = try TemporaryFolder()
  let path = place.path + "/a"
  let inbox = try UserMailboxes.inTest(path).open(.inbox)
  // The length of the log after each operation, what the index held, and whose each UID was.
  var states: [(length: Int, portions: [[IndexRecord]], owners: [UInt32: String], uidNext: UInt32)] = []
  var owners: [UInt32: String] = [:]
  func note() throws {
    inbox.index.forEach { owners[$0.uid] = String($0.unique) }
    let length = try Files.content(of: path + "/postoffice-log").count
    states.append((length, inbox.index.portions, owners, inbox.index.uidNext))
  }
  try note()
  for step in 0..<7 {
    switch step {
    case 0, 4: try inbox.add("x", [.seen, Flag("k\(step)")])
    case 1: _ = try inbox.append([inbox.pending("2"), inbox.pending("3")])
    case 2: _ = try inbox.store(.add, FlagSet([.flagged]), of: inbox.index.uids)
    case 3: try inbox.expunge(uids(2))
    case 5: _ = try inbox.copy(uids(1), to: inbox)
    default: try inbox.expunge(uids(3, 5))
    }
    try note()
  }
  let log = try Files.content(of: path + "/postoffice-log")
  for length in 0...log.count {
    let copy = place.path + "/b"
    try copyMaildir(path, to: copy)
    try set(copy + "/postoffice-log", log.prefix(length))
    let state = try #require(states.last { $0.length <= length } ?? states.first)
    var file = IndexFile(path: copy)
    let isWhole = try file.load()?.portions == state.portions
    // What the log holds is there, and what comes now gets UIDs that nobody has heard of.
    var isRight = isWhole
    if length % 9 == 0 || states.contains(where: { $0.length == length }) {
      try set(copy + "/postoffice-log", log.prefix(length))
      let folder = try UserMailboxes.inTest(copy).open(.inbox)
      try folder.add("new")
      folder.index.forEach { message in
        let owner = state.owners[message.uid]
        isRight = isRight && (message.uid < state.uidNext ? owner == String(message.unique) : owner == nil)
      }
      isRight = try isRight && folder.index.count == Files.names(in: copy + "/cur").count
      let again = try UserMailboxes.inTest(copy).open(.inbox)
      isRight = isRight && again.index.portions == folder.index.portions
    }
    #expect(isRight, "cut to \(length) of \(log.count)")
    try Files.removeTree(copy)
  }
}

@Test func damageIsNoticed() throws {
  let place = try TemporaryFolder()
  let path = place.path
  let user = try UserMailboxes.inTest(path)
  do {
    let inbox = try user.open(.inbox)
    for number in 1...5 { try inbox.add("\(number)", [Flag("k")]) }
  }
  let (log, snapshot) = try (Files.content(of: path + "/postoffice-log"), Files.content(of: path + "/postoffice-index"))
  // Any octet of the log: the records before it stay.
  for index in stride(from: 0, to: log.count, by: 3) {
    var damaged = log
    damaged[index] ^= 0x55
    try set(path + "/postoffice-log", damaged)
    var file = IndexFile(path: path)
    let count = try #require(try file.load()).count
    #expect(count < 5 && Files.kind(of: path + "/postoffice-log") == .ordinary, "\(index)")
  }
  // Any octet of the snapshot: UIDs begin anew, and clients are told so.
  for index in stride(from: 0, to: snapshot.count, by: 11) {
    var damaged = snapshot
    damaged[index] ^= 0x55
    try set(path + "/postoffice-index", damaged)
    try set(path + "/postoffice-log", log)
    let old = try user.nextUIDValidity()
    let fresh = try UserMailboxes.inTest(path).open(.inbox)
    #expect(fresh.index.uidValidity > old && fresh.summary == "1 (k), 2 (k), 3 (k), 4 (k), 5 (k)", "\(index)")
  }
}

@Test func snapshotsAndLogsBelongTogether() throws {
  let place = try TemporaryFolder()
  let path = place.path
  var file = IndexFile(path: path)
  var index = FolderIndex()
  index.apply(.mailbox(uidValidity: 7, id: 9))
  try file.write(index)
  try file.append([.keyword(index: 0, name: "old")], isDurable: true)
  index.apply(.keyword(index: 0, name: "new"))
  let oldLog = try Files.content(of: path + "/postoffice-log")
  try file.write(index)
  // The process ended before the new log had its name, or its content; a temporary file was left.
  for log in [oldLog, [], nil] {
    try? Files.remove(path + "/postoffice-log")
    if let log { try set(path + "/postoffice-log", log) }
    try set(path + "/postoffice-index.tmp", [1, 2, 3])
    var again = IndexFile(path: path)
    #expect(try again.load()?.portions == index.portions)
    try again.append([.recent(from: 1)], isDurable: false)
    var third = IndexFile(path: path)
    #expect(try third.load()?.portions == index.portions)
  }
  // A log that grows is taken into a snapshot.
  let name = String(repeating: "n", count: 1000)
  for number in 0..<200 {
    if file.wantsSnapshot { try file.write(index) }
    let record = IndexRecord.keyword(index: 0, name: "\(number)" + name)
    try file.append([record], isDurable: false)
    index.apply(record)
  }
  #expect(try Files.content(of: path + "/postoffice-log").count < 1 << 17)
  #expect(try Files.names(in: path).sorted() == ["postoffice-index", "postoffice-log"])
  // Somebody removes the log.
  var wishes = [file.wantsSnapshot]
  try Files.remove(path + "/postoffice-log")
  wishes.append(file.wantsSnapshot)
  try file.write(index)
  wishes.append(file.wantsSnapshot)
  #expect(wishes == [false, true, false])
  var last = IndexFile(path: path)
  #expect(try last.load()?.keywords == index.keywords)
}

@Test func arrivalsThatWereInterruptedArrive() throws {
  let place = try TemporaryFolder()
  let inbox = try UserMailboxes.inTest(place.path).open(.inbox)
  _ = try inbox.append([inbox.pending("1"), inbox.pending("2")])
  let second = try #require(inbox.index[2])
  // As if the process had ended between the record and the second file, and while a third message was written.
  try Files.move(inbox.path(of: second), to: "\(place.path)/tmp/\(second.unique)")
  try Files.write("half", to: place.path + "/tmp/9.M1P4194305Q1.h")
  let names = NameSource()
  let hub = MailboxHub(environment: MailboxEnvironment(nextName: { names.next() }))
  #expect(try hub.recover(Maildir(path: place.path)).map(\.path) == [place.path])
  let again = try hub.mailboxes(in: Maildir(path: place.path)).open(.inbox)
  #expect(try again.text(of: 2) == "2" && again.index.portions == inbox.index.portions)
  #expect(try Files.names(in: place.path + "/tmp") == ["9.M1P4194305Q1.h"])
}

@Test func expungedMessagesAreForgottenInTheEnd() throws {
  var index = FolderIndex()
  func message(_ uid: UInt32, _ modSequence: UInt64) -> IndexRecord {
    .added(
      StoredMessage(
        uid: uid, file: "\(uid)", isNew: false, flags: [], keywords: 0, modSequence: modSequence, internalDate: 0,
        saveDate: 0, size: nil, emailID: 1))
  }
  index.apply(.mailbox(uidValidity: 1, id: 1))
  let count = UInt32(2 * FolderIndex.rememberedExpunges + 10)
  for uid in 1...count { index.apply(message(uid, UInt64(2 * uid))) }
  for uid in 2...count { index.apply(.expunged(uids: [uid], modSequence: UInt64(2 * count + uid))) }
  // A UID that was given out, or that is the last possible one, is not taken again.
  index.apply(message(5, 3))
  index.apply(message(.max, 3))
  let complete = index
  index.forgetOldExpunges()
  var stored = FolderIndex()
  for record in index.portions.joined() { stored.apply(record) }
  #expect(stored.count == 1 && stored.uidNext == count + 1 && stored.highestModSequence == index.highestModSequence)
  #expect(stored.expunged.count == FolderIndex.rememberedExpunges && complete.expunged.count == count - 1)
  let all = NumberRanges(ascending: Array(2...count))
  #expect(stored.expunged(since: 0) == all && complete.expunged(since: 0) == all)
  let late = NumberRanges(ascending: [count - 1, count])
  #expect(
    stored.expunged(since: UInt64(3 * count - 2)) == late && complete.expunged(since: UInt64(3 * count - 2)) == late)
}
