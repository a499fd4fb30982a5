import MailTestKit
import MailWire
import POP3
import POP3Codec
import Testing

/// Client and server machine joined in memory, their octets cut at random.
@Suite struct POP3PairTests {
  @Test func randomSessions() throws {
    for seed in 0..<300 as Range<UInt64> {
      var session = try Session(seed: seed)
      try session.run()
      if let difference = session.difference { Issue.record("seed \(seed): \(difference)") }
    }
  }
}

private func take<Subject: ConnectionMachine & ~Copyable>(_ share: Int, from machine: inout Subject) -> [UInt8] {
  var taken: [UInt8] = []
  machine.withOutbound { bytes in
    let count = min(share, bytes.count)
    for index in 0..<count { taken.append(bytes[index]) }
    return count
  }
  return taken
}

/// One session: what the client is told is compared with a model of the maildrop.
private struct Session: ~Copyable {
  private var client: POP3Client
  private var server: POP3Server
  private var generator: SplitMix64
  private let host: Host
  private let texts: [[UInt8]]
  private let hasTLS: Bool
  private let pipelines: Bool
  private var toServer: [UInt8] = []
  private var toClient: [UInt8] = []
  private var wantsTLS = (client: false, server: false)
  private var now = Instant.zero
  private var expected: [String] = []
  private var actual: [String] = []
  private var content: [UInt8]?
  private var isClosed = false
  private var isServerClosed = false
  private var deleted: Set<Int> = []

  init(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let host = Host()
    for _ in 0..<generator.below(6) { host.messages.append(generator.hostileBytes(below: 120)) }
    host.chunk = 1 + generator.below(40)
    let hasTLS = generator.below(2) == 0
    let pipelines = generator.below(3) > 0
    var configuration = POP3ClientConfiguration()
    configuration.security = hasTLS ? .required : .none
    configuration.allowsPlaintextAuthentication = !hasTLS
    configuration.sendsInitialResponse = generator.below(2) == 0
    configuration.pipelines = pipelines
    configuration.tracing = seed % 4 == 0
    client = POP3Client(configuration: configuration)
    server = host.server {
      $0.offersStartTLS = hasTLS
      $0.allowsPlaintextAuthentication = !hasTLS
      $0.tracing = seed % 3 == 0
      $0.limits.connection.unwrittenBytes = 64
    }
    texts = host.messages.map(Self.canonical)
    self.generator = generator
    self.host = host
    self.hasTLS = hasTLS
    self.pipelines = pipelines
  }

  var difference: String? {
    for (expected, actual) in zip(expected + ["end"], actual + ["end"]) where expected != actual {
      return "expected \(expected), got \(actual)"
    }
    let wanted = deleted.sorted()
    if host.updated != wanted { return "updated \(host.updated ?? []), not \(wanted)" }
    return isClosed && isServerClosed ? nil : "not closed"
  }

  mutating func run() throws {
    for _ in 0..<200_000 {
      try pollClient()
      try pollServer()
      if wantsTLS.client, wantsTLS.server {
        wantsTLS = (false, false)
        client.transportDidChange(.tls(TLSDescription()), at: now)
        server.transportDidChange(.tls(TLSDescription()), at: now)
        continue
      }
      if isClosed, isServerClosed { return }
      now = now.advanced(by: .milliseconds(generator.below(50)))
      client.advance(to: now)
      server.advance(to: now)
      let toSend = min(toServer.count, generator.below(30))
      server.receive(Array(toServer.prefix(toSend)).span, at: now)
      toServer.removeFirst(toSend)
      let toHear = min(toClient.count, generator.below(60))
      client.receive(Array(toClient.prefix(toHear)).span, at: now)
      toClient.removeFirst(toHear)
    }
    Issue.record("the session does not end")
  }

  private mutating func pollClient() throws {
    while true {
      switch client.poll() {
      case .write:
        let share = generator.below(40)
        toServer += take(share, from: &client)
      case .event(let event): try handle(event)
      case .transport(.startTLS): wantsTLS.client = true
      case .transport(.close): isClosed = true
      case .transport: break
      case .trace(let record):
        if record.description.contains("secret") || record.description.contains("c2Vj") { Issue.record("\(record)") }
      case .wait(let wait):
        if wait.writing {
          toServer += take(1, from: &client)
          continue
        }
        return
      }
    }
  }

