import MailTestKit
@_spi(MailCodec) import MailWire
import POP3Codec
import Testing

@testable import POP3

private func octets(_ text: String) -> [UInt8] { [UInt8](text.utf8) }

@Suite struct POP3LimitsTests {
  private static func server(
    _ host: Host, _ configure: (inout POP3ServerConfiguration) -> Void = { _ in }
  ) throws -> POP3Server {
    var server = host.server(configure)
    server.receive(octets("USER susan\r\nPASS secret\r\n").span, at: .zero)
    _ = try drain(&server) { try host.handle($0, &$1) }
    return server
  }

  private static func client(_ configure: (inout POP3ClientConfiguration) -> Void = { _ in }) throws -> POP3Client {
    var configuration = POP3ClientConfiguration()
    configuration.security = .none
    configuration.allowsPlaintextAuthentication = true
    configuration.asksCapabilitiesAfterLogin = false
    configure(&configuration)
    var client = POP3Client(configuration: configuration)
    client.receive(octets("+OK\r\n+OK\r\nUSER\r\nPIPELINING\r\n.\r\n").span, at: .zero)
    _ = try drain(&client) { event, client in
      if case .ready = event { try client.authenticate(Credentials(user: "susan", password: "secret")) }
    }
    client.receive(octets("+OK\r\n").span, at: .zero)
    _ = try drain(&client)
    client.receive(octets("+OK\r\n").span, at: .zero)
    _ = try drain(&client)
    #expect(client.state == .transaction)
    return client
  }

  @Test func endlessLines() throws {
    let piece = [UInt8](repeating: 65, count: 50_000)
    var server = try Self.server(Host())
    for _ in 0..<100 {
      server.receive(piece.span, at: .zero)
      let drained = try drain(&server)
      try #require(drained.bytes.isEmpty && drained.wait?.reading == true && server.core.inbound.count <= 1)
    }
    server.receive(octets("\nPASS x\r\nNOOP\r\n").span, at: .zero)
    #expect(try drain(&server).text == "-ERR Command line too long\\r\\n+OK\\r\\n")

    // A line that begins as AUTH may be longer, and ends all the same.
    server = POP3Server(configuration: POP3ServerConfiguration())
    server.receive(octets("AUTH PLAIN ").span, at: .zero)
    for _ in 0..<100 {
      server.receive(piece.span, at: .zero)
      _ = try drain(&server)
      try #require(server.core.inbound.count <= 1)
    }

    var client = try Self.client()
    try client.noop()
    var fault: String?
    for _ in 0..<100 where fault == nil {
      client.receive(piece.span, at: .zero)
      for event in try drain(&client).events { fault = "\(event)" }
      try #require(client.core.inbound.count <= 4096)
    }
    client.receive(octets("\r\n").span, at: .zero)
    for event in try drain(&client).events { fault = "\(event)" }
    #expect(fault?.contains("lineTooLong") == true)
  }

