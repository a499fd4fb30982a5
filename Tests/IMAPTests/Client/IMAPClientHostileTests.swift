import IMAP
import IMAPCodec
import MailTestKit
import MailWire
import Testing

/// Whatever a server says: no trap, rest behind each input, one end, and bounded memory.
@Suite struct IMAPClientHostileTests {
  private static let responses = [
    "* OK x\r\n", "* OK [CAPABILITY IMAP4rev1 IDLE MOVE LITERAL+ AUTH=PLAIN SASL-IR]\r\n", "* BYE\r\n", "+ \r\n",
    "+\r\n",
    "+ YWJj\r\n", "* 3 EXISTS\r\n", "* 4294967295 EXISTS\r\n", "* 0 EXISTS\r\n", "* 1 EXPUNGE\r\n", "* 0 EXPUNGE\r\n",
    "* VANISHED 1:4294967295\r\n", "* VANISHED 3,5\r\n", "* VANISHED (EARLIER) 1:9\r\n",
    "* 2 FETCH (UID 9 FLAGS (x))\r\n",
    "* 1 FETCH (BODY[] {4}\r\nabcd)\r\n", "* 1 FETCH (UID 9 BODY[] {20}\r\n", "* 4000000000 FETCH (UID 4294967295)\r\n",
    "* SEARCH 1 2\r\n", "* ESEARCH (TAG \"A3\") ALL 1\r\n", "* LIST () \"/\" a\r\n", "* STATUS a (MESSAGES 1)\r\n",
    "* OK [CLOSED]\r\n", "* OK [UIDNEXT 4294967295]\r\n", "* ENABLED X\r\n", "* CAPABILITY X\r\n", "\r\n", "\n",
    "421 x\r\n",
    "* OK [READ-ONLY]\r\n", "* X\r\n", "* 1 FETCH (\r\n"
  ]
  private static let commands = [
    "NOOP", "SELECT a", "SELECT \"\u{E9}\"", "UID FETCH 9 (BODY.PEEK[])", "FETCH 1:* FLAGS", "STORE 1 FLAGS (x)",
    "IDLE",
    "LIST \"\" *", "STATUS a (MESSAGES)", "APPEND a {5}", "CLOSE", "SEARCH RETURN (SAVE) SEEN", "UID SEARCH UID $",
    "LOGIN a b", "AUTHENTICATE X", "CAPABILITY", "LOGOUT", "EXPUNGE", "ENABLE X"
  ]

  private static func input(_ generator: inout SplitMix64, _ tags: Int) -> [UInt8] {
    if generator.below(40) == 0 { return generator.hostileBytes(below: 30) }
    if tags > 0, generator.below(3) == 0 {
      let condition = ["OK", "OK", "OK", "NO", "NO", "BAD", "BAD", "BYE"][generator.below(8)]
      let tag = generator.below(50) == 0 ? tags + 1 : max(1, tags)
      return [UInt8]("A\(tag) \(condition) done\r\n".utf8)
    }
    return [UInt8](responses[generator.below(responses.count)].utf8)
  }

