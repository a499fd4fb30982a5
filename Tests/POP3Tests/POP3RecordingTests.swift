import MailTestKit
@_spi(MailCodec) import MailWire
import POP3Codec
import Testing

@testable import POP3

/// Sessions of real programs, replayed: the client machine must send what the recorded client sent and understand what the
/// recorded server answered, and the server machine, fed with what the recorded client sent, must answer to the same effect.
@Suite struct POP3RecordingTests {
  @Test func clientAndServer() throws {
    let recordings = try Recording.all(in: "POP3")
    #expect(recordings.count > 20)
    for recording in recordings {
      let recorded = try Replay(recording)
      let log = try recorded.clientLog(of: recording.steps)
      #expect(recorded.sent == recording.bytes(of: .client), "\(recording.name)")
      var server = try ServerReplay(recording, recorded)
      let answers = try server.steps()
      let own = try Replay(recording).clientLog(of: answers)
      let expected = log.map { Self.deviations[$0] ?? $0 }
      for (own, expected) in zip(own + ["end"], expected + ["end"]) where own != expected {
        Issue.record("\(recording.name): ours \(own.prefix(300)), recorded \(expected.prefix(300))")
        break
      }
    }
  }

  /// What our server does otherwise than the recorded one: it takes no argument to NOOP, and no USER without a name.
  private static let deviations = ["NOOP x: +": "NOOP x: -", "USER: +": "USER: -"]

  @Test func everyLine() throws {
    var commands = 0
    for recording in try Recording.all(in: "POP3") {
      for line in recording.transcript.lines(of: .client) {
        guard let command = try? POP3Command(line.span) else { continue }
        commands += 1
        #expect(command.encoded == line + [13, 10], "\(recording.name): \(visible(line))")
      }
      for line in recording.transcript.lines(of: .server) {
        guard let response = try? POP3Response(line.span) else { continue }
        #expect(response.encoded == line + [13, 10], "\(recording.name): \(visible(line))")
      }
    }
    #expect(commands > 200)
  }
}

/// What a client machine makes of a server's octets, given the commands of a recorded client.
private final class Replay {
  private(set) var sent: [UInt8] = []
  private(set) var octets: [Int: UInt64] = [:]
  private(set) var uniqueIDs: [Int: UniqueID] = [:]
  private(set) var contents: [Int: [UInt8]] = [:]
  private var password: Secret?
  private var log = EventLog()
  private var client: POP3Client
  private var raw: [String] = []
  private var message: Secret?
  private var number = 0

  init(_ recording: Recording) throws {
    var configuration = POP3ClientConfiguration()
    configuration.asksCapabilitiesAfterLogin = false
    client = POP3Client(configuration: configuration)
    var previous: [UInt8] = []
    for line in recording.transcript.lines(of: .client) {
      if line.starts(with: "PASS ".utf8) { password = Secret(Array(line.dropFirst(5))) }
      if previous == [UInt8]("AUTH PLAIN".utf8) { message = Secret(try Base64.decode(line.span)) }
      previous = line
    }
  }

  func clientLog(of steps: [Recording.Step]) throws -> [String] {
    for step in steps {
      switch step {
      case .block(.client, let bytes): try command(bytes)
      case .block(.server, let bytes): client.receive(bytes.span, at: .zero)
      case .tls: client.transportDidChange(.tls(TLSDescription()), at: .zero)
      }
      try pump()
    }
    return log.lines
  }

  /// Asks the client machine for the recorded commands, or notes that a line is beyond it.
  private func command(_ bytes: [UInt8]) throws {
    var transcript = Transcript()
    transcript.append(.client, bytes)
    for line in transcript.lines(of: .client) {
      let command = try? POP3Command(line.span)
      switch command {
      case .user(let name)?:
        client.pendingSecret = password
        client.dialogue.take(.user)
        client.send(.user(name), as: .user)
      case .password?: if password == nil || client.dialogue.state == .authorization { try sendRaw(line) }
      case .digest(let name, let digest)?:
        client.dialogue.take(.authenticate)
        client.send(.digest(name, digest), as: .digest)
      case .authenticate(.plain, let response)?:
        client.dialogue.take(.authenticate)
        client.pendingSecret = response ?? message
        client.send(.authenticate(.plain, initialResponse: response), as: .plain(hasSentResponse: response != nil))
      case .startTLS? where client.dialogue.state == .authorization:
        client.dialogue.take(.startTLS)
        client.enqueue(.startTLS)
      case .capabilities?: client.enqueue(.capabilities)
      case .status? where client.dialogue.state == .transaction: client.enqueue(.status)
      case .list(let number)?: client.enqueue(.list(number))
      case .uniqueIDs(let number)?: client.enqueue(.uniqueIDs(number))
      case .retrieve(let number)?: client.enqueue(.retrieve(number))
      case .top(let number, let lines)?: client.enqueue(.top(number, lines: lines))
      case .delete(let number)?: client.enqueue(.delete(number))
      case .noop?: client.enqueue(.noop)
      case .reset?: client.enqueue(.reset)
      case .quit?:
        client.dialogue.take(.quit)
        client.enqueue(.quit)
      default:
        // The message behind AUTH PLAIN has been sent already.
        if message == nil || message != (try? Secret(Base64.decode(line.span))) { try sendRaw(line) }
      }
    }
  }

