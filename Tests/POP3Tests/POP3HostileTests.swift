import MailTestKit
import MailWire
import POP3
import POP3Codec
import Testing

/// Whatever arrives, and however it is cut: no trap, one end, and the same events and octets.
@Suite struct POP3HostileTests {
  private static let commands = [
    "USER susan\r\n", "PASS secret\r\n", "AUTH PLAIN AHN1c2FuAHNlY3JldA==\r\n", "AUTH PLAIN\r\n",
    "AHN1c2FuAHNlY3JldA==\r\n",
    "*\r\n", "CAPA\r\n", "STAT\r\n", "LIST\r\n", "UIDL 1\r\n", "RETR 1\r\n", "TOP 1 1\r\n", "DELE 2\r\n", "RSET\r\n",
    "QUIT\r\n",
    "STLS\r\n", "RETR 0\r\n", "TOP 1\r\n", "GET / HTTP/1.1\r\n", "\r\n", "\n", "\r", ".\r\n", "LIST  1 \n",
    "APOP a b\r\n", "PASS "
  ]
  private static let responses = [
    "+OK\r\n", "+OK x\r\n", "-ERR [AUTH] no\r\n", "+ \r\n", "+\r\n", "USER\r\n", "SASL PLAIN\r\n", "STLS\r\n",
    "PIPELINING\r\n",
    ".\r\n", "1 2\r\n", "1 abc\r\n", "..\r\n", ".x\r\n", "+OK 1 2\r\n", "\r\n", "\n", "\r", "-ERR\r\n", "text\r\n",
    "+OK <a@b>\r\n"
  ]

  private static func input(_ words: [String], _ generator: inout SplitMix64) -> [UInt8] {
    var input: [UInt8] = []
    for _ in 0..<(1 + generator.below(14)) {
      if generator.below(7) == 0 { input += generator.hostileBytes(below: 30) }
      if generator.below(60) == 0 { input += [UInt8](repeating: 65, count: 5000) }
      input += [UInt8](words[generator.below(words.count)].utf8)
    }
    return input
  }

  @Test func server() throws {
    var generator = SplitMix64(seed: 595)
    var transactions = 0
    for round in 0..<600 {
      let input = Self.input(Self.commands, &generator)
      let opening = [UInt8]((generator.below(2) == 0 ? "USER susan\r\nPASS secret\r\n" : "").utf8)
      let host = Host(["a\r\n\r\nb\r\n.\r\n", "c"])
      func run(_ pieces: [Range<Int>]) throws -> (output: [UInt8], log: [String]) {
        var server = host.server {
          $0.quirks = round % 2 == 0 ? .server : .lenient
          $0.offersStartTLS = true
          $0.tracing = round % 5 == 0
        }
        var output: [UInt8] = []
        var log = EventLog()
        func pump() throws {
          let drained = try drain(&server) { event, server in
            log.append(logEntry(event))
            try host.handle(event, &server)
          }
          output += drained.bytes
          if drained.wait == nil { Issue.record("round \(round) does not come to rest") }
        }
        server.receive(opening.span, at: .zero)
        try pump()
        for piece in pieces {
          server.receive(input.span.extracting(piece), at: .zero)
          try pump()
        }
        server.receiveEnd(at: .zero)
        try pump()
        if log.lines.last?.hasPrefix("closed") != true {
          Issue.record("round \(round) does not close: \(visible(input))")
        }
        if log.lines.count(where: { $0.hasPrefix("closed") }) != 1 { Issue.record("round \(round) closes twice") }
        return (output, log.lines)
      }
      let whole = try run([0..<input.count])
      if whole.output.count > 60 { transactions += 1 }
      for pieces in [input.indices.map { $0..<($0 + 1) }, generator.pieces(of: input.count, longest: 9)] {
        let cut = try run(pieces)
        if cut != whole { Issue.record("round \(round), \(visible(input)):\n\(whole)\n\(cut)") }
      }
    }
    #expect(transactions > 100)
  }

  @Test func client() throws {
    var generator = SplitMix64(seed: 1734)
    for round in 0..<600 {
      let input = Self.input(Self.responses, &generator)
      let opening = [UInt8]((generator.below(3) > 0 ? "+OK\r\n+OK\r\nUSER\r\nPIPELINING\r\n.\r\n" : "").utf8)
      func run(_ pieces: [Range<Int>]) throws -> (output: [UInt8], log: [String]) {
        var configuration = POP3ClientConfiguration()
        configuration.security = round % 3 == 0 ? .opportunistic : .none
        configuration.allowsPlaintextAuthentication = true
        configuration.quirks = round % 2 == 0 ? .client : .none
        var client = POP3Client(configuration: configuration)
        var output: [UInt8] = []
        var log = EventLog()
        func pump() throws {
          let drained = try drain(&client) { event, client in
            log.append(logEntry(event))
            switch event {
            case .ready: try? client.authenticate(Credentials(user: "susan", password: "secret"))
            case .authenticated:
              try client.status()
              try client.list()
              try client.uniqueIDs()
              try client.retrieve(1)
              try client.quit()
            default: break
            }
          }
          output += drained.bytes
          if drained.wait == nil { Issue.record("round \(round) does not come to rest") }
        }
        client.receive(opening.span, at: .zero)
        try pump()
        for piece in pieces {
          client.receive(input.span.extracting(piece), at: .zero)
          try pump()
        }
        client.receiveEnd(at: .zero)
        try pump()
        if log.lines.last?.hasPrefix("closed") != true {
          Issue.record("round \(round) does not close: \(visible(input))")
        }
        return (output, log.lines)
      }
      let whole = try run([0..<input.count])
      for pieces in [input.indices.map { $0..<($0 + 1) }, generator.pieces(of: input.count, longest: 9)] {
        let cut = try run(pieces)
        if cut.log != whole.log { Issue.record("round \(round), \(visible(input)):\n\(whole)\n\(cut)") }
      }
    }
  }
}
