import MailTestKit
import MailWire
import Testing

/// The test kit's own tests, and the example machines under the contract.
@Suite struct TranscriptTests {
  static let conversation = #"""
    S: + ready
    C: SAY hello
    S: + hello
    C: what
    S: - what?
    # Pipelined, and one line over the limit.
    C: say a
    C! SAY b\r\nSAY 3456789 123456789 123456789 123456789 123456789 123456789 123456789 \r\nSAY c\r\n
    S: + a
    S: + b
    S: - what?
    S: + c
    C: TLS
    S: + go
    -- tls
    C: PUT
    S: + send
    C: ..one dot
    C: text
    C: .
    S: + kept
    C: GET
    S: + here
    S: a line
    S: ..
    S: .
    -- +4m
    C: BYE
    S: + bye
    -- closed
    """#

  @Test func serverConversation() throws {
    let log = expectTranscript(Self.conversation, drives: .server, machine: { EchoServer() }, log: Self.entry) {
      event, server in
      switch event {
      case .say, .endOfContent: try server.accept()
      case .contentWanted:
        try server.sendContent([UInt8]("a line\n.".utf8).span)
        try server.finishContent()
      case .content, .violation, .closed: break
      }
    }
    #expect(
      log == [
        #"say("hello")"#, "unknownCommand", #"say("a")"#, #"say("b")"#, "lineTooLong", #"say("c")"#,
        #"content: .one dot\r\ntext\r\n"#, "endOfContent", "contentWanted", "closed(quit)"
      ])
  }

  @Test func clientConversation() {
    var step = 0
    let log = expectTranscript(
      """
      S: + ready
      C: SAY hello
      S: + hello
      C: TLS
      S: + go
      -- tls
      C: PUT
      S: + send
      C: ..stuffed
      C: .
      S: + kept
      C: GET
      S: + here
      S: ..one
      S: .
      C: BYE
      S: + bye
      -- closed
      """, drives: .client,
      machine: {
        step = 0
        return EchoClient()
      }, log: Self.entry
    ) { event, client in
      switch event {
      case .ready(let isEncrypted): try isEncrypted ? client.put() : client.say("hello")
      case .answer:
        step += 1
        try step == 1 ? client.startTLS() : client.get()
      case .contentWanted:
        try client.sendContent([UInt8](".stuffed".utf8).span)
        try client.finishContent()
      case .endOfContent: try client.bye()
      case .refused, .content, .violation, .closed: break
      }
    }
    #expect(
      log == [
        "ready(isEncrypted: false)", #"answer("hello")"#, "ready(isEncrypted: true)", "contentWanted",
        #"answer("kept")"#, #"content: .one\r\n"#, "endOfContent", "closed(quit)"
      ])
  }

  @Test func endsAndDeadlines() {
    let rows: [(transcript: String, side: Transcript.Side, log: [String])] = [
      ("S: + ready\n-- +299s\n-- +1s\nS: - too slow\n-- closed", .server, ["closed(timedOut)"]),
      ("S: + ready\nC! SAY\n-- end\n-- closed", .server, ["closed(peerClosed)"]),
      ("-- tls\nS: + ready\n-- failed\n-- closed", .server, ["closed(transportFailed)"]),
      ("S: + ready\nC: TLS\nS: + go\n-- tls failed\n-- closed", .server, ["closed(tlsFailed)"]),
      ("S: + ready\n-- do shutDown\nS: - closing\n-- closed", .server, ["closed(shutdown)"]),
      (
        "S: + ready\nC: TLS\nC! x\nS: + go\n-- closed", .server,
        ["plaintextBeforeTLS", "closed(violation(MailWire.ProtocolViolation.Fault.plaintextBeforeTLS))"]
      )
    ]
    for row in rows {
      let log = expectTranscript(
        row.transcript, drives: row.side, machine: { EchoServer() }, log: Self.entry,
        act: { name, server in if name == "shutDown" { server.shutDown() } })
      #expect(log == row.log, "\(row.transcript)")
    }
  }

  /// What a wrong machine or a wrong transcript is told.
  @Test func failures() throws {
    let rows: [(transcript: String, fragment: String)] = [
      ("S: + hello", "output differs"),
      ("C: BYE", "unexpected output before this"),
      ("S: + ready\nC: SAY a", "unexpected output at the end"),
      ("S: + ready\n-- tls", "has not asked for TLS"),
      ("S: + ready\n-- closed", "has not closed"),
      ("S: + ready\nC: BYE\nS: + bye", "no `-- closed` follows")
    ]
    for row in rows {
      let hooks = TranscriptHooks(machine: { EchoServer() }, log: Self.entry) { event, server in
        if case .say = event { try server.accept() }
      }
      let failure = #expect(throws: TranscriptFailure.self) {
        try runTranscript(Transcript(row.transcript), drives: .server, hooks)
      }
      #expect(failure?.description.contains(row.fragment) == true, "\(row) \(String(describing: failure))")
    }
    for text in ["X: a", "-- nothing", "-- +3x", #"C! \q"#, #"C! \x1"#] {
      #expect(throws: Transcript.Mistake.self, "\(text)") { try Transcript(text) }
    }
    #expect(try Transcript("C: a\nC! b\\r\\nc\nS: d").lines(of: .client).map { visible($0) } == ["a", "b", "c"])
  }

  static func entry(_ event: EchoServerEvent) -> LogEntry {
    switch event {
    case .say(let text): .line("say(\"\(visible(text))\")")
    case .content(let text): .content(text)
    case .endOfContent: .line("endOfContent")
    case .contentWanted: .line("contentWanted")
    case .violation(let violation): .line("\(violation.fault)")
    case .closed(let reason): .line("closed(\(reason))")
    }
  }

  static func entry(_ event: EchoClientEvent) -> LogEntry {
    switch event {
    case .content(let text): .content(text)
    case .answer(let text): .line("answer(\"\(visible(text))\")")
    case .violation(let violation): .line("\(violation.fault)")
    case .closed(let reason): .line("closed(\(reason))")
    case .ready, .refused, .contentWanted, .endOfContent: .line("\(event)")
    }
  }
}
