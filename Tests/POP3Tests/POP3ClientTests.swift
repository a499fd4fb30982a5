import MailTestKit
import MailWire
import POP3
import POP3Codec
import Testing

@Suite struct POP3ClientTests {
  private static let susan = Credentials(user: "susan", password: "secret")

  /// Runs a client that logs in when it is ready and then does what `-- do` and `behindLogin` name.
  @discardableResult
  private func expect(
    _ text: String, credentials: Credentials? = susan, behindLogin: [String] = [],
    configure: @escaping (inout POP3ClientConfiguration) -> Void = { _ in },
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> [String] {
    expectTranscript(
      text, drives: .client,
      machine: {
        var configuration = POP3ClientConfiguration()
        configuration.security = .none
        configuration.allowsPlaintextAuthentication = true
        configuration.asksCapabilitiesAfterLogin = false
        configure(&configuration)
        return POP3Client(configuration: configuration)
      }, log: logEntry, sourceLocation: sourceLocation,
      handle: { event, client in
        switch event {
        case .ready:
          if let credentials { try client.authenticate(credentials) }
        case .authenticated:
          for action in behindLogin { try Self.act(action, &client) }
        default: break
        }
      }, act: Self.act)
  }

  private static func act(_ text: String, _ client: inout POP3Client) throws {
    let words = text.split(separator: " ")
    let numbers = words.dropFirst().compactMap { Int($0) }
    switch words[0] {
    case "STAT": try client.status()
    case "LIST": try client.list(numbers.first)
    case "UIDL": try client.uniqueIDs(numbers.first)
    case "RETR": try client.retrieve(numbers[0])
    case "TOP": try client.top(numbers[0], lines: numbers[1])
    case "DELE": try client.delete(numbers[0])
    case "NOOP": try client.noop()
    case "RSET": try client.reset()
    case "QUIT": try client.quit()
    case "login": try client.authenticate(susan)
    case "close": client.close()
    default: Issue.record("unknown act \(text)")
    }
  }

  private static let opening = """
    S: +OK ready
    C: CAPA
    S: +OK
    S: USER
    S: .
    C: USER susan
    S: +OK
    C: PASS secret
    S: +OK welcome

    """

  @Test func session() {
    let log = expect(
      """
      S: +OK ready <1896.697170952@dbc.mtview.ca.us>
      C: CAPA
      S: +OK Capability list follows
      S: TOP
      S: SASL PLAIN
      S: X-NEW thing
      S: PIPELINING
      S: .
      C: AUTH PLAIN AHN1c2FuAHNlY3JldA==
      S: +OK welcome
      C: CAPA
      C: STAT
      C: LIST
      C: UIDL
      C: LIST 2
      C: UIDL 2
      C: RETR 1
      C: TOP 2 0
      C: RETR 3
      C: DELE 1
      C: NOOP
      C: RSET
      C: DELE 2
      C: QUIT
      S: +OK
      S: EXPIRE 0
      S: .
      S: +OK 2 320
      S: +OK 2 messages
      S: 1 120
      S: 2   200 more
      S: .
      S: +OK
      S: 1 whqtswO00WBw418f9t5JxYwZ
      S: 2 QhdPYR:00WBw1Ph7x7
      S: .
      S: +OK 2 200
      S: +OK 2 QhdPYR:00WBw1Ph7x7
      S: +OK 17 octets
      S: a
      S:
      S: +OK
      S: ..b
      S: ..
      S: .
      S: +OK
      S: .
      S: -ERR [SYS/TEMP] gone
      S: +OK deleted
      S: +OK
      S: +OK reset
      S: +OK
      S: +OK bye
      -- closed
      """,
      behindLogin: [
        "STAT", "LIST", "UIDL", "LIST 2", "UIDL 2", "RETR 1", "TOP 2 0", "RETR 3", "DELE 1", "NOOP", "RSET", "DELE 2",
        "QUIT"
      ]
    ) { $0.asksCapabilitiesAfterLogin = true }
    #expect(
      log == [
        "greeting +OK ready <1896.697170952@dbc.mtview.ca.us>", "ready TOP,SASL PLAIN,X-NEW thing,PIPELINING",
        "authenticated +OK welcome", "capabilities EXPIRE 0", "status(count: 2, octets: 320)",
        "quirks(POP3Codec.POP3Quirks(rawValue: 4))", "listing 1:120 2:200",
        "uniqueIDs 1:whqtswO00WBw418f9t5JxYwZ 2:QhdPYR:00WBw1Ph7x7", "listing 2:200", "uniqueIDs 2:QhdPYR:00WBw1Ph7x7",
        "messageBegins(1)", "content: a\\r\\n\\r\\n+OK\\r\\n.b\\r\\n.\\r\\n", "contentEnds", "messageBegins(2)",
        "contentEnds",
        "refused RETR 3: -ERR [SYS/TEMP] gone", "deleted(1)", "done(POP3Codec.POP3Command.noop)",
        "done(POP3Codec.POP3Command.reset)", "deleted(2)", "updated", "closed(MailWire.CloseReason.quit)"
      ], "\(log)")
  }

