import MailTestKit
@_spi(MailCodec) import MailWire
import SMTP
import SMTPCodec
import Testing

@Suite struct SMTPServerLimitsTests {
  /// Feeds pieces to a server that has been greeted and drains it behind each; returns what came out.
  static func run(
    _ pieces: some Sequence<[UInt8]>, _ change: (inout SMTPServerConfiguration) -> Void = { _ in },
    probe: (borrowing SMTPServer) -> Void = { _ in }
  ) throws -> (text: [UInt8], events: [SMTPServerEvent]) {
    var server = SMTPServer(configuration: try serverConfiguration(change))
    var text: [UInt8] = []
    var events: [SMTPServerEvent] = []
    for piece in [[UInt8]("".utf8)] + Array(pieces) {
      server.receive(piece.span, at: .zero)
      while true {
        let drained = try drain(&server, handle: serve)
        text += drained.bytes
        events += drained.events
        if drained.events.isEmpty { break }
      }
      probe(server)
    }
    return (text, events)
  }

  static func lines(_ text: [UInt8]) -> [String] {
    String(decoding: text, as: UTF8.self).split(separator: "\r\n").map(String.init)
  }

  @Test func commandLineLimitIsExactAndInclusive() throws {
    for (length, expected) in [(98, "250 2.0.0 OK"), (99, "500 5.5.2 Line too long")] {
      let line = "NOOP " + String(repeating: "x", count: length - 5) + "\r\n"
      let bytes = [UInt8](line.utf8)
      for cut in [1, 7, 99, bytes.count] {
        let pieces = stride(from: 0, to: bytes.count, by: cut).map { Array(bytes[$0..<min($0 + cut, bytes.count)]) }
        let output = try Self.run(pieces) { $0.limits.commandLine = 100 }
        #expect(Self.lines(output.text) == ["220 mail.website.test ESMTP", expected], "\(length) \(cut)")
      }
    }
  }

  @Test func endlessLineStaysFlat() throws {
    let chunk = [UInt8](repeating: 120, count: 65_536)
    var pieces = Array(repeating: chunk, count: 160)
    pieces.append([UInt8]("\r\nNOOP\r\n".utf8))
    var largest = 0
    let output = try Self.run(pieces, probe: { largest = max(largest, $0.retainedBytes) })
    #expect(Self.lines(output.text) == ["220 mail.website.test ESMTP", "500 5.5.2 Line too long", "250 2.0.0 OK"])
    #expect(largest <= 65_536 + 4096, "\(largest)")
  }

  @Test func tenThousandPipelinedCommands() throws {
    let input = [UInt8](String(repeating: "NOOP\r\n", count: 10_000).utf8)
    for piece in [input.count, 1000, 1] {
      let pieces = stride(from: 0, to: input.count, by: piece).map { Array(input[$0..<min($0 + piece, input.count)]) }
      let lines = Self.lines(try Self.run(pieces).text)
      #expect(lines.count == 10_001 && lines.dropFirst().allSatisfy { $0 == "250 2.0.0 OK" })
    }
  }

  @Test func recipients() throws {
    let commands =
      "EHLO x\r\nMAIL FROM:<a@b.test>\r\n" + (0..<10_000).map { "RCPT TO:<u\($0)@b.test>\r\n" }.joined()
    let lines = Self.lines(try Self.run([[UInt8](commands.utf8)]).text)
    #expect(lines.filter { $0.hasPrefix("250 2.1.5") }.count == 1000)
    #expect(lines.filter { $0.hasPrefix("452 4.5.3") }.count == 9000)
  }

  @Test func errorsAndJunk() throws {
    let errors = Self.lines(try Self.run([[UInt8](String(repeating: "FOO\r\n", count: 100).utf8)]).text)
    #expect(errors.count == 1 + 21 + 1 && errors.last == "421 4.7.0 Too many errors")
    let junk = Self.lines(
      try Self.run([[UInt8](String(repeating: "RSET\r\n", count: 100).utf8)]) { $0.limits.junkCommands = 10 }.text)
    #expect(junk.count == 1 + 11 + 1 && junk.last == "421 4.7.0 Too many errors")
  }

  @Test func messageSize() throws {
    let start = [UInt8]("EHLO x\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@b.test>\r\nDATA\r\n".utf8)
    let end = [UInt8]("\r\n.\r\nNOOP\r\n".utf8)
    for (count, isAccepted) in [(998, true), (999, false), (100_000, false)] {
      let body = [UInt8](repeating: 120, count: count)
      let output = try Self.run([start, body, end]) { $0.maximumMessageSize = 1000 }
      let lines = Self.lines(output.text)
      #expect(lines.suffix(2) == [isAccepted ? "250 2.0.0 OK" : "552 5.3.4 Message too large", "250 2.0.0 OK"])
      let content = output.events.reduce(0) { sum, event in
        if case .content(let part) = event { return sum + part.count }
        return sum
      }
      #expect(isAccepted ? content == 1000 : content <= 1000, "never more than the limit reaches the host")
    }
  }

  /// A client that does not read its replies gets no more of them.
  @Test func unreadReplies() throws {
    var server = SMTPServer(configuration: try serverConfiguration())
    _ = server.poll()
    let input = [UInt8](String(repeating: "NOOP\r\n", count: 50_000).utf8)
    server.receive(input.span, at: .zero)
    var wait: Wait?
    for _ in 0..<10 { if case .wait(let found) = server.poll() { wait = found } }
    #expect(wait?.reading == false && wait?.writing == true)
    #expect(server.retainedBytes < 300_000 + 131_072)
  }

  @Test func idleMemory() throws {
    var server = SMTPServer(configuration: try serverConfiguration())
    server.receive([UInt8]("EHLO client.test\r\nNOOP\r\n".utf8).span, at: .zero)
    _ = try drain(&server, handle: serve)
    #expect(MemoryLayout<SMTPServer>.size + server.retainedBytes <= 1024)
  }
}
