import MailTestKit
import MailTransport
import MailWire
import SMTP
import SMTPCodec
import Testing

@Suite struct SMTPPairTests {
  /// What the two hosts saw of a session.
  struct Session {
    var message: [UInt8] = []
    var incoming: [UInt8] = []
    var stored: [[UInt8]] = []
    var accepted: [ForwardPath] = []
    var storedFor: [[ForwardPath]] = []
    var outcomes: [SMTPOutcome] = []
    var clientEnd: CloseReason?
    var serverEnd: CloseReason?
    var violations: [ProtocolViolation] = []
    var remaining = 3
    var sent = 0
  }

  /// Three messages over one session: some recipients refused, TLS or not, pipelining or not.
  private func run(_ seed: UInt64, _ conditions: PairConditions) throws -> (Session, String, [ForwardPath]) {
    var random = SplitMix64(seed: seed)
    let offersTLS = random.below(2) == 0
    var server = try serverConfiguration {
      $0.offersStartTLS = offersTLS
      $0.contentPolicy = .verbatim
    }
    server.limits.connection.unwrittenBytes = 64 + random.below(2000)
    var client = try clientConfiguration {
      $0.security = offersTLS ? .required : .none
      $0.pipelines = random.below(2) == 0
    }
    client.limits.unwrittenBytes = 64 + random.below(2000)
    var recipients: [ForwardPath] = []
    for index in 0...random.below(20) {
      recipients.append(.mailbox(try Mailbox("\(random.below(4) == 0 ? "no" : "u")\(index)@domain.test")))
    }
    let envelope = SMTPEnvelope(sender: .null, recipients: recipients)
    var session = Session()
    session.message = random.hostileBytes(below: 3000)
    let chunk = 1 + random.below(700)
    var pair = MachinePair(
      SMTPClient(configuration: client), SMTPServer(configuration: server), conditions: conditions)
    let ending = try pair.run { event, client in
      try Self.handle(event, &client, &session, envelope, chunk)
    } server: { event, server in
      try Self.handle(event, &server, &session)
    }
    return (session, "\(ending)", recipients)
  }

  private static func handle(
    _ event: SMTPClientEvent, _ client: inout SMTPClient, _ session: inout Session, _ envelope: SMTPEnvelope,
    _ chunk: Int
  ) throws {
    switch event {
    case .ready:
      try client.send(envelope)
    case .contentWanted:
      let end = min(session.sent + chunk, session.message.count)
      try client.sendContent(session.message.span.extracting(session.sent..<end))
      session.sent = end
      if end == session.message.count { try client.finishContent() }
    case .outcome(let outcome):
      session.outcomes.append(outcome)
      session.sent = 0
      session.remaining -= 1
      guard client.isIdle else { return }
      if session.remaining > 0 { try client.send(envelope) } else { try client.quit() }
    case .violation(let violation): session.violations.append(violation)
    case .closed(let reason): session.clientEnd = reason
    default: break
    }
  }

  private static func handle(_ event: SMTPServerEvent, _ server: inout SMTPServer, _ session: inout Session) throws {
    switch event {
    case .mail:
      session.accepted = []
      session.incoming = []
      try server.accept()
    case .recipient(let path, _):
      if path.description.hasPrefix("<no") { return try server.reject(.noSuchUser) }
      session.accepted.append(path)
      try server.accept()
    case .content(let part): session.incoming += part
    case .contentEnds:
      session.stored.append(session.incoming)
      session.storedFor.append(session.accepted)
      try server.accept()
    case .violation(let violation): session.violations.append(violation)
    case .closed(let reason): session.serverEnd = reason
    default: break
    }
  }

  /// The text as a receiver must see it: lines that end with CRLF.
  private func canonical(_ message: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    var previous: UInt8 = 0
    for (index, byte) in message.enumerated() {
      let next = index + 1 < message.count ? message[index + 1] : 0
      if byte == 10, previous != 13 { text.append(13) }
      text.append(byte)
      if byte == 13, next != 10 { text.append(10) }
      previous = byte
    }
    if !text.isEmpty, text.last != 10 { text += [13, 10] }
    return text
  }

  @Test func everyMessageArrivesWhole() throws {
    for seed in 0..<60 as Range<UInt64> {
      let conditions = PairConditions(
        chunking: seed % 3 == 0 ? .byteByByte : .random(longest: 1 + Int(seed)), seed: seed,
        delay: .milliseconds(seed % 50))
      let (session, ending, recipients) = try run(seed, conditions)
      let wanted = recipients.filter { !$0.description.hasPrefix("<no") }
      let count = wanted.isEmpty ? 0 : 3
      let isRight =
        ending == "closed" && session.clientEnd == .quit && session.serverEnd == .quit && session.outcomes.count == 3
        && session.stored == Array(repeating: canonical(session.message), count: count) && session.violations.isEmpty
        && session.storedFor.allSatisfy { $0 == wanted }
      guard isRight else {
        Issue.record("seed \(seed): \(ending) \(session)")
        return
      }
    }
  }

  /// The connection breaks at a random step: nothing is stored that the client calls unsent, nothing that it calls
  /// accepted is missing, and what it cannot know it says.
  @Test func brokenConnections() throws {
    var ambiguous = 0
    for seed in 0..<300 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let conditions = PairConditions(
        chunking: .random(longest: 40), seed: seed, resetAfterSteps: random.below(400))
      let (session, ending, recipients) = try run(seed, conditions)
      var stored = 0
      var mayBeStored = 0
      for outcome in session.outcomes {
        let isAccepted = outcome.recipients.contains { if case .accepted = $0 { true } else { false } }
        let isAmbiguous = outcome.recipients.contains { if case .ambiguous = $0 { true } else { false } }
        if isAccepted { stored += 1 }
        if isAmbiguous { mayBeStored += 1 }
        if outcome.recipients.count != recipients.count { Issue.record("seed \(seed): an outcome without a result") }
      }
      ambiguous += mayBeStored
      let isRight =
        ending == "closed" && session.clientEnd != nil && session.serverEnd != nil
        && (stored...(stored + mayBeStored)).contains(session.stored.count)
      guard isRight else {
        Issue.record(
          "seed \(seed): \(ending) stored \(session.stored.count), accepted \(stored), ambiguous \(mayBeStored)")
        return
      }
    }
    #expect(ambiguous > 0)
  }
}