  @Test func oneAtATime() {
    expect(
      Self.opening + """
        C: STAT
        S: +OK 0 0
        C: LIST
        S: +OK
        S: .
        C: RETR 1
        S: -ERR no such message
        C: QUIT
        S: +OK
        -- closed
        """, behindLogin: ["STAT", "LIST", "RETR 1", "QUIT"])
  }

  @Test func encryption() {
    let secured = expect(
      """
      S: +OK ready <1@a>
      C: CAPA
      S: +OK
      S: SASL PLAIN
      S: STLS
      S: .
      C: STLS
      S: +OK go on
      -- tls
      C: CAPA
      S: +OK
      S: USER
      S: .
      C: USER susan
      S: +OK
      C: PASS secret
      S: +OK welcome
      """
    ) {
      $0.security = .required
      $0.allowsPlaintextAuthentication = false
    }
    #expect(secured.contains("ready USER"))
    expect(
      """
      -- tls
      S: +OK ready
      C: CAPA
      S: +OK
      S: USER
      S: STLS
      S: .
      C: USER susan
      """
    ) {
      $0.security = .required
      $0.allowsPlaintextAuthentication = false
    }
    for answer in ["S: +OK\nS: USER\nS: .", "S: -ERR unknown", "S: +OK\nS: STLS\nS: USER\nS: .\nC: STLS\nS: -ERR no"] {
      let opening = "S: +OK ready\nC: CAPA\n" + answer
      let log = expect(opening + "\n-- closed") { $0.security = .required }
      #expect(log.last?.contains("encryptionUnavailable") == true, "\(answer)")
      expect(opening + "\nC: USER susan") { $0.security = .opportunistic }
    }
    // Whatever stands behind the answer to STLS was said by somebody who saw none of our handshake.
    for behind in ["+OK\\r\\n", "+", "\\r", "\\x16", "+OK\\r\\nSASL EVIL\\r\\n.\\r\\n"] {
      let log = expect(
        """
        S: +OK ready
        C: CAPA
        S: +OK
        S: STLS
        S: .
        C: STLS
        S! +OK go on\\r\\n\(behind)
        -- closed
        """
      ) { $0.security = .opportunistic }
      #expect(log.last?.contains("plaintextBeforeTLS") == true && !log.contains { $0.contains("EVIL") }, "\(behind)")
    }
    expect("S: +OK ready\nC: CAPA\nS: +OK\nS: STLS\nS: .\nC: STLS\nS: +OK\n-- tls failed\n-- closed") {
      $0.security = .opportunistic
    }
    expect("S: +OK ready\nC: CAPA\nS: +OK\nS: STLS\nS: .\nC: STLS\nS: +OK\n-- +61s\n-- closed") {
      $0.security = .opportunistic
    }
  }

