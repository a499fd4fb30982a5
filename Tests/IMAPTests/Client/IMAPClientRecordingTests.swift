import IMAP
@_spi(MailCodec) import IMAPCodec
import MailTestKit
@_spi(MailCodec) import MailWire
import Testing

/// What Dovecot said to other clients, said to ours: it gives the recorded commands, and the tags are put right.
@Suite struct IMAPClientRecordingTests {
  @Test func sessions() throws {
    var sessions = 0
    var completions = 0
    var violations: [String] = []
    for recording in try Recording.all(in: "IMAP") {
      // These are wrong on purpose, compressed, or announce literals that they do not send.
      guard !["raw-errors", "starttls", "mutt", "raw-modify"].contains(where: { recording.name.contains($0) }) else {
        continue
      }
      var whole: [String] = []
      for seed in [UInt64(0), 1, 2] {
        var run = ReplayedSession(seed: seed)
        try run.play(recording)
        completions += run.completed
        if seed == 0 { whole = run.log.lines } else { check(run.log.lines == whole, "\(recording.name), seed \(seed)") }
        violations += run.violations.map { "\(recording.name): \($0)" }
        check(!run.hasClosed || run.saidGoodbye, "\(recording.name) closed: \(run.violations)")
      }
      sessions += 1
    }
    check(sessions > 15 && completions > 300, "\(sessions) sessions, \(completions) completions")
    check(violations.isEmpty, violations.prefix(10).joined(separator: "\n"))
  }
}

/// A client that is driven by one recording.
private struct ReplayedSession: ~Copyable {
  var client: IMAPClient
  var generator: SplitMix64
  let seed: UInt64
  /// The recorded tags and ours.
  var tags: [[UInt8]: String] = [:]
  var tagCount = 0
  /// The recorded tags of commands that our client does not send.
  var refused: Set<[UInt8]> = []
  var commands = IMAPUnitStream(.commands, quirks: .lenient)
  var commandBytes = ReceiveBuffer()
  var log = EventLog()
  var completed = 0
  var last = ""
  var violations: [String] = []
  var hasClosed = false
  var saidGoodbye = false
  var content: [UInt8] = []
  var position: AppendContinuation.Position?

  init(seed: UInt64) {
    var configuration = IMAPClientConfiguration()
    configuration.security = .none
    configuration.allowsPlaintextAuthentication = true
    configuration.asksCapabilitiesAfterLogin = false
    client = IMAPClient(configuration: configuration)
    generator = SplitMix64(seed: seed)
    self.seed = seed
  }

  mutating func play(_ recording: Recording) throws {
    for step in recording.steps {
      switch step {
      case .tls: client.transportDidChange(.tls(TLSDescription()), at: .zero)
      case .block(.client, let bytes): give(bytes)
      case .block(.server, let bytes): receive(translate(bytes))
      }
      pump()
    }
  }

  private mutating func give(_ bytes: [UInt8]) {
    commandBytes.append(bytes.span)
    loop: while true {
      switch commands.next(in: &commandBytes) {
      case .incomplete, .failed, .discarded: break loop
      case .unit: giveCommand()
      case .contentBegins(_, .message(let next)):
        giveCommand()
        position = next
      case .content: content += commands.content(in: commandBytes).copied()
      case .endOfContent, .continuationWanted, .contentBegins: break
      }
      pump()
    }
  }

  /// Gives what there is of a message, as soon as it is wanted.
  private mutating func giveContent() {
    guard !content.isEmpty else { return }
    let part = content
    // Until the server takes the literal, it waits.
    guard (try? client.sendContent(part.span)) != nil else { return }
    content = []
  }

  private mutating func giveCommand() {
    let text = commands.unit(in: commandBytes).text.copied()
    if text.elementsEqual("DONE".utf8) || text.elementsEqual("done".utf8) { return finishIdle() }
    if let position {
      self.position = nil
      pump()
      guard let next = try? AppendContinuation(parsing: text.span, at: position, quirks: .lenient) else { return }
      try? client.finishContent(next.next, urls: next.urls)
      return
    }
    guard let command = try? TaggedCommand(text.span, quirks: .lenient) else {
      // Wrong on purpose.
      if let end = text.firstIndex(of: 32) { refused.insert([UInt8](text[..<end])) }
      return
    }
    do {
      try client.send(command.command, order: .immediate)
      tagCount += 1
      tags[command.tag.bytes] = "A\(tagCount)"
    } catch {
      refused.insert(command.tag.bytes)
    }
  }

  private mutating func finishIdle() { try? client.finishIdle() }

  /// The server's octets with the tags of our client: a recorded tag stands at the beginning of a line, or in ESEARCH.
  private func translate(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for line in bytes.split(separator: 10, omittingEmptySubsequences: false) {
      var line = [UInt8](line)
      if let end = line.firstIndex(of: 32), refused.contains([UInt8](line[..<end])) { continue }
      if let end = line.firstIndex(of: 32), let tag = tags[[UInt8](line[..<end])] {
        line = [UInt8](tag.utf8) + line[end...]
      }
      for (old, new) in tags {
        let pattern = [UInt8]("(TAG \"".utf8) + old + [34]
        if let place = line.firstRange(of: pattern) {
          line.replaceSubrange(place, with: [UInt8]("(TAG \"\(new)\"".utf8))
        }
      }
      result += line + [10]
    }
    result.removeLast()
    return result
  }

  private mutating func receive(_ bytes: [UInt8]) {
    last = visible(bytes)
    let pieces = seed == 0 ? [0..<bytes.count] : generator.pieces(of: bytes.count, longest: seed == 1 ? 7 : 2_000)
    for piece in pieces {
      client.receive(bytes.span.extracting(piece), at: .zero)
      pump()
    }
  }

  private mutating func pump() {
    giveContent()
    for _ in 0..<100_000 {
      switch client.poll() {
      case .write: client.withOutbound { $0.count }
      case .event(let event): handle(event)
      case .transport, .trace: break
      case .wait: return
      }
    }
  }

  private mutating func handle(_ event: IMAPClientEvent) {
    log.append(logEntry(event))
    switch event {
    case .completed: completed += 1
    // Where our client sent a literal at once, the recorded one waited.
    case .violation(ProtocolViolation(.unsolicitedResponse, .tolerated)): break
    case .violation(let violation): violations.append("\(violation.fault) \(violation.consequence) \(last)")
    case .closed: hasClosed = true
    case .response(.status(let status), for: _) where status.condition == .bye: saidGoodbye = true
    case .contentWanted: giveContent()
    case .challenge: try? client.respond(Secret("x"))
    default: break
    }
  }
}