  /// A command that no client of ours sends: what comes back is a single line.
  private func sendRaw(_ line: [UInt8]) throws {
    try pump()
    raw.append(visible(line.prefix(20)))
    client.requests.append(.noop)
    client.requests.noteSent()
    client.core.outbound.append(line)
    client.core.outbound.appendLineEnd()
  }

  private func pump() throws {
    while true {
      switch client.poll() {
      case .write:
        client.withOutbound { bytes in
          sent.append(bytes)
          return bytes.count
        }
      case .event(let event): note(event)
      case .wait: return
      case .trace, .transport: break
      }
    }
  }

  private func note(_ event: POP3ClientEvent) {
    switch event {
    case .greeting, .encrypted:
      // The recorded client decides what comes next.
      client.requests = RequestQueue()
      client.isSetUp = true
      client.pipelines = true
      if case .greeting = event { log.append(.line("greeting")) }
    case .capabilities: log.append(.line("capabilities"))
    case .authenticated: log.append(.line("authenticated"))
    case .authenticationFailed(let response):
      log.append(.line("failed \(response.code?.description ?? "")"))
    case .refused(.noop, _) where !raw.isEmpty: log.append(.line(raw.removeFirst() + ": -"))
    case .done(.noop) where !raw.isEmpty: log.append(.line(raw.removeFirst() + ": +"))
    case .refused(let command, _): log.append(.line("refused \(visible(command.encoded))"))
    case .listing(let rows):
      for row in rows { octets[row.number.value] = row.octets }
      log.append(logEntry(event))
    case .uniqueIDs(let rows):
      for row in rows { uniqueIDs[row.number.value] = row.uniqueID }
      log.append(logEntry(event))
    case .messageBegins(let number):
      self.number = number
      contents[number] = []
      log.append(logEntry(event))
    case .content(let part):
      contents[number]? += part
      log.append(logEntry(event))
    default: log.append(logEntry(event))
    }
  }
}

/// Our server in the place of the recorded one, with the maildrop that the recording shows.
private struct ServerReplay: ~Copyable {
  private let recording: Recording
  private let recorded: Replay
  private var server: POP3Server
  private var output: [UInt8] = []
  private var reading = 0

  init(_ recording: Recording, _ recorded: Replay) throws {
    self.recording = recording
    self.recorded = recorded
    var configuration = POP3ServerConfiguration()
    configuration.offersStartTLS = true
    configuration.allowsPlaintextAuthentication = true
    configuration.limits.authenticationFailures = 10
    configuration.timestamp = try APOPTimestamp("<1@a>")
    server = POP3Server(configuration: configuration)
  }

  /// The recording with our server's answers: each recorded block of the server is replaced by what ours says then.
  mutating func steps() throws -> [Recording.Step] {
    try pump()
    var steps: [Recording.Step] = [.block(.server, output)]
    for step in recording.steps {
      switch step {
      case .block(.client, let bytes):
        output = []
        server.receive(bytes.span, at: .zero)
        try pump()
        steps += [step, .block(.server, output)]
      case .block(.server, _): break
      case .tls:
        steps.append(.tls)
        server.transportDidChange(.tls(TLSDescription()), at: .zero)
        try pump()
      }
    }
    return steps
  }

  private mutating func pump() throws {
    while true {
      switch server.poll() {
      case .write:
        var bytes: [UInt8] = []
        server.takeOutbound(into: &bytes)
        output += bytes
      case .event(let event): try answer(event)
      case .wait: return
      case .trace, .transport: break
      }
    }
  }

  private mutating func answer(_ event: POP3ServerEvent) throws {
    switch event {
    case .authenticate(let credentials):
      let isRight = credentials.password == Secret("secret") && credentials.user.starts(with: "susan@".utf8)
      if isRight { try server.accept(maildrop) } else { try server.reject(.authenticationFailed) }
    case .authenticateDigest(_, let digest, _):
      let isRight = digest.withText { $0[0] != 48 }
      if isRight { try server.accept(maildrop) } else { try server.reject(.authenticationFailed) }
    case .retrieve(let number, _): reading = number
    case .contentWanted:
      let text = recorded.contents[reading] ?? []
      try server.sendContent(text.span)
      try server.finishContent()
    case .update: try server.accept()
    default: break
    }
  }

  private var maildrop: Maildrop {
    // What a recording without LIST shows in its STAT: one number that stands for all sizes.
    var maildrop = Maildrop()
    let count = max(recorded.octets.keys.max() ?? 0, recorded.uniqueIDs.keys.max() ?? 0, 24)
    for number in 1...count {
      let octets = recorded.octets[number] ?? (number == 1 && recorded.octets.isEmpty ? 100_775 : 0)
      let uniqueID = recorded.uniqueIDs[number] ?? UniqueID(unchecked: [97])
      maildrop.append(MaildropEntry(octets: octets, uniqueID: uniqueID))
    }
    if recording.name.hasSuffix("empty") { return Maildrop() }
    return maildrop
  }
}