  @Test func hostsThatReadOn() throws {
    var server = POP3Server(configuration: POP3ServerConfiguration())
    let piece = [UInt8](repeating: 10, count: 300_000)
    for _ in 0..<20 { server.receive(piece.span, at: .zero) }
    #expect(server.core.inbound.count == 0)
    let events = try drain(&server).events
    #expect(
      events.contains { "\($0)".contains("receiveOverflow") }
        && "\(events.last.map { "\($0)" } ?? "")".contains("closed"))
  }

  @Test func pipelining() throws {
    let host = Host(["a\r\n\r\nb\r\n"])
    var server = try Self.server(host)
    var input: [UInt8] = []
    var expected: [UInt8] = []
    for index in 0..<10_000 {
      input += octets(index % 2 == 0 ? "NOOP\r\n" : "STAT\r\n")
      expected += octets(index % 2 == 0 ? "+OK\r\n" : "+OK 1 8\r\n")
    }
    server.receive(input.span, at: .zero)
    var output: [UInt8] = []
    var writes = 0
    loop: while true {
      switch server.poll() {
      case .write:
        writes += 1
        var taken: [UInt8] = []
        server.takeOutbound(into: &taken)
        #expect(taken.count < 65_536 + 64)
        output += taken
      case .wait: break loop
      default: Issue.record("unexpected output")
      }
    }
    #expect(output == expected && writes <= 2, "\(writes) writes")

    // The same octet by octet.
    output = []
    for index in input.prefix(6000).indices {
      server.receive(input.span.extracting(index..<(index + 1)), at: .zero)
      output += try drain(&server).bytes
    }
    #expect(output == Array(expected.prefix(output.count)) && output.count == 7000)
  }

  @Test func pipeliningWithPipelinedClient() throws {
    var client = try Self.client()
    for index in 0..<10_000 { if index % 2 == 0 { try client.noop() } else { try client.status() } }
    var events = 0
    var sent = try drain(&client).bytes.count
    #expect(sent == 600)
    for index in 0..<10_000 {
      client.receive(octets(index % 2 == 0 ? "+OK\r\n" : "+OK \(index) 7\r\n").span, at: .zero)
      let drained = try drain(&client)
      sent += drained.bytes.count
      events += drained.events.count
      if case .status(let count, _)? = drained.events.first { try #require(count == index) }
    }
    #expect(events == 10_000 && sent == 60_000 && client.isIdle)
  }

  @Test func longListings() throws {
    var maildrop = Maildrop()
    for number in 1...60_000 {
      maildrop.append(MaildropEntry(octets: 1, uniqueID: UniqueID(unchecked: octets("unique-\(number)"))))
    }
    var server = try Self.server(Host())
    server.maildrop = maildrop
    server.receive(octets("UIDL\r\nLIST\r\nNOOP\r\n").span, at: .zero)
    var output: [UInt8] = []
    var most = 0
    for _ in 0..<1000 {
      if case .wait(let wait) = server.poll(), !wait.writing { break }
      server.withOutbound { bytes in
        most = max(most, bytes.count)
        output.append(bytes.extracting(first: min(bytes.count, 40_000)))
        return min(bytes.count, 40_000)
      }
    }
    #expect(most < 65_536 + 100 && output.count { $0 == 10 } == 120_005)
    #expect(output.suffix(17).elementsEqual(octets("60000 1\r\n.\r\n+OK\r\n")))

    var client = try Self.client { $0.limits.listingRows = 60_000 }
    try client.uniqueIDs()
    try client.list()
    _ = try drain(&client)
    client.receive(output.span.extracting(first: output.count - 5), at: .zero)
    let events = try drain(&client).events
    if case .uniqueIDs(let rows)? = events.first { #expect(rows.count == 60_000) }
    if case .listing(let rows)? = events.last { #expect(rows.count == 60_000) }
    #expect(events.count == 2)

    client = try Self.client { $0.limits.listingRows = 59_999 }
    try client.uniqueIDs()
    _ = try drain(&client)
    client.receive(output.span, at: .zero)
    #expect(try drain(&client).events.contains { "\($0)".contains("responseTooLong") })
    client = POP3Client(configuration: POP3ClientConfiguration())
    client.receive(octets("+OK\r\n+OK\r\n" + String(repeating: "X\r\n", count: 1000)).span, at: .zero)
    #expect(try drain(&client).events.contains { "\($0)".contains("responseTooLong") })
  }

  @Test func slowReaders() throws {
    let host = Host([String(repeating: "0123456789abcdef\r\n", count: 20_000)])
    host.chunk = 8192
    var server = try Self.server(host)
    server.receive(octets("RETR 1\r\nNOOP\r\n").span, at: .zero)
    var now = Instant.zero
    var asked = 0
    var last: Wait?
    loop: for _ in 0..<1000 {
      switch server.poll() {
      case .event(let event):
        if case .contentWanted = event { asked += 1 }
        try host.handle(event, &server)
      case .wait(let wait):
        last = wait
        break loop
      default: break
      }
    }
    #expect(asked == 8 && last?.reading == false && last?.writing == true && last?.deadline != nil)
    // Each octet that the client takes restarts the clock; then it takes no more.
    for _ in 0..<3 {
      now = now.advanced(by: .seconds(599))
      server.advance(to: now)
      server.withOutbound { _ in 1 }
      _ = server.poll()
      _ = server.poll()
    }
    #expect(server.state == .transaction && server.core.isOpen)
    server.advance(to: now.advanced(by: .seconds(601)))
    let drained = try drain(&server)
    #expect(drained.bytes.isEmpty && drained.events.map { "\($0)" } == ["closed(MailWire.CloseReason.timedOut)"])
    #expect(host.updated == nil)
  }

  /// While the host takes its time, the client's clock stands still and nothing is read.
  @Test func slowHosts() throws {
    var configuration = POP3ServerConfiguration()
    configuration.allowsPlaintextAuthentication = true
    var server = POP3Server(configuration: configuration)
    server.receive(octets("USER susan\r\nPASS secret\r\nSTAT\r\nRETR 1\r\nQUIT\r\n").span, at: .zero)
    var drained = try drain(&server)
    #expect(drained.wait == Wait(reading: false, deadline: nil))
    server.advance(to: Instant.zero.advanced(by: .seconds(9999)))
    try server.accept(Host(["a\r\n"]).maildrop)
    drained = try drain(&server)
    #expect(drained.text == "+OK Maildrop locked, 1 message (3 octets)\\r\\n+OK 1 3\\r\\n")
    #expect(drained.wait == Wait(reading: false, deadline: nil))
    try server.failContent()
    drained = try drain(&server)
    #expect(drained.text == "-ERR [SYS/TEMP] Message cannot be read\\r\\n" && drained.events.count == 1)
    server.shutDown()
    try server.accept()
    drained = try drain(&server)
    #expect(drained.text == "+OK Goodbye\\r\\n" && drained.actions == [.close])
  }

  @Test func answersThatNobodyWaitsFor() throws {
    func error(_ body: () throws(MisuseError) -> Void) -> MisuseError? {
      do throws(MisuseError) { try body() } catch { return error }
      return nil
    }
    let host = Host(["a\r\n\r\nb\r\nc\r\n"])
    var server = try Self.server(host)
    #expect(error { () throws(MisuseError) in try server.accept() } == .outOfSequence)
    #expect(error { () throws(MisuseError) in try server.accept(Maildrop()) } == .outOfSequence)
    #expect(error { () throws(MisuseError) in try server.reject(.maildropInUse) } == .outOfSequence)
    #expect(error { () throws(MisuseError) in try server.sendContent([1].span) } == .contentNotExpected)
    #expect(error { () throws(MisuseError) in try server.finishContent() } == .contentNotExpected)
    #expect(error { () throws(MisuseError) in try server.failContent() } == .contentNotExpected)
    server.receive(octets("RETR 1\r\n").span, at: .zero)
    _ = try drain(&server)
    #expect(error { () throws(MisuseError) in try server.reject(POP3Response(.ok)) } == .unfittingAnswer)
    let long = POP3Response(.error, nil, String(repeating: "x", count: 506))
    #expect(error { () throws(MisuseError) in try server.reject(long) } == .tooLong)
    try server.reject(POP3Response(.error, .utf8, "Needs UTF8"))
    #expect(try drain(&server).text == "-ERR [UTF8] Needs UTF8\\r\\n")

    // TOP: what the client did not ask for is dropped, the end comes at once, and the next command waits for the host.
    server.receive(octets("TOP 1 1\r\nNOOP\r\n").span, at: .zero)
    _ = try drain(&server)
    try server.sendContent(octets("a\r\n\r\nb\r\nc\r\n").span)
    #expect(error { () throws(MisuseError) in try server.reject(.temporaryFailure) } == .outOfSequence)
    let drained = try drain(&server)
    #expect(drained.text == "+OK\\r\\na\\r\\n\\r\\nb\\r\\n.\\r\\n" && "\(drained.events)".contains("contentSuffices"))
    try server.sendContent(octets("d\r\n").span)
    try server.finishContent()
    #expect(try drain(&server).text == "+OK\\r\\n")

    // A text that breaks off: no final dot, and no more commands.
    server.receive(octets("RETR 1\r\nQUIT\r\n").span, at: .zero)
    _ = try drain(&server)
    try server.sendContent(octets("a\r\n").span)
    try server.failContent()
    let failed = try drain(&server)
    #expect(failed.text == "+OK 11 octets\\r\\na\\r\\n" && failed.actions == [.close])
    #expect(error { () throws(MisuseError) in try server.sendContent([1].span) } == .closed)
    #expect(error { () throws(MisuseError) in try server.accept() } == .closed && host.updated == nil)

    server = POP3Server(configuration: POP3ServerConfiguration())
    server.shutDown()
    #expect(try drain(&server).text == "-ERR [SYS/TEMP] Server is shutting down\\r\\n")
  }

  @Test func contentInSingleOctets() throws {
    var client = try Self.client()
    try client.retrieve(1)
    _ = try drain(&client)
    let text = [UInt8](repeating: 97, count: 300_000)
    client.receive(octets("+OK\r\n").span, at: .zero)
    _ = try drain(&client)
    var count = 0
    for index in text.indices {
      client.receive(text.span.extracting(index..<(index + 1)), at: .zero)
      while case .event(.content(let part)) = client.poll() { count += part.count }
    }
    #expect(count == text.count && client.core.inbound.count == 0)
  }

  @Test func secretsAreNotTraced() throws {
    let secrets = ["hunter2", "AHN1c2FuAGh1bnRlcjI", "c4c9334bac560ecc979e58001b3e22fb", "hunter"]
    var configuration = POP3ServerConfiguration()
    configuration.tracing = true
    configuration.allowsPlaintextAuthentication = true
    configuration.timestamp = try APOPTimestamp("<1@a>")
    configuration.limits.errors = 100
    configuration.limits.authenticationFailures = 100
    for line in [
      "USER susan\r\nPASS hunter2", "pass hunter2", "PASS\thunter2", "PASS hunter2\u{1}", " PASS hunter2", "hunter2",
      "APOP susan c4c9334bac560ecc979e58001b3e22fb", "APOP susan hunter2", "AUTH PLAIN AHN1c2FuAGh1bnRlcjI=",
      "AUTH PLAIN\r\nAHN1c2FuAGh1bnRlcjI=", "AUTH PLAIN\r\nhunter2", "AUTH X-NOPE\r\nAHN1c2FuAGh1bnRlcjI=",
      "AUTH PLAIN AHN1c2FuAGh1bnRlcjI= x", "AUTH LOGIN hunter2", "PASS hunter2" + String(repeating: "x", count: 300)
    ] {
      var server = POP3Server(configuration: configuration)
      server.receive(octets(line + "\r\n").span, at: .zero)
      let drained = try drain(&server) { event, server in
        if case .authenticate = event { try server.reject(.authenticationFailed) }
        if case .authenticateDigest = event { try server.reject(.authenticationFailed) }
      }
      let shown = drained.traces.map(\.description).joined(separator: "\n") + "\(drained.events)"
      #expect(drained.traces.count >= 2 && drained.text.contains("-ERR"), "\(line)")
      for secret in secrets { #expect(!shown.contains(secret) && !drained.text.contains(secret), "\(line): \(shown)") }
    }

    for (capability, answers) in [
      ("USER", ["+OK\r\n", "+OK\r\n"]), ("SASL PLAIN", ["+OK\r\n"]), ("SASL PLAIN", ["+ hunter2\r\n", "-ERR no\r\n"])
    ] {
      var configuration = POP3ClientConfiguration()
      configuration.security = .none
      configuration.allowsPlaintextAuthentication = true
      configuration.tracing = true
      var client = POP3Client(configuration: configuration)
      var shown = ""
      for answer in ["+OK\r\n", "+OK\r\n\(capability)\r\n.\r\n"] + answers {
        client.receive(octets(answer).span, at: .zero)
        let drained = try drain(&client) { event, client in
          if case .ready = event { try client.authenticate(Credentials(user: "susan", password: "hunter2")) }
        }
        shown += drained.traces.map(\.description).joined(separator: "\n") + "\(drained.events)"
      }
      #expect(shown.contains("<hidden>"), "\(shown)")
      for secret in secrets { #expect(!shown.contains(secret), "\(shown)") }
    }
  }

  /// An idle session keeps little: struct, buffers, queues, all of it.
  @Test func memoryOfIdleServers() throws {
    #expect(MemoryLayout<POP3Server>.size <= 600, "\(MemoryLayout<POP3Server>.size)")
    let server = try Self.server(Host())
    let buffers = server.retainedBytes
    #expect(MemoryLayout<POP3Server>.size + buffers <= 1024, "\(MemoryLayout<POP3Server>.size) and \(buffers)")
  }
}