  @Test func authentication() {
    let capabilities = "S: +OK ready\nC: CAPA\nS: +OK\nS: SASL LOGIN PLAIN\nS: .\n"
    expect(capabilities + "C: AUTH PLAIN\nS: + \nC: AHN1c2FuAHNlY3JldA==\nS: +OK") { $0.sendsInitialResponse = false }
    expect(capabilities + "C: AUTH PLAIN\nS: +\nC: AHN1c2FuAHNlY3JldA==\nS: +OK") { $0.sendsInitialResponse = false }
    let quirk = expect(capabilities + "C: AUTH PLAIN\nS: +OK go\nC: AHN1c2FuAHNlY3JldA==\nS: +OK") {
      $0.sendsInitialResponse = false
    }
    #expect(quirk.contains { $0.hasPrefix("quirks") })
    // A server that passes over the initial response and asks again gets it once more, and no more often.
    let twice = "C: AUTH PLAIN AHN1c2FuAHNlY3JldA==\nS: + \nC: AHN1c2FuAHNlY3JldA==\nS: "
    expect(capabilities + twice + "+OK")
    expect(capabilities + twice + "+ \n-- closed")

    let failed = expect(
      capabilities + """
        C: AUTH PLAIN AHN1c2FuAHNlY3JldA==
        S: -ERR [AUTH] no
        -- do login
        C: AUTH PLAIN AHN1c2FuAHNlY3JldA==
        S: -ERR [IN-USE] later
        -- do QUIT
        C: QUIT
        S: +OK
        -- closed
        """)
    #expect(failed.contains("authenticationFailed -ERR [IN-USE] later") && !failed.contains("updated"))
    expect(
      "S: +OK ready\nC: CAPA\nS: -ERR\nC: USER susan\nS: -ERR no\n-- do login\nC: USER susan\nS: +OK\nC: PASS secret")

    // The line with its initial response has 255 octets at most.
    for (length, fits) in [(173, true), (174, false)] {
      let password = String(repeating: "p", count: length)
      let credentials = Credentials(user: "susan", password: password)
      let message = Base64.encode([UInt8]("\u{0}susan\u{0}\(password)".utf8).span)
      let text = String(decoding: message, as: UTF8.self)
      let exchange = fits ? "C: AUTH PLAIN \(text)\nS: +OK" : "C: AUTH PLAIN\nS: + \nC: \(text)\nS: +OK"
      #expect((text.utf8.count + 13 <= 255) == fits)
      expect(capabilities + exchange, credentials: credentials)
    }
  }

