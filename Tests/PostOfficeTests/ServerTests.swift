import Testing

@testable import PostOffice

@Test func aMessageReachesEachRecipientOnce() throws {
  let host = try Host()
  let talker = try Talker(to: host.server.smtp, loop: host.loop)
  _ = try talker.hear(until: "220 ")
  let envelope = ["susan@website.test", "ROBERT@domain.test", "nobody@domain.test", "robert@domain.test", "x@y.test"]
  let commands = "HELO client.test\r\nMAIL FROM:<>\r\n" + envelope.map { "RCPT TO:<\($0)>\r\n" }.joined() + "DATA\r\n"
  let replies = try talker.say(commands, until: "354 ").split(separator: "\r\n").map { $0.prefix(3) }
  #expect(replies == ["250", "250", "250", "250", "550", "250", "550", "354"])
  #expect(try host.temporaryFiles().count == 1)
  #expect(try talker.say("Subject: x\r\n\r\n..\r\n.\r\n", until: "250 ").hasPrefix("250 2.0.0 Stored as "))
  for index in 0...1 {
    let message = try #require(try host.messages(of: index).first)
    #expect(try host.messages(of: index).count == 1)
    let path = host.store.maildir(of: host.store.accounts.all[index]).path + "/new/" + message.name.file
    let content = try Files.content(of: path)
    #expect(String(decoding: content, as: UTF8.self).hasSuffix("\r\nSubject: x\r\n\r\n.\r\n"))
    #expect(message.octets == UInt64(content.count))
  }
  #expect(try host.temporaryFiles().isEmpty)
}

@Test func whatIsTooLargeOrAbandonedIsForgotten() throws {
  let host = try Host(maximumSize: 50_000)
  let start = "HELO x.test\r\nMAIL FROM:<>\r\nRCPT TO:<postmaster>\r\nDATA\r\n"
  let talker = try Talker(to: host.server.smtp, loop: host.loop)
  _ = try talker.say(start, until: "354 ")
  let line = String(repeating: "x", count: 998) + "\r\n"
  #expect(try talker.say(String(repeating: line, count: 60) + ".\r\n", until: "552 ").hasPrefix("552 5.3.4 "))
  #expect(try talker.say("EHLO x.test\r\nMAIL FROM:<> SIZE=50001\r\n", until: "552 ").contains("\r\n552 5.3.4 "))

  let other = try Talker(to: host.server.smtp, loop: host.loop)
  _ = try other.say(start, until: "354 ")
  try other.descriptor.sendAll([UInt8]("half a message".utf8).span)
  Socket.endWriting(other.descriptor)
  try host.loop.run { other.isClosed }
  #expect(try host.messages(of: 0).isEmpty && host.temporaryFiles().isEmpty)
}

@Test func aMaildropIsLockedAndEmptied() throws {
  let host = try Host()
  let maildir = host.store.maildir(of: host.store.accounts.all[1])
  for (number, text) in [(1, "a\n.b\n"), (2, "c"), (3, "")] {
    try Files.write(text, to: "\(maildir.path)/new/100\(number).x.host")
  }
  let talker = try Talker(to: host.server.pop3, loop: host.loop)
  _ = try talker.hear(until: "+OK ")
  _ = try talker.say("USER Robert@domain.test\r\n", until: "+OK")
  #expect(try talker.say("PASS secret\r\n", until: "+OK") == "+OK Maildrop locked, 3 messages (10 octets)\r\n")
  #expect(try talker.say("UIDL\r\n", until: ".").contains("\r\n2 1002.x.host\r\n"))
  #expect(try talker.say("RETR 1\r\n", until: ".\r\n") == "+OK 7 octets\r\na\r\n..b\r\n.\r\n")

  let second = try Talker(to: host.server.pop3, loop: host.loop)
  _ = try second.hear(until: "+OK ")
  #expect(
    try second.say("USER robert@domain.test\r\nPASS secret\r\n", until: "-ERR").contains("\r\n-ERR [IN-USE] "))

  // Somebody else took the second message meanwhile: that is no failure.
  try Files.remove(maildir.path + "/new/1002.x.host")
  #expect(try talker.say("RETR 2\r\n", until: "-ERR").hasPrefix("-ERR [SYS/TEMP] "))
  _ = try talker.say("DELE 1\r\nDELE 2\r\n", until: "+OK")
  #expect(try talker.say("QUIT\r\n", until: "+OK Goodbye").hasSuffix("+OK Goodbye\r\n"))
  #expect(try host.messages(of: 1).map(\.name.unique) == ["1003.x.host"])
  let login = "USER robert@domain.test\r\nPASS secret\r\n"
  #expect(try second.say(login, until: "+OK Maildrop").hasSuffix("locked, 1 message (0 octets)\r\n"))
  try Files.removeTree(maildir.path + "/new")
  try Files.removeTree(maildir.path + "/cur")
  _ = try second.say("DELE 1\r\n", until: "+OK")
  #expect(try second.say("QUIT\r\n", until: "-ERR") == "-ERR [SYS/TEMP] Some deleted messages not removed\r\n")
}

@Test func aShutdownWaitsForTheTransaction() throws {
  let host = try Host()
  let idle = try Talker(to: host.server.smtp, loop: host.loop)
  let busy = try Talker(to: host.server.smtp, loop: host.loop)
  _ = try idle.hear(until: "220 ")
  _ = try busy.say("HELO x.test\r\nMAIL FROM:<>\r\nRCPT TO:<postmaster>\r\nDATA\r\n", until: "354 ")
  host.loop.shutDown()
  try host.loop.run { idle.isClosed }
  #expect(idle.heard.hasSuffix("421 4.3.2 Service is shutting down\r\n") && !busy.isClosed)
  #expect(throws: SystemError.self) { _ = try Socket.makeConnection(to: host.server.smtp) }
  #expect(try busy.say("x\r\n.\r\n", until: "421 ").hasPrefix("250 2.0.0 Stored as "))
  try host.loop.run { busy.isClosed && host.loop.count == 0 }
  #expect(try host.messages(of: 0).count == 1)
}

/// Hundreds of silent connections, so that the loop asks the lively ones by themselves.
@Test func silentConnectionsAreServedBesideBusyOnes() throws {
  let host = try Host()
  let crowd = try (0..<100).map { _ in try Talker(to: host.server.smtp, loop: host.loop) }
  for talker in crowd { _ = try talker.hear(until: "220 ") }
  for (index, talker) in crowd.enumerated().reversed() where index % 7 == 0 {
    for _ in 0..<20 { _ = try crowd[1].say("NOOP\r\n", until: "250 ") }
    #expect(try talker.say("HELO x.test\r\n", until: "250 ") == "250 website.test\r\n")
  }
  for talker in crowd { _ = try talker.say("QUIT\r\n", until: "221 ") }
}
