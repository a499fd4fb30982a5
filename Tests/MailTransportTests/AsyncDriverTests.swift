import MailTestKit
import MailTransport
import MailWire
import Testing

@Suite(.timeLimit(.minutes(1))) struct AsyncDriverTests {
  private typealias Driver = AsyncDriver<EchoServer, FakeChannel>

  /// Runs an accepting host until the connection is over and returns why it ended.
  private func host(_ driver: Driver) -> Task<[CloseReason], any Error> {
    Task {
      var reasons: [CloseReason] = []
      try await driver.run { event, driver in
        switch event {
        case .say, .endOfContent:
          // Work that takes time, in the middle of which the driver is free.
          await Task.yield()
          try await driver.withMachine { server in try server.accept() }
        case .closed(let reason): reasons.append(reason)
        default: break
        }
      }
      return reasons
    }
  }

  @Test func session() async throws {
    let channel = FakeChannel()
    let driver = Driver(EchoServer(), over: channel)
    let task = host(driver)
    channel.send("SAY a\r\nSAY ")
    channel.send("b\r\nTLS\r\n")
    #expect(await eventually { channel.log == ["TLS after 25"] })
    channel.send("PUT\r\ntext\r\n.\r\nBYE\r\n")
    #expect(try await task.value == [.quit])
    #expect(channel.written == #"+ ready\r\n+ a\r\n+ b\r\n+ go\r\n+ send\r\n+ kept\r\n+ bye\r\n"#)
    #expect(channel.log == ["TLS after 25", "close after 48"])
    #expect(await driver.transportFailure == nil)
  }

  @Test func ends() async throws {
    let rows: [(act: @Sendable (FakeChannel) -> Void, reason: CloseReason)] = [
      ({ $0.end() }, .peerClosed), ({ $0.breakDown() }, .transportFailed), ({ $0.pass(.seconds(300)) }, .timedOut),
      (
        {
          $0.set(handshake: .tlsFailed)
          $0.send("TLS\r\n")
        }, .tlsFailed
      )
    ]
    for row in rows {
      let channel = FakeChannel()
      let driver = Driver(EchoServer(), over: channel)
      let task = host(driver)
      #expect(await eventually { channel.isReading && channel.isSleeping })
      row.act(channel)
      #expect(try await task.value == [row.reason])
      #expect(channel.log.filter { $0.hasPrefix("close") }.count == 1)
      #expect(await driver.transportFailure == (row.reason == .transportFailed ? Broken(text: "read") : nil))
    }
  }

  /// A peer that takes no bytes does not stop the clock: the deadline passes while a write is under way.
  @Test func deadlineDuringWrite() async throws {
    let channel = FakeChannel()
    channel.set(takesWrites: false)
    let task = host(Driver(EchoServer(), over: channel))
    #expect(await eventually { channel.isSleeping })
    channel.pass(.seconds(300))
    #expect(await eventually { channel.isSleeping })
    channel.pass(.seconds(10))
    #expect(try await task.value == [.timedOut])
    #expect(channel.written.isEmpty)
  }

  /// A slow peer: everything arrives in order once it reads on.
  @Test func slowPeer() async throws {
    let channel = FakeChannel()
    channel.set(takesWrites: false)
    let task = host(Driver(EchoServer(), over: channel))
    channel.send("SAY a\r\nSAY b\r\nBYE\r\n")
    try? await Task.sleep(for: .milliseconds(5))
    #expect(channel.log.isEmpty)
    channel.set(takesWrites: true)
    #expect(try await task.value == [.quit])
    #expect(channel.written == #"+ ready\r\n+ a\r\n+ b\r\n+ bye\r\n"#)
  }

  /// The handler returns without an answer; another task gives it while the driver waits.
  @Test func answerFromElsewhere() async throws {
    let channel = FakeChannel()
    let driver = Driver(EchoServer(), over: channel)
    let task = Task {
      var reasons: [CloseReason] = []
      while let event = await driver.next() {
        switch event {
        case .say: Task { try await driver.withMachine { server in try server.accept() } }
        case .closed(let reason): reasons.append(reason)
        default: break
        }
      }
      return reasons
    }
    channel.send("SAY later\r\n")
    #expect(await eventually { channel.written == #"+ ready\r\n+ later\r\n"# })
    // The host ends the session while the driver waits for input.
    #expect(await eventually { channel.isReading })
    await driver.withMachine { server in server.shutDown() }
    #expect(await task.value == [.shutdown])
    #expect(channel.written == #"+ ready\r\n+ later\r\n- closing\r\n"#)
    await #expect(throws: MisuseError.closed) {
      try await driver.withMachine { server throws(MisuseError) in try server.accept() }
    }
  }

  /// Cancellation closes the connection and ends what was under way.
  @Test func cancellation() async throws {
    for isWriting in [false, true] {
      let channel = FakeChannel()
      channel.set(takesWrites: !isWriting)
      let driver = Driver(EchoServer(), over: channel)
      let task = host(driver)
      #expect(await eventually { channel.isSleeping })
      task.cancel()
      #expect(try await task.value == [.transportFailed])
      #expect(channel.log.count == 1)
      #expect(await driver.isClosed)
      #expect(await driver.next() == nil)
    }
  }

  /// A handler that throws closes the connection; its error comes out as it is.
  @Test func throwingHandler() async {
    let channel = FakeChannel()
    let driver = Driver(EchoServer(), over: channel)
    channel.send("SAY a\r\n")
    await #expect(throws: Broken(text: "host")) {
      try await driver.run { event, _ async throws(Broken) in
        if case .say = event { throw Broken(text: "host") }
      }
    }
    #expect(channel.log.count == 1)
  }

  /// Inside an actor: the handler runs there and may touch its state.
  @Test func insideAnActor() async throws {
    actor Host {
      var said: [String] = []

      func serve(_ channel: FakeChannel) async throws {
        let driver = AsyncDriver(EchoServer(), over: channel)
        try await driver.run { event, driver in
          if case .say(let text) = event {
            self.said.append(visible(text))
            try await driver.withMachine { server in try server.accept() }
          }
        }
      }
    }
    let (host, channel) = (Host(), FakeChannel())
    channel.send("SAY a\r\nSAY b\r\nBYE\r\n")
    try await host.serve(channel)
    #expect(await host.said == ["a", "b"])
  }
}