  @Test func misuse() throws {
    func error(_ body: () throws(MisuseError) -> Void) -> MisuseError? {
      do throws(MisuseError) { try body() } catch { return error }
      return nil
    }
    var configuration = POP3ClientConfiguration()
    configuration.security = .none
    var client = POP3Client(configuration: configuration)
    #expect(error { () throws(MisuseError) in try client.status() } == .outOfSequence)
    #expect(error { () throws(MisuseError) in try client.quit() } == .outOfSequence)
    #expect(error { () throws(MisuseError) in try client.authenticate(Self.susan) } == .outOfSequence)
    client.receive([UInt8]("+OK ready\r\n".utf8).span, at: .zero)
    _ = try drain(&client)
    client.receive([UInt8]("+OK\r\nUSER\r\n.\r\n".utf8).span, at: .zero)
    _ = try drain(&client)
    #expect(error { () throws(MisuseError) in try client.authenticate(Self.susan) } == .encryptionRequired)
    #expect(error { () throws(MisuseError) in try client.retrieve(1) } == .outOfSequence)

    configuration.allowsPlaintextAuthentication = true
    configuration.limits.queuedCommands = 2
    client = POP3Client(configuration: configuration)
    client.receive([UInt8]("+OK ready\r\n+OK\r\nUSER\r\n.\r\n".utf8).span, at: .zero)
    _ = try drain(&client)
    for (user, password, expected) in [
      ("a\r\nDELE 1", "x", MisuseError.badArgument), ("a", "x\r\nDELE 1", .badArgument), ("", "x", .badArgument),
      ("a", "", .badArgument), ("a", String(repeating: "p", count: 249), .tooLong),
      (String(repeating: "u", count: 249), "p", .tooLong)
    ] {
      let credentials = Credentials(user: user, password: password)
      #expect(error { () throws(MisuseError) in try client.authenticate(credentials) } == expected, "\(user)")
    }
    try client.authenticate(Self.susan)
    _ = try drain(&client)
    client.receive([UInt8]("+OK\r\n".utf8).span, at: .zero)
    #expect(try drain(&client).text == "PASS secret\\r\\n")
    client.receive([UInt8]("+OK\r\n".utf8).span, at: .zero)
    #expect(try drain(&client).text == "CAPA\\r\\n")
    client.receive([UInt8]("-ERR\r\n".utf8).span, at: .zero)
    _ = try drain(&client)
    #expect(error { () throws(MisuseError) in try client.retrieve(0) } == .badArgument)
    #expect(error { () throws(MisuseError) in try client.delete(-1) } == .badArgument)
    #expect(error { () throws(MisuseError) in try client.top(1, lines: -1) } == .badArgument)
    #expect(error { () throws(MisuseError) in try client.list(Int.max) } == .badArgument)
    try client.noop()
    try client.noop()
    #expect(error { () throws(MisuseError) in try client.noop() } == .tooMany)
    try client.quit()
    #expect(error { () throws(MisuseError) in try client.quit() } == .outOfSequence)
    #expect(error { () throws(MisuseError) in try client.noop() } == .outOfSequence)
    client.close()
    #expect(error { () throws(MisuseError) in try client.quit() } == .closed)
    let digest = try APOPDigest([UInt8]("c4c9334bac560ecc979e58001b3e22fb".utf8).span)
    let name = try POP3Text("susan")
    #expect(error { () throws(MisuseError) in try client.authenticate(name, digest: digest) } == .closed)
  }

  @Test func apop() throws {
    let name = try POP3Text("mrose")
    let digest = try APOPDigest([UInt8]("c4c9334bac560ecc979e58001b3e22fb".utf8).span)
    expectTranscript(
      """
      S: +OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>
      C: CAPA
      S: -ERR unknown
      C: APOP mrose c4c9334bac560ecc979e58001b3e22fb
      S: +OK maildrop has 1 message (369 octets)
      """, drives: .client,
      machine: {
        var configuration = POP3ClientConfiguration()
        configuration.security = .none
        return POP3Client(configuration: configuration)
      },
      handle: { event, client in
        if case .ready = event {
          #expect(client.timestamp?.description == "<1896.697170952@dbc.mtview.ca.us>")
          try client.authenticate(name, digest: digest)
        }
      })
  }

