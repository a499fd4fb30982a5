import IMAPCodec
import MailWire
import Testing

@testable import PostOffice

private func name(_ text: String) throws -> FolderName { try #require(FolderName(text: text)) }

/// The case of an error.
private func problem<Result>(_ body: () throws -> Result) -> String {
  do { _ = try body() } catch { return "\(error)" }
  return "none"
}

@Test func mailboxesAreMadeRenamedAndDeleted() throws {
  let place = try TemporaryFolder()
  let user = try UserMailboxes.inTest(place.path)
  var news: [MailboxListNews] = []
  let subscription = user.subscribe { news.append($0) }
  func list() throws -> String { try user.names().map(\.wire).joined(separator: " ") }
  try user.create(name("a/b/c"))
  try user.create(name("Sent"), specialUse: [Flag("\\Sent")])
  #expect(try list() == "INBOX Sent a a/b a/b/c")
  #expect(try user.list()[1] == UserMailboxes.Entry(name: name("Sent"), specialUse: [Flag("\\Sent")]))
  let errors: [(String, () throws -> Void)] = [
    ("the mailbox exists", { try user.create(name("a/b")) }), ("the mailbox exists", { try user.create(.inbox) }),
    ("another mailbox has this use", { try user.create(name("x"), specialUse: [Flag("\\sent")]) }),
    ("not with INBOX", { try user.delete(.inbox) }), ("no such mailbox", { try user.delete(name("x")) }),
    ("no such mailbox", { _ = try user.open(name("x")) }),
    ("no such mailbox", { try user.rename(name("x"), to: name("y")) }),
    ("the mailbox exists", { try user.rename(name("a"), to: name("Sent")) }),
    ("the mailbox exists", { try user.rename(name("a"), to: .inbox) }),
    ("not a name for a mailbox", { try user.rename(name("a"), to: name("a/x")) }),
    ("not a name for a mailbox", { try user.rename(name("a"), to: name(String(repeating: "l", count: 238))) })
  ]
  for (error, body) in errors { #expect(problem(body) == error) }
  let folder = try user.open(name("a/b"))
  let mirror = FolderMirror(folder)
  try folder.add("x")
  let validity = folder.index.uidValidity
  news = []
  try user.rename(name("a"), to: name("z/w"))
  #expect(try list() == "INBOX Sent z z/w z/w/b z/w/b/c" && folder.name.wire == "z/w/b")
  #expect(news == [.created(try name("z")), .renamed(try name("a"), to: try name("z/w"))])
  // Whoever has it selected goes on.
  try folder.add("y")
  #expect(try user.open(name("z/w/b")) === folder)
  try user.delete(name("z/w"))
  try user.delete(name("z/w/b"))
  #expect(mirror.takeEvents() == ["appeared 1", "renamed z/w/b", "appeared 2", "deleted"])
  for body: () throws -> Void in [
    { try folder.add("z") }, { try folder.refresh() }, { try folder.expunge(folder.index.uids) }
  ] {
    #expect(problem(body) == "no such mailbox")
  }
  #expect(try list() == "INBOX Sent z z/w/b/c")
  try user.create(name("z/w/b"))
  #expect(try user.open(name("z/w/b")).index.uidValidity > validity && user.open(name("z/w/b")).index.count == 0)
  #expect(try Files.names(in: place.path, includingHidden: true).filter { $0.hasPrefix("..") } == [])
  _ = subscription
}

@Test func inboxIsRenamedByMovingItsMessages() throws {
  let place = try TemporaryFolder()
  let user = try UserMailboxes.inTest(place.path)
  let inbox = try user.open(.inbox)
  for text in ["1", "2"] { try inbox.add(text, [.seen]) }
  try user.create(name("INBOX/sub"))
  try user.rename(.inbox, to: name("old"))
  #expect(inbox.index.count == 0 && inbox.index.uidNext == 3)
  #expect(try user.open(name("old")).summary == "1 (\\Seen), 2 (\\Seen)" && user.exists(name("INBOX/sub")))
}

@Test func whatIsKeptBesideMailboxesOutlivesTheProcess() throws {
  let place = try TemporaryFolder()
  var user = try UserMailboxes.inTest(place.path)
  try user.create(name("a"))
  try user.create(name("b"))
  for text in ["a", "b", "not there"] { try user.subscribe(to: name(text)) }
  try user.unsubscribe(from: name("b"))
  try user.annotate(name("a"), [("/Private/Comment", Array("mine".utf8)), ("/shared/x", [0, 255])])
  try user.annotate(name("a"), [("/shared/x", nil)])
  try user.annotate(nil, [("/shared/admin", Array("root".utf8))])
  try user.annotate(.inbox, [("/shared/comment", [])])
  try user.setSpecialUse([Flag("\\Drafts")], of: name("a"))
  #expect(problem { try user.setSpecialUse([Flag("\\Drafts")], of: name("b")) } == "another mailbox has this use")
  let large = [UInt8](repeating: 1, count: MailboxAnnotations.maximumSize + 1)
  #expect(
    problem { try user.annotate(nil, [("/shared/ok", [1]), ("/shared/y", large)]) } == "the annotation is too large")
  let many = (0...MailboxAnnotations.maximumCount).map { ("/shared/\($0)", [UInt8(1)] as [UInt8]?) }
  #expect(problem { try user.annotate(nil, many) } == "too many annotations")
  #expect(problem { try user.annotate(name("x"), []) } == "no such mailbox")
  try user.rename(name("a"), to: name("c"))
  user = try UserMailboxes.inTest(place.path)
  #expect(user.subscriptions.map(\.wire) == ["a", "not there"])
  #expect(try user.annotations(of: name("c")).values == ["/private/comment": Array("mine".utf8)])
  #expect(try user.annotations(of: nil).values == ["/shared/admin": Array("root".utf8)])
  #expect(try user.annotations(of: .inbox).values == ["/shared/comment": []])
  #expect(try user.list().map { $0.specialUse.map(\.description) } == [[], [], ["\\Drafts"]])
}

@Test func mailboxesThatNobodyNeedsAreClosed() throws {
  let place = try TemporaryFolder()
  let user = try UserMailboxes.inTest(place.path)
  let inbox = try user.open(.inbox)
  for number in 1...12 {
    try user.create(name("\(number)"))
    _ = try user.open(name("\(number)"))
  }
  #expect(user.opened.count == 9 && user.opened(.inbox) === inbox)
  for number in 1...3 { try user.open(name("\(number)")).add("text\(number)") }
  #expect(try user.usage() == MailUsage(messages: 3, octets: 15))
  user.closeIdle(at: Clock.now)
  #expect(user.opened.count == 9)
  user.closeIdle(at: Clock.now + .seconds(301))
  #expect(user.opened.count == 1)
  // What is closed is counted once more only when its folders change.
  #expect(try user.usage() == MailUsage(messages: 3, octets: 15))
  #expect(user.opened.count == 1)
  try Files.write("x", to: place.path + "/.2/new/1.a.h,S=1,W=1")
  #expect(try user.usage() == MailUsage(messages: 4, octets: 16))
  #expect(user.opened.count == 2)
  #expect(try user.open(.inbox) === inbox)
}

@Test func anInterruptedRenamingIsFinished() throws {
  let place = try TemporaryFolder()
  var user = try UserMailboxes.inTest(place.path)
  for text in ["a", "a/b", "a/b/c", "ab"] { try user.create(name(text)) }
  try user.open(name("a/b")).add("x")
  var record = user.record
  record.renaming = UserRecord.Renaming(old: try name("a"), new: try name("z"))
  try user.save(record)
  try Files.move(place.path + "/.a", to: place.path + "/.z")
  // A folder that was being made, and one that was being deleted.
  try Maildir(path: place.path + "/..postoffice-1").create()
  user = try UserMailboxes.inTest(place.path)
  #expect(
    try user.names().map(\.wire) == ["INBOX", "ab", "z", "z/b", "z/b/c"] && user.open(name("z/b")).index.count == 1)
  #expect(Files.kind(of: place.path + "/..postoffice-1") == .other)
  #expect(try UserRecord(in: place.path) == user.record && user.record.renaming == nil)
}

@Test func foldersOfOtherProgramsAreMailboxes() throws {
  let place = try TemporaryFolder()
  let user = try UserMailboxes.inTest(place.path)
  for folder in [".Old.Mail/cur", ".Old.Mail/new", ".bad\u{FC}/cur", ".empty", "..x/cur", ".Inbox/cur", "plain/cur"] {
    try Files.makeFolder(place.path + "/" + folder)
  }
  try Files.write("hello\n", to: place.path + "/.Old.Mail/cur/5.a.h:2,S")
  #expect(try user.names().map(\.wire) == ["INBOX", "Old/Mail"])
  let folder = try user.open(name("Old/Mail"))
  let mirror = FolderMirror(folder)
  #expect(folder.summary == "1 (\\Seen)")
  // Another program gives it another name: it is another mailbox with the same messages.
  try Files.move(folder.path, to: place.path + "/.New")
  #expect(problem { try folder.refresh() } == "no such mailbox")
  #expect(problem { try user.open(name("Old/Mail")) } == "no such mailbox")
  #expect(mirror.takeEvents() == ["deleted"])
  #expect(try user.open(name("New")).index.portions == folder.index.portions)
}
