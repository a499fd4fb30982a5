import MailWire
import SMTPCodec
import Testing

@testable import PostOffice

/// A client that says what a test says.
final class Talker: EventSource {
  private let loop: EventLoop
  private(set) var heard = ""
  private(set) var isClosed = false

  init(to endpoint: Endpoint, loop: EventLoop) throws(SystemError) {
    self.loop = loop
    super.init(descriptor: try Socket.makeConnection(to: endpoint))
    loop.watch(self, reading: true)
  }

  override func ready(reading: Bool, writing: Bool) {
    switch descriptor.receive(into: &loop.readBuffer) {
    case .bytes(let count): heard += String(decoding: loop.readBuffer[..<count], as: UTF8.self)
    case .notNow: break
    case .end, .failed:
      isClosed = true
      loop.forget(self)
    }
  }

  /// Sends text and returns what the server says up to a line that begins with `start`.
  func say(_ text: String, until start: String) throws(SystemError) -> String {
    heard = ""
    try descriptor.sendAll([UInt8](text.utf8).span)
    try loop.run { isClosed || heard.hasSuffix("\r\n") && ("\r\n" + heard).contains("\r\n" + start) }
    return heard
  }

  func hear(until start: String) throws(SystemError) -> String {
    try loop.run { isClosed || ("\r\n" + heard).contains("\r\n" + start) }
    return heard
  }
}

/// A host in a folder of its own, with the accounts susan@website.test and robert@domain.test.
final class Host {
  let folder: String
  private let isOwner: Bool
  let loop: EventLoop
  let store: MailStore
  let server: Server

  init(
    maximumSize: UInt64 = 100_000, relay: RelayOptions = RelayOptions(), folder old: String? = nil,
    loop: EventLoop = EventLoop()
  ) throws {
    self.loop = loop
    isOwner = old == nil
    folder = try old ?? Files.makeTemporaryFolder()
    var options = ServeOptions()
    options.relay = relay
    options.directory = folder
    options.maximumSize = maximumSize
    for endpoint in [\ServeOptions.smtp, \.submission, \.pop3] { options[keyPath: endpoint].port = 0 }
    options.domains = [try Domain("website.test"), try Domain("domain.test")]
    options.accounts = try ["susan@website.test", "robert@domain.test"].map {
      try #require(Account(mailbox: try Mailbox($0), password: Secret("secret")))
    }
    Socket.ignoreBrokenPipes()
    store = try MailStore(
      directory: options.directory, accounts: Accounts(domains: options.domains, accounts: options.accounts))
    server = try Server(options: options, store: store, loop: loop)
  }

  deinit { if isOwner { try? Files.removeTree(folder) } }

  /// Ends as after SIGTERM.
  func stop() throws {
    loop.shutDown()
    try loop.run { loop.count == 0 }
  }

  /// Turns the loop until something has happened, or ten seconds have passed.
  func wait(until isDone: () -> Bool) throws {
    let limit = Clock.now + .seconds(10)
    try loop.run { isDone() || Clock.now > limit }
    #expect(isDone())
  }

  /// Sends a message from susan, who logs in, and returns the last reply.
  func submit(to recipients: [String]) throws -> String {
    let talker = try Talker(to: server.submission, loop: loop)
    _ = try talker.hear(until: "220 ")
    _ = try talker.say("EHLO client.test\r\n", until: "250 ")
    // NUL susan@website.test NUL secret
    _ = try talker.say("AUTH PLAIN AHN1c2FuQHdlYnNpdGUudGVzdABzZWNyZXQ=\r\n", until: "235 ")
    _ = try talker.say("MAIL FROM:<susan@website.test>\r\n", until: "250 ")
    for recipient in recipients { _ = try talker.say("RCPT TO:<\(recipient)>\r\n", until: "250 ") }
    _ = try talker.say("DATA\r\n", until: "354 ")
    let reply = try talker.say("Subject: x\r\n\r\n..\r\n.\r\n", until: "")
    _ = try talker.say("QUIT\r\n", until: "221 ")
    return reply
  }

  /// The texts of an account's messages.
  func texts(of index: Int) throws -> [String] {
    let path = store.maildir(of: store.accounts.all[index]).path + "/new/"
    return try messages(of: index).map { String(decoding: try Files.content(of: path + $0.name.file), as: UTF8.self) }
  }

  func messages(of index: Int) throws -> [Maildir.Message] {
    try store.maildir(of: store.accounts.all[index]).messages()
  }

  func temporaryFiles() throws -> [String] {
    try store.accounts.all.flatMap { try Files.names(in: store.maildir(of: $0).path + "/tmp") }
  }
}
