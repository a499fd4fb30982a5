import MailTestKit
import MailTransport
import MailWire
import Testing

@Suite struct MachinePairTests {
  private func session(
    _ conditions: PairConditions, text: [UInt8] = Array("a\r\n.b\r\n".utf8),
    configuration: EchoConfiguration = EchoConfiguration()
  ) throws -> (ending: String, host: EchoHost, visitor: EchoVisitor, now: Instant, steps: Int) {
    var pair = MachinePair(
      EchoClient(configuration: configuration), EchoServer(configuration: configuration), conditions: conditions)
    var host = EchoHost()
    var visitor = EchoVisitor(text: text)
    let ending = try pair.run { event, client in
      try visitor.handle(event, &client)
    } server: { event, server in
      try host.handle(event, &server)
    }
    return ("\(ending)", host, visitor, pair.now, pair.steps)
  }

  private func expectSuccess(_ conditions: PairConditions, text: [UInt8] = Array("a\r\n.b\r\n".utf8)) throws {
    let result = try session(conditions, text: text)
    let isRight =
      result.ending == "closed" && result.host.said == ["one", "two"] && result.host.stored == text
      && result.visitor.received == text && result.visitor.answers == ["plain", "one", "two", "secure", "kept"]
      && result.host.closed == [.quit] && result.visitor.closed == [.quit]
    #expect(isRight, "\(conditions): \(result)")
  }

  @Test func wholeSessions() throws {
    try expectSuccess(PairConditions())
    try expectSuccess(PairConditions(chunking: .byteByByte))
    var generator = SplitMix64(seed: 21)
    for seed in 0..<60 {
      let text = generator.canonicalText(lines: 60)
      try expectSuccess(PairConditions(chunking: .random(longest: 1 + Int(seed)), seed: UInt64(seed)), text: text)
    }
  }

  /// A text far beyond what may wait unwritten: `contentWanted` comes again and again.
  @Test func longText() throws {
    var generator = SplitMix64(seed: 22)
    let text = generator.canonicalText(lines: 20_000)
    try expectSuccess(PairConditions(chunking: .random(longest: 5000), delay: .milliseconds(3)), text: text)
  }

  /// The same conditions give the same session.
  @Test func deterministic() throws {
    let conditions = PairConditions(chunking: .random(longest: 5), seed: 9, delay: .milliseconds(7))
    let (first, second) = (try session(conditions), try session(conditions))
    #expect(first.steps == second.steps && first.now == second.now)
    let other = try session(PairConditions(chunking: .random(longest: 5), seed: 10, delay: .milliseconds(7)))
    #expect(other.steps != first.steps)
  }

  /// Six round trips (greeting, two texts, TLS, PUT and its text, GET, BYE), 40 ms each way.
  @Test func delay() throws {
    let result = try session(PairConditions(delay: .milliseconds(40)))
    #expect(result.ending == "closed")
    #expect(result.now == Instant.zero + .milliseconds(40 + 7 * 80))
  }

  /// Whatever the step at which the connection breaks, both ends close once and nobody hangs.
  @Test func resetAnywhere() throws {
    let total = try session(PairConditions(chunking: .random(longest: 30), seed: 3)).steps
    var reasons: Set<CloseReason> = []
    for step in 0..<total {
      let result = try session(PairConditions(chunking: .random(longest: 30), seed: 3, resetAfterSteps: step))
      let isRight =
        result.ending == "closed" && result.host.closed.count == 1 && result.visitor.closed.count == 1
        && result.host.stores <= 1
      #expect(isRight, "step \(step): \(result)")
      reasons.formUnion(result.visitor.closed)
    }
    #expect(reasons == [.transportFailed, .quit])
  }

  @Test func tls() throws {
    let failed = try session(PairConditions(tlsFails: true))
    #expect(failed.ending == "closed" && failed.host.closed == [.tlsFailed] && failed.visitor.closed == [.tlsFailed])
    let secured = try session(PairConditions(beginsWithTLS: true))
    #expect(secured.host.closed == [.quit] && secured.visitor.answers == ["secure", "kept"])
  }

  /// Deadlines: a silent host makes the server give up after five minutes, which takes no time.
  @Test func deadlineAndEnd() throws {
    var pair = MachinePair(EchoClient(), EchoServer())
    var reasons: [String] = []
    let ending = pair.run { event, _ in
      if case .closed(let reason) = event { reasons.append("client \(reason)") }
    } server: { event, _ in
      if case .closed(let reason) = event { reasons.append("server \(reason)") }
    }
    #expect(ending == .closed && pair.now == .zero + .seconds(300))
    #expect(Set(reasons) == ["server timedOut", "client serviceRefused"])
  }

  /// An answer that comes later: the run ends, the host answers, and it goes on.
  @Test func lateAnswer() throws {
    var pair = MachinePair(EchoClient(), EchoServer(), conditions: PairConditions(delay: .seconds(1)))
    var answer = ""
    var asked = 0
    for limit in [3, 100, 250] {
      let ending = try pair.run(until: .zero + .seconds(limit)) { event, client in
        switch event {
        case .ready: try client.say("hello")
        case .answer(let text):
          answer = visible(text)
          try client.bye()
        default: break
        }
      } server: { event, _ in
        if case .say = event { asked += 1 }
      }
      if limit < 250 {
        #expect(ending == .waiting && asked == 1 && answer.isEmpty && pair.now == .zero + .seconds(limit))
      } else {
        #expect(ending == .closed && answer == "hello")
      }
      if limit == 100 { try pair.server.accept() }
    }
  }

  /// A client whose host asks again and again is stopped.
  @Test func livelock() throws {
    var pair = MachinePair(EchoClient(), EchoServer(), conditions: PairConditions(maximumSteps: 500))
    let ending = try pair.run { event, client in
      switch event {
      case .ready, .answer: try client.say("again")
      default: break
      }
    } server: { event, server in
      if case .say = event { try server.accept() }
    }
    #expect(ending == .exhausted && pair.steps == 500)
  }

  @Test func traces() throws {
    let configuration = EchoConfiguration(tracing: true)
    var pair = MachinePair(EchoClient(configuration: configuration), EchoServer())
    var lines: [String] = []
    pair.trace = { lines.append($0.description) }
    _ = try pair.run { event, client in
      if case .ready = event { try client.bye() }
    } server: { _, _ in
    }
    #expect(lines == ["S: + ready", "C: BYE", "S: + bye"])
  }
}
