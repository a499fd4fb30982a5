import MailWire
import POP3Codec
import Testing

@testable import PostOffice

private func deliver(_ text: String, to maildirs: [Maildir], _ names: inout UniqueNames) throws -> String {
  var delivery = try Delivery(in: maildirs[0], unique: names.next(at: Clock.microsecondsSince1970))
  let unique = delivery.unique
  // In two parts, as content comes.
  let bytes = [UInt8](text.utf8)
  try delivery.append(Array(bytes.prefix(bytes.count / 2)))
  try delivery.append(Array(bytes.dropFirst(bytes.count / 2)))
  try delivery.commit(to: maildirs)
  return unique
}

@Test func deliveryMovesAWholeMessageToNew() throws {
  let folder = try TemporaryFolder()
  let maildirs = ["a", "b", "c"].map { Maildir(path: folder.path + "/" + $0) }
  for maildir in maildirs { try maildir.create() }
  var names = UniqueNames()
  let text = "Subject: x\r\n\r\nhello\r\n"
  let unique = try deliver(text, to: maildirs, &names)
  for maildir in maildirs {
    #expect(try Files.names(in: maildir.path + "/tmp") == [])
    #expect(try Files.names(in: maildir.path + "/new") == ["\(unique),S=21,W=21"])
    let message = try #require(try maildir.messages().first)
    #expect(try Files.content(of: "\(maildir.path)/new/\(message.name.file)") == [UInt8](text.utf8))
    #expect(message.octets == 21 && message.uniqueID.description == unique)
  }
}

@Test func whatIsNotCommittedLeavesNothing() throws {
  let folder = try TemporaryFolder()
  let maildir = Maildir(path: folder.path)
  try maildir.create()
  do {
    var delivery = try Delivery(in: maildir, unique: "1.M1P1Q1.h")
    try delivery.append([UInt8](repeating: 65, count: 200_000))
    #expect(try Files.names(in: folder.path + "/tmp") == ["1.M1P1Q1.h"])
  }
  #expect(try Files.names(in: folder.path + "/tmp") == [])

  // One recipient's folder is gone: the message is in none of them.
  let broken = Maildir(path: folder.path + "/missing")
  var names = UniqueNames()
  for maildirs in [[maildir, broken], [maildir, broken, maildir]] {
    #expect(throws: SystemError.self) { try deliver("x\r\n", to: maildirs, &names) }
    #expect(try maildir.messages().isEmpty)
    #expect(try Files.names(in: folder.path + "/tmp") == [])
  }
}

@Test func leftoversOfDeadProcessesAreRemoved() throws {
  let folder = try TemporaryFolder()
  let maildir = Maildir(path: folder.path)
  try maildir.create()
  // Process 1 lives; 4194305 is beyond Linux's highest number; 77 is us in this test.
  let names = UniqueNames(process: 77, host: "here")
  let files = [
    "5.M000001P77Q1.here", "5.M000001P4194305Q1.here", "5.M000001P1Q1.here", "5.M1P77Q1.there", "5.R77.here", "x"
  ]
  for file in files { try Files.write("half", to: "\(folder.path)/tmp/\(file)") }
  let now = Clock.microsecondsSince1970 / 1_000_000
  try maildir.removeLeftovers(of: names, before: now)
  #expect(Set(try Files.names(in: folder.path + "/tmp")) == Set(files.dropFirst(2)))
  try maildir.removeLeftovers(of: names, before: now + 37 * 3600)
  #expect(try Files.names(in: folder.path + "/tmp") == [])
}

@Test func namesAreUniqueAndSortLikeTheirArrival() {
  var names = UniqueNames(process: 7, host: "a/b:c,d.example.test.and.some.more")
  // The clock stands still, goes back, and crosses a second.
  let times: [Int64] =
    [999_999, 999_999, 5, 1_000_000, 1_000_000, 20_000_000_000_000_000] + Array(repeating: 3, count: 500)
  let made = times.map { names.next(at: $0 + 1_790_000_000_000_000) }
  #expect(Set(made).count == made.count)
  #expect(Array(made.prefix(6)) == Array(made.prefix(6)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  for name in made {
    #expect(!name.contains { "/:,".contains($0) } && name.utf8.count <= 70)
    if name == made.last { #expect(MaildirName(file: name + ",S=1,W=1:2,S").uniqueID == name) }
  }
}

@Test func foreignFilesAreListedToo() throws {
  let folder = try TemporaryFolder()
  let maildir = Maildir(path: folder.path)
  try maildir.create()
  let long = String(repeating: "n", count: 90)
  let files: [(String, octets: UInt64)] = [
    ("cur/1000.a.host:2,S", 9), ("new/1001.b.host", 9), ("cur/1002.c.host,S=6:2,", 9), ("new/1003.d.host,S=6,W=99", 99),
    ("new/1004.\(long)", 9), ("cur/1005.with space", 9)
  ]
  for (file, _) in files { try Files.write("a\nb\r\nc", to: "\(folder.path)/\(file)") }
  try Files.write("hidden", to: folder.path + "/new/.hidden")
  // Left behind by a program that was killed between link and unlink.
  try Files.write("a\nb\r\nc", to: folder.path + "/new/1000.a.host")
  let messages = try maildir.messages()
  #expect(messages.map { $0.folder + "/" + $0.name.file } == files.map(\.0))
  #expect(messages.map(\.octets) == files.map(\.octets))
  #expect(Set(messages.map(\.uniqueID)).count == files.count)
  #expect(messages[0].uniqueID.description == "1000.a.host" && messages[4].uniqueID.bytes.count == 32)

  // Another program moves one on and sets a flag: it is still found, and its name stays.
  let moved = messages[1]
  try Files.move(folder.path + "/new/1001.b.host", to: folder.path + "/cur/1001.b.host:2,RS")
  #expect(try maildir.messages()[1].uniqueID == moved.uniqueID)
  _ = try maildir.open(moved)
  try maildir.remove(moved)
  try maildir.remove(moved)
  #expect(try maildir.messages().count == files.count - 1)
  #expect(throws: SystemError.self) { _ = try maildir.open(moved) }
}

@Test func onlyOneProcessMayHaveTheFolder() throws {
  let folder = try TemporaryFolder()
  let lock = try Files.lockFolder(folder.path)
  #expect(throws: SystemError.self) { _ = try Files.lockFolder(folder.path) }
  #expect(lock.number >= 0)
}
