import IMAPCodec
import Testing

@testable import PostOffice

@Test func sessionsHearOfDeliveriesAndOfPOP3() throws {
  let host = try Host()
  let maildir = host.store.maildir(of: host.store.accounts.all[1])
  let user = try host.store.hub.mailboxes(in: maildir)
  let inbox = try user.open(.inbox)
  let mirror = FolderMirror(inbox)
  #expect(!user.opened.isEmpty && host.store.hub.isWatched)
  #expect(try host.submit(to: ["robert@domain.test"]).hasPrefix("250 "))
  #expect(mirror.takeEvents() == ["appeared 1"])
  #expect(try inbox.text(of: 1).hasSuffix("\r\nSubject: x\r\n\r\n.\r\n"))
  #expect(inbox.recent == uids(1))
  #expect(try inbox.takeRecent() == uids(1))
  #expect(inbox.recent.isEmpty)

  let talker = try Talker(to: host.server.pop3, loop: host.loop)
  _ = try talker.hear(until: "+OK ")
  _ = try talker.say("USER robert@domain.test\r\n", until: "+OK")
  #expect(try talker.say("PASS secret\r\n", until: "+OK").contains("1 message"))
  _ = try talker.say("DELE 1\r\n", until: "+OK")
  _ = try talker.say("QUIT\r\n", until: "+OK Goodbye")
  #expect(mirror.takeEvents() == ["expunged 1"] && inbox.index.count == 0)

  // Another program delivers: the watch finds out.
  let watch = MailboxWatch(hub: host.store.hub, loop: host.loop)
  watch.begin()
  try Files.write("x", to: maildir.path + "/new/1.a.h")
  try host.wait { !mirror.flags.isEmpty }
  #expect(mirror.takeEvents() == ["appeared 2"])
  host.loop.forget(watch)
}

@Test func aServerThatStartsTakesInWhatTheLastOneHadLogged() throws {
  let host = try Host()
  let maildir = host.store.maildir(of: host.store.accounts.all[1])
  let inbox = try host.store.hub.mailboxes(in: maildir).open(.inbox)
  let uid = try inbox.add("text")
  let message = try #require(inbox.index[uid])
  // The store of a new process finds the file in `tmp` and the message in the log.
  let copy = host.folder + "-copy"
  defer { try? Files.removeTree(copy) }
  let target = Maildir(path: copy + "/robert@domain.test")
  try target.create()
  try Files.duplicate(inbox.path(of: message), as: target.path + "/tmp/" + message.unique)
  for file in ["postoffice-index", "postoffice-log"] {
    try Files.duplicate(maildir.path + "/" + file, as: target.path + "/" + file)
  }
  let leftover = NameSource().next()
  try Files.write("half", to: target.path + "/tmp/" + leftover)
  let store = try MailStore(directory: copy, accounts: host.store.accounts)
  #expect(try Files.names(in: target.path + "/tmp") == [])
  #expect(try store.hub.mailboxes(in: target).open(.inbox).text(of: uid) == "text")
}