  @Test func violations() {
    let table: [(text: String, behindLogin: [String], fault: String)] = [
      ("S: * OK IMAP\n-- closed", [], "badReply"),
      ("S: +OK ready\nC: CAPA\nS: hello\n-- closed", [], "badReply"),
      ("S: +OK ready\nC: CAPA\nS: + x\n-- closed", [], "unexpectedResponse"),
      (Self.opening + "S: -ERR autologout\n-- closed", [], "unsolicitedResponse"),
      (Self.opening + "C: STAT\nS: +OK many\n-- closed", ["STAT"], "badNumber"),
      (Self.opening + "C: LIST 1\nS: +OK 0 1\n-- closed", ["LIST 1"], "badNumber"),
      (Self.opening + "C: NOOP\nS: + x\n-- closed", ["NOOP"], "unexpectedResponse"),
      (Self.opening + "C: QUIT\nS: +OK\n-- closed", ["QUIT"], "quit")
    ]
    for (text, behindLogin, fault) in table {
      let log = expect(text, behindLogin: behindLogin)
      #expect(log.last?.contains(fault) == true, "\(text): \(log)")
    }
    let refused = expect("S: -ERR [SYS/TEMP] busy\n-- closed")
    #expect(refused == ["greeting -ERR [SYS/TEMP] busy", "closed(MailWire.CloseReason.serviceRefused)"])
    // A row that cannot be read does not hide its neighbours.
    let rows = expect(
      Self.opening + "C: UIDL\nS: +OK\nS: 1 a\nS: 2\nS: 0 b\nS: 3 c\nS: .", behindLogin: ["UIDL"])
    #expect(rows.contains("uniqueIDs 1:a 3:c") && rows.filter { $0.hasPrefix("violation") }.count == 1)
    let irregular = expect(
      Self.opening + "C: RETR 1\nS! +OK\\r\\na\\nb\\r\\n\\n.\\r\\n\\r\\n.\\r\\n", behindLogin: ["RETR 1"])
    #expect(
      irregular.contains("content: a\\nb\\r\\n\\n.\\r\\n\\r\\n")
        && irregular.contains { $0.contains("irregularContent") })
    let lineFeeds = expect(
      "S! +OK ready\\n\nC: CAPA\nS! +OK\\nUSER\\n.\\n\nC: USER susan\nS! +ok\\r\\n\nC: PASS secret\nS! +OK a\\rb\\r\\r\\n"
    )
    #expect(lineFeeds.contains("authenticated +OK a b "), "\(lineFeeds)")
    expect("S! +OK ready\\n\nS! \\r\\n\nC: CAPA") { $0.quirks = .none }
  }

  @Test func endings() {
    let table: [(text: String, behindLogin: [String], reason: String)] = [
      ("-- end\n-- closed", [], "peerClosed"), ("S! +OK rea\n-- end\n-- closed", [], "peerClosed"),
      ("-- +121s\n-- closed", [], "timedOut"), (Self.opening + "-- end\n-- closed", [], "peerClosed"),
      (Self.opening + "C: STAT\n-- +121s\n-- closed", ["STAT"], "timedOut"),
      (Self.opening + "C: RETR 1\nS: +OK\nS: a\n-- +179s\nS: b\n-- +179s\n-- end\n-- closed", ["RETR 1"], "peerClosed"),
      (Self.opening + "C: RETR 1\nS: +OK\nS: a\n-- +181s\n-- closed", ["RETR 1"], "timedOut"),
      (Self.opening + "C: LIST\nS: +OK\nS: 1 1\n-- end\n-- closed", ["LIST"], "peerClosed"),
      (Self.opening + "C: QUIT\n-- end\n-- closed", ["QUIT"], "peerClosed"),
      (Self.opening + "C: QUIT\n-- +599s\nS: -ERR some messages not removed\n-- closed", ["QUIT"], "quit"),
      (Self.opening + "-- +10h\n-- do NOOP\nC: NOOP\nS: +OK\n-- failed\n-- closed", [], "transportFailed"),
      (Self.opening + "-- do close\n-- closed", [], "shutdown")
    ]
    for (text, behindLogin, reason) in table {
      let log = expect(text, behindLogin: behindLogin)
      #expect(log.last == "closed(MailWire.CloseReason.\(reason))", "\(text): \(log)")
      #expect(!log.contains("updated") && !log.contains("contentEnds"), "\(text)")
      let refused = log.contains("refused QUIT: -ERR some messages not removed")
      #expect(refused == text.contains("-ERR some"), "\(text)")
    }
    expect("S: +OK ready\nC: CAPA\nS: -ERR\n-- do QUIT\nC: QUIT\n-- end\n-- closed", credentials: nil)
  }
}
