import MailTestKit
import MailTransport
import MailWire
import Testing

@Suite struct BlockingDriverTests {
  private func serve(
    _ transport: consuming ScriptedTransport, readSize: Int = 64, configuration: EchoConfiguration = EchoConfiguration()
  ) throws -> (host: EchoHost, written: String, log: [String], failure: Broken?) {
    var driver = BlockingDriver(EchoServer(configuration: configuration), over: transport, readSize: readSize)
    var host = EchoHost()
    try driver.run { event, server in try host.handle(event, &server) }
    return (host, visible(driver.transport.written), driver.transport.log, driver.transportFailure)
  }

  /// The same session with reads and writes of any size.
  @Test func partialReadsAndWrites() throws {
    for size in [1, 2, 7, 1000] {
      var transport = ScriptedTransport([
        .bytes("SAY a\r\nSAY b\r\nTLS\r\n"), .bytes("PUT\r\nte"), .bytes("xt\r\n.\r\nGET\r\n"), .bytes("BYE\r\n")
      ])
      transport.writeSize = size
      let result = try serve(transport, readSize: size)
      #expect(result.host.said == ["a", "b"] && visible(result.host.stored) == #"text\r\n"#)
      #expect(
        result.written
          == #"+ ready\r\n+ a\r\n+ b\r\n+ go\r\n+ send\r\n+ kept\r\n+ here\r\ntext\r\n.\r\n+ bye\r\n"#)
      #expect(result.log == ["TLS after 25", "close after 65"] && result.host.closed == [.quit])
    }
  }

  @Test func ends() throws {
    let long = String(repeating: "a", count: 20)
    let rows: [(script: [ScriptedTransport.Step], reason: CloseReason, seconds: Int, failure: Broken?)] = [
      ([.end], .peerClosed, 0, nil),
      ([.bytes("SAY"), .end], .peerClosed, 0, nil),
      ([.broken], .transportFailed, 0, Broken(text: "read")),
      ([], .timedOut, 300, nil),
      ([.silence(.seconds(299)), .bytes("SAY a\r\n")], .timedOut, 599, nil),
      // A slow drip does not move the deadline.
      (long.map { [.bytes(String($0)), .silence(.seconds(30))] }.flatMap { $0 }, .timedOut, 300, nil)
    ]
    for row in rows {
      let clock = ManualClock()
      let result = try serve(ScriptedTransport(row.script, clock: clock))
      let isRight =
        result.host.closed == [row.reason] && clock.now == .zero + .seconds(row.seconds)
        && result.failure == row.failure && result.log.count == 1
      #expect(isRight, "\(row): \(result) \(clock.now)")
    }
  }

  @Test func handshakes() throws {
    let rows: [(handshake: TransportChange?, reason: CloseReason)] = [
      (.tlsFailed, .tlsFailed), (nil, .transportFailed), (.failed, .transportFailed)
    ]
    for row in rows {
      var transport = ScriptedTransport([.bytes("TLS\r\n")])
      transport.handshake = row.handshake
      let result = try serve(transport)
      #expect(result.host.closed == [row.reason] && result.log == ["TLS after 15", "close after 15"], "\(result)")
      #expect((result.failure == nil) == (row.handshake != nil))
    }
  }

  /// A peer that stops reading: the last bytes may linger for ten seconds, others until the deadline.
  @Test func peerThatDoesNotRead() throws {
    for (script, reason, seconds) in [
      ([ScriptedTransport.Step.bytes("BYE\r\n")], CloseReason.quit, 10), ([.bytes("SAY a\r\n")], .timedOut, 310)
    ] {
      let clock = ManualClock()
      var transport = ScriptedTransport(script, clock: clock)
      transport.capacity = 9
      let result = try serve(transport)
      #expect(result.host.closed == [reason] && result.written == #"+ ready\r\n"#, "\(result)")
      #expect(clock.now == .zero + .seconds(seconds) && result.log == ["close after 9"], "\(clock.now)")
    }
  }

  /// Bytes that came while the host was busy count, although the deadline has passed.
  @Test func busyHost() throws {
    let clock = ManualClock()
    var driver = BlockingDriver(
      EchoServer(), over: ScriptedTransport([.bytes("SAY a\r\n"), .bytes("BYE\r\n")], clock: clock))
    var reason: CloseReason?
    try driver.run { event, server in
      switch event {
      case .say:
        clock.now = clock.now + .seconds(400)
        try server.accept()
      case .closed(let closed): reason = closed
      default: break
      }
    }
    #expect(reason == .quit)
  }

  /// A handler that throws closes the connection; its error comes out as it is.
  @Test func throwingHandler() {
    var driver = BlockingDriver(EchoServer(), over: ScriptedTransport([.bytes("SAY a\r\n")]))
    let error = #expect(throws: Broken.self) {
      try driver.run { event, _ throws(Broken) in
        if case .say = event { throw Broken(text: "host") }
      }
    }
    #expect(error == Broken(text: "host") && driver.isClosed && driver.transport.log == ["close after 9"])
  }

  /// An answer that is left open ends the run, not the connection.
  @Test func answerLater() throws {
    var driver = BlockingDriver(EchoServer(), over: ScriptedTransport([.bytes("SAY a\r\nBYE\r\n")]))
    guard case .say? = driver.next() else { return #expect(Bool(false), "no question") }
    #expect(driver.next() == nil && !driver.isClosed)
    try driver.machine.accept()
    guard case .closed(.quit)? = driver.next() else { return #expect(Bool(false), "not closed") }
    #expect(driver.next() == nil && driver.isClosed)
    #expect(visible(driver.transport.written) == #"+ ready\r\n+ a\r\n+ bye\r\n"#)
  }

  @Test func traceAndClose() {
    var driver = BlockingDriver(
      EchoServer(configuration: EchoConfiguration(tracing: true)), over: ScriptedTransport([.bytes("nonsense\r\n")]))
    var lines: [String] = []
    driver.trace = { lines.append($0.description) }
    guard case .violation? = driver.next() else { return #expect(Bool(false), "no violation") }
    #expect(lines == ["S: + ready", "C: nonsense", "S: - what?"])
    driver.close()
    driver.close()
    guard case .closed(.transportFailed)? = driver.next() else { return #expect(Bool(false), "not closed") }
    #expect(driver.next() == nil && driver.transport.log.count == 1)
  }
}