  private mutating func pollServer() throws {
    while true {
      switch server.poll() {
      case .write:
        let share = generator.below(40)
        toClient += take(share, from: &server)
      case .event(let event):
        if case .violation = event { actual.append("\(event)") }
        try host.handle(event, &server)
      case .transport(.startTLS): wantsTLS.server = true
      case .transport(.close): isServerClosed = true
      case .transport: break
      case .trace(let record):
        if record.description.contains("secret") || record.description.contains("c2Vj") { Issue.record("\(record)") }
      case .wait(let wait):
        if wait.writing {
          toClient += take(1, from: &server)
          continue
        }
        return
      }
    }
  }

  private mutating func handle(_ event: POP3ClientEvent) throws {
    switch event {
    case .ready: try client.authenticate(Credentials(user: "susan", password: "secret"))
    case .authenticated: try program()
    case .content(let part): content = (content ?? []) + part
    case .contentEnds:
      actual.append(visible(content ?? []))
      content = nil
    case .refused(let command, _): actual.append("refused \(visible(command.encoded))")
    case .greeting, .encrypted, .capabilities: break
    // A NUL is stored like any octet, and reported by the client.
    case .violation(let violation) where violation.fault == .irregularContent(.null): break
    case .closed(let reason): if reason != .quit { actual.append("closed \(reason)") }
    default:
      if case .line(let line) = logEntry(event) { actual.append(line) }
    }
  }

  /// Commands at random, and what the model says of each.
  private mutating func program() throws {
    for _ in 0..<generator.below(25) {
      let number = 1 + generator.below(texts.count + 1)
      let isThere = number <= texts.count && !deleted.contains(number)
      let left = (1...max(1, texts.count)).filter { $0 <= texts.count && !deleted.contains($0) }
      let size = isThere ? texts[number - 1].count : 0
      switch generator.below(9) {
      case 0:
        try client.status()
        expected.append("status(count: \(left.count), octets: \(left.reduce(0) { $0 + texts[$1 - 1].count }))")
      case 1:
        try client.list()
        expected.append("listing " + left.map { "\($0):\(texts[$0 - 1].count)" }.joined(separator: " "))
      case 2:
        try client.list(number)
        expected.append(isThere ? "listing \(number):\(size)" : "refused LIST \(number)\\r\\n")
      case 3:
        try client.uniqueIDs()
        expected.append("uniqueIDs " + left.map { "\($0):id-\($0)" }.joined(separator: " "))
      case 4:
        try client.retrieve(number)
        expected += isThere ? text(number, texts[number - 1]) : ["refused RETR \(number)\\r\\n"]
      case 5:
        let lines = generator.below(4)
        try client.top(number, lines: lines)
        expected += isThere ? text(number, top(texts[number - 1], lines)) : ["refused TOP \(number) \(lines)\\r\\n"]
      case 6:
        try client.delete(number)
        expected.append(isThere ? "deleted(\(number))" : "refused DELE \(number)\\r\\n")
        if isThere { deleted.insert(number) }
      case 7:
        try client.noop()
        expected.append("done(POP3Codec.POP3Command.noop)")
      default:
        try client.reset()
        expected.append("done(POP3Codec.POP3Command.reset)")
        deleted = []
      }
    }
    try client.quit()
    expected.append("updated")
  }

  private func text(_ number: Int, _ text: [UInt8]) -> [String] { ["messageBegins(\(number))", visible(text)] }

  /// Each bare CR and each bare LF is a CRLF, and so is the end.
  private static func canonical(_ text: [UInt8]) -> [UInt8] {
    var canonical: [UInt8] = []
    for (index, byte) in text.enumerated() {
      if byte == 10 {
        if index == 0 || text[index - 1] != 13 { canonical += [13, 10] }
      } else {
        canonical += byte == 13 ? [13, 10] : [byte]
      }
    }
    if !canonical.isEmpty, canonical.suffix(2) != [13, 10] { canonical += [13, 10] }
    return canonical
  }

  private func top(_ text: [UInt8], _ lines: Int) -> [UInt8] {
    var rest = text[...]
    var top: [UInt8] = []
    var left: Int?
    while !rest.isEmpty, left != 0 {
      let end = rest.firstIndex(of: 10).map { $0 + 1 } ?? rest.endIndex
      let line = rest[..<end]
      top += line
      rest = rest[end...]
      if let count = left { left = count - 1 } else if line.elementsEqual([13, 10]) { left = lines }
    }
    return top
  }
}