  @Test func client() throws {
    var generator = SplitMix64(seed: 9051)
    var completed = 0
    for round in 0..<1_500 {
      var configuration = IMAPClientConfiguration()
      configuration.security = .none
      configuration.allowsPlaintextAuthentication = true
      configuration.tracing = round % 4 == 0
      configuration.limits.inlineContent = round % 8
      var client = IMAPClient(configuration: configuration)
      var ends = 0
      var tags = 0
      var now = Instant.zero
      let opening = feed(&client, "* \(round % 2 == 0 ? "PREAUTH" : "OK") [CAPABILITY IMAP4rev1 LITERAL+ IDLE] x\r\n")
      check(opening.bytes.isEmpty)
      for _ in 0..<60 {
        if generator.below(2) == 0, let command = try? command(Self.commands[generator.below(Self.commands.count)]) {
          _ = try? client.send(command, order: generator.below(4) == 0 ? .immediate : .unambiguous)
        }
        switch generator.below(30) {
        case 0: try? client.finishIdle()
        case 1: try? client.respond(Secret("x"))
        case 2: try? client.cancelAuthentication()
        case 3:
          let part = [UInt8]("abcde".utf8)
          try? client.sendContent(part.span.extracting(first: 1 + generator.below(5)))
        case 4: try? client.finishContent()
        case 5:
          now = now.advanced(by: .seconds(generator.below(2_000)))
          client.advance(to: now)
        default: break
        }
        var drained = drain(&client) { _, _ in }
        for line in drained.text.split(separator: "\\n") where line.hasPrefix("A") { tags += 1 }
        let bytes = Self.input(&generator, tags)
        client.receive(bytes.span, at: now)
        let answer = drain(&client) { _, _ in }
        drained.events += answer.events
        drained.wait = answer.wait
        drained.bytes = answer.bytes
        check(drained.wait != nil, "round \(round) does not come to rest")
        for line in drained.text.split(separator: "\\n") where line.hasPrefix("A") { tags += 1 }
        for event in drained.events {
          check(ends == 0, "round \(round): an event behind the end")
          if case .closed = event { ends += 1 }
          if case .completed = event { completed += 1 }
        }
        check(client.retainedBytes < 100_000, "round \(round) retains \(client.retainedBytes)")
        if ends > 0 { break }
      }
    }
    check(completed > 1_000, "\(completed)")
  }

  @Test func reader() throws {
    var generator = SplitMix64(seed: 3501)
    for round in 0..<600 {
      var configuration = IMAPClientConfiguration()
      configuration.security = .none
      configuration.allowsPlaintextAuthentication = true
      var reader = MailReader(configuration: configuration, credentials: Credentials(user: "a", password: "b"))
      try reader.open(.inbox)
      try reader.watch()
      try reader.listFolders()
      try reader.listMessages(count: 3)
      try reader.fetch(9, .message)
      try reader.move(UIDSet(9), to: .inbox)
      try reader.append(3, to: .inbox)
      let greeting = [UInt8]("* OK [CAPABILITY IMAP4rev1 IDLE LITERAL+] x\r\n".utf8)
      reader.receive(greeting.span, at: .zero)
      var tag = 1
      for _ in 0..<40 {
        var bytes = Self.input(&generator, 1)
        if generator.below(2) == 0 {
          bytes = [UInt8]("A\(tag) OK done\r\n".utf8)
          tag += 1
        }
        var isOver = false
        let drained = try drain(&reader) { event, reader in
          if case .closed = event { isOver = true }
          guard case .contentWanted = event else { return }
          let part = [UInt8]("abc".utf8)
          if (try? reader.sendContent(part.span)) == nil { try reader.finishContent() }
        }
        check(drained.wait != nil, "round \(round) does not come to rest")
        if isOver { break }
        reader.receive(bytes.span, at: .zero)
      }
    }
  }

  /// The cost of a response does not depend on how many came before, or on how its octets were cut.
  @Test func linearity() throws {
    var configuration = IMAPClientConfiguration()
    configuration.security = .none
    var client = IMAPClient(configuration: configuration)
    feed(&client, "* PREAUTH [CAPABILITY IMAP4rev1] x\r\n")
    try client.send(command("SELECT a"))
    feed(&client, "")
    feed(&client, "* 4000000000 EXISTS\r\nA1 OK done\r\n")
    for uid in 1...10_000 { feed(&client, "* \(uid) FETCH (UID \(uid * 3))\r\n") }
    for _ in 1...5_000 { feed(&client, "* 2500 EXPUNGE\r\n") }
    feed(&client, "* VANISHED 3,6,7497,29999\r\n")
    check(client.mailbox?.messages.uid(at: 2_496) == 7_494 && client.mailbox?.messages.uid(at: 2_497) == 22_500)
    feed(&client, "* VANISHED 1:15000,100000:4000000000\r\n")
    check(client.mailbox?.count == 79_996, "\(client.mailbox?.count ?? 0)")
    for _ in 0..<3_000 { try client.send(.noop) }
    feed(&client, "")
    for number in 2...3_001 { feed(&client, "A\(number) OK done\r\n") }
    check(client.isReusable && client.retainedBytes < 10_000)
  }
}
