import MailWire
import SMTP
import SMTPCodec

/// Susan writes to Robert, and to people elsewhere; strangers and mistakes are turned away.
struct DemoStory {
  var report = DemoReport()
  private let folder: String
  let loop = EventLoop()
  let server: Server
  /// The backup server of partner.test.
  let backup: DemoBackup
  /// The primary server of partner.test and the only one of away.test.
  let absent: [Endpoint]
  private let store: MailStore

  static let susan = Credentials(user: "susan@website.test", password: "correct horse")
  private static let robert = Credentials(user: "robert@domain.test", password: "battery staple")
  static let message = """
    From: Susan <susan@website.test>
    To: Robert <robert@domain.test>
    Subject: Lunch on Thursday?
    Date: Thu, 01 Oct 2026 09:30:00 +0000
    Message-ID: <lunch.1@website.test>

    Robert, are you free on Thursday?
    .This line begins with a dot, and the next one is nothing but a dot:
    .
    Susan

    """

  /// Starts the host on free ports of this machine.
  init(folder: String) throws(SystemError) {
    self.folder = folder
    var options = ServeOptions()
    options.directory = folder + "/mail"
    for endpoint in [\ServeOptions.smtp, \.submission, \.pop3] { options[keyPath: endpoint].port = 0 }
    for (user, domain) in [(Self.susan, "website.test"), (Self.robert, "domain.test")] {
      guard
        let domain = try? Domain(domain), let mailbox = try? Mailbox(user.user.span),
        let account = Account(mailbox: mailbox, password: user.password)
      else { continue }
      options.domains.append(domain)
      options.accounts.append(account)
    }
    let accounts = Accounts(domains: options.domains, accounts: options.accounts)
    store = try MailStore(directory: options.directory, accounts: accounts)
    absent = [try Self.makeAbsentHost(), try Self.makeAbsentHost()]
    guard let name = try? Domain("backup.partner.test") else { throw SystemError("domain", code: 0) }
    backup = try DemoBackup(name: name, loop: loop)
    options.relay = Self.relayOptions(backup: backup.endpoint, absent: absent)
    server = try Server(
      options: options, store: store, loop: loop, outgoing: WireLog(isOn: true, indentation: "   "))
    let file = try Files.create(folder + "/message")
    try file.sendAll([UInt8](Self.message.utf8).span)
  }

  mutating func tell() throws(SystemError) {
    Console.line("A mail host for website.test and domain.test: \(server.readyLine)")
    try refuseRelaying()
    try refuseUnknownUser()
    try refuseWithoutLogin()
    try refuseWrongPassword()
    try refuseForeignSender()
    try submit()
    try fetch()
    try lookAgain()
    try relay()
  }

  // MARK: The chapters

  private mutating func refuseRelaying() throws(SystemError) {
    report.section("A stranger wants the host to pass mail on (port smtp)")
    let client = try send(from: "stranger@elsewhere.test", to: ["victim@elsewhere.test"], at: server.smtp)
    check("a stranger cannot relay", client, refusedWith: "550 5.7.1")
  }

  private mutating func refuseUnknownUser() throws(SystemError) {
    report.section("A stranger writes to somebody who does not exist (port smtp)")
    let client = try send(from: "stranger@elsewhere.test", to: ["nobody@domain.test"], at: server.smtp)
    check("an unknown user is refused", client, refusedWith: "550 5.1.1")
  }

  private mutating func refuseWithoutLogin() throws(SystemError) {
    report.section("Susan forgets to log in (port submission)")
    let client = try send(from: "susan@website.test", to: ["robert@domain.test"], at: server.submission)
    check("submission needs a login", client, refusedWith: "530 5.7.0")
  }

  private mutating func refuseWrongPassword() throws(SystemError) {
    report.section("Somebody guesses Susan's password (port submission)")
    let guess = Credentials(user: "susan@website.test", password: "123456")
    let client = try send(from: "susan@website.test", to: ["robert@domain.test"], at: server.submission, as: guess)
    let reply = client.loginReply?.description ?? "no reply"
    report.check("a wrong password is refused", reply.hasPrefix("535 5.7.8"), reply)
  }

  private mutating func refuseForeignSender() throws(SystemError) {
    report.section("Susan pretends to be Robert (port submission)")
    let client = try send(from: "robert@domain.test", to: ["robert@domain.test"], at: server.submission, as: Self.susan)
    check("nobody sends in another's name", client, refusedWith: "550 5.7.1")
  }

  private mutating func submit() throws(SystemError) {
    report.section("Susan writes to Robert, to a typing error, and to a domain elsewhere (port submission)")
    let recipients = ["robert@domain.test", "robbert@domain.test", "friend@elsewhere.test"]
    let client = try send(from: "susan@website.test", to: recipients, at: server.submission, as: Self.susan)
    let results = client.outcome?.recipients.map(Self.describe) ?? []
    let login = client.loginReply?.description ?? "no reply"
    report.check("Susan logs in", login.hasPrefix("235"), login)
    for (index, start) in ["250 2.0.0", "550 5.1.1", "550 5.7.1"].enumerated() {
      let result = index < results.count ? results[index] : "no result"
      report.check(
        "\(start.hasPrefix("2") ? "accepts" : "refuses") \(recipients[index])", result.hasPrefix(start), result)
    }
    let delivered = (try? store.maildir(of: store.accounts.all[1]).messages().count) ?? 0
    report.check("the message lies in Robert's Maildir", delivered == 1, "\(delivered) in the folder")
  }

  private mutating func fetch() throws(SystemError) {
    report.section("Robert fetches his mail (port pop3)")
    let reader = try read()
    report.check(
      "Robert lists one message", reader.sizes.count == 1 && reader.uniqueIDs.count == 1, "\(reader.sizes) octets")
    let text = reader.texts.map { String(decoding: $0, as: UTF8.self) }.joined()
    report.section("What Robert got")
    for line in text.split(separator: "\r\n", omittingEmptySubsequences: false) { Console.line("   | \(line)") }
    let sent = Self.message.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    report.check("it is what Susan wrote, to the octet", text.hasSuffix("\r\n" + sent), "\(sent.utf8.count) octets")
    let hasTrace = text.hasPrefix("Return-Path: <susan@website.test>\r\nReceived: from susan.test ([127.0.0.1])")
    report.check("it tells who sent it and how", hasTrace, "Return-Path, Received")
    report.check(
      "its size was announced rightly", reader.sizes == [UInt64(text.utf8.count)], "\(text.utf8.count) octets")
    report.check("it is deleted", reader.deletedCount == 1 && reader.isUpdated, "+OK to QUIT")
  }

  private mutating func lookAgain() throws(SystemError) {
    report.section("Robert looks again (port pop3)")
    let reader = try read()
    report.check("the maildrop is empty", reader.count == 0, "\(reader.count ?? -1) messages")
    let left = (try? store.maildir(of: store.accounts.all[1]).messages().count) ?? -1
    report.check("and so is the folder", left == 0, "\(left) files")
  }

  // MARK: The means

  func send(
    from sender: String, to recipients: [String], at endpoint: Endpoint, as credentials: Credentials? = nil
  ) throws(SystemError) -> SubmissionClient {
    guard let name = try? HelloName(credentials == nil ? "stranger.test" : "susan.test"),
      let sender = try? Mailbox(sender)
    else { throw SystemError("address", code: 0) }
    let envelope = SMTPEnvelope(from: sender, to: recipients.compactMap { try? Mailbox($0) })
    let client = SubmissionClient(
      name: name, envelope: envelope, credentials: credentials, message: try Files.openToRead(folder + "/message"),
      descriptor: try Socket.makeConnection(to: endpoint), loop: loop, trace: report.trace)
    client.start()
    try loop.run { client.isOver }
    return client
  }

  func read(as credentials: Credentials = robert) throws(SystemError) -> DemoReader {
    let reader = DemoReader(
      credentials: credentials, descriptor: try Socket.makeConnection(to: server.pop3), loop: loop, trace: report.trace)
    reader.start()
    try loop.run { reader.isOver }
    return reader
  }

  private mutating func check(_ claim: String, _ client: SubmissionClient, refusedWith start: String) {
    let result = client.outcome?.recipients.first.map(Self.describe) ?? client.failure ?? "no result"
    report.check(claim, result.hasPrefix(start), result)
  }

  static func describe(_ result: SMTPOutcome.Recipient) -> String {
    switch result {
    case .accepted(let reply), .refused(let reply, _): reply.description
    case .ambiguous(let reason), .unsent(let reason): "the connection ended: \(reason)"
    }
  }
}
