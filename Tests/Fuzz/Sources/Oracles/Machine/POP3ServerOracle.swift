import MailWire
import POP3
import POP3Codec

/// One octet of configuration, one that seeds the host's decisions, then a script of what the client says.
func checkPOP3Server(_ input: Span<UInt8>) throws(Finding) {
  guard input.count > 2 else { return }
  let script = Script(input, from: 2)
  let record = try playEveryWay { (cut, isTracing) throws(Finding) in
    var configuration = try serverConfiguration(input[0])
    configuration.tracing = isTracing
    return try play(script, input, cut, configuration)
  }
  let octets = record.octets
  try require(octets.hasOnlyWholeLineEnds, "half a line end: \(octets.visible)")
}

private func serverConfiguration(_ octet: UInt8) throws(Finding) -> POP3ServerConfiguration {
  var configuration = POP3ServerConfiguration()
  configuration.offersStartTLS = octet & 1 != 0
  configuration.allowsPlaintextAuthentication = octet & 2 == 0
  if octet & 4 != 0 { configuration.timestamp = try? APOPTimestamp("<1.2@mail.test>") }
  configuration.answersLast = octet & 8 != 0
  configuration.quirks = octet & 16 != 0 ? .lenient : .server
  configuration.limits.authenticationLine = 300
  configuration.limits.errors = octet & 32 != 0 ? 3 : 20
  configuration.limits.connection.unreadBytes = 512
  configuration.limits.connection.unwrittenBytes = octet & 64 != 0 ? 64 : 65_536
  return configuration
}

private func play(
  _ script: Script, _ input: Span<UInt8>, _ cut: Cut, _ configuration: POP3ServerConfiguration
) throws(Finding) -> Record {
  var machine = POP3Server(configuration: configuration)
  var host = POP3ServerHost(decisions: Decisions(seed: input[1]), messages: try POP3ServerHost.messages())
  var session = Session<POP3Server>(
    input, cut,
    handle: { event, machine, record throws(Finding) in
      if let entry = event.entry { record.append(entry) }
      try host.handle(event, &machine)
    },
    command: { octet, machine throws(Finding) in
      if octet & 1 == 0 { return machine.shutDown() }
      try require((try? machine.accept()) == nil, "an answer is taken although nothing was asked")
      try require((try? machine.finishContent()) == nil, "content is taken although nothing was asked")
    },
    retainedBytes: { $0.retainedBytes })
  try session.play(script, input, &machine)
  return session.record
}

/// A host with three messages, which it hands over in parts and sometimes not at all.
private struct POP3ServerHost {
  var decisions: Decisions
  let messages: [MaildropEntry]
  private var parts = 0

  init(decisions: Decisions, messages: [MaildropEntry]) {
    self.decisions = decisions
    self.messages = messages
  }

  static func messages() throws(Finding) -> [MaildropEntry] {
    do throws(SyntaxError) {
      return [
        MaildropEntry(octets: 120, uniqueID: try UniqueID("a")),
        MaildropEntry(octets: 0, uniqueID: try UniqueID("whqtswO00WBw418f9t5JxYwZ")),
        MaildropEntry(octets: 4_000_000_000, uniqueID: try UniqueID("~!"))
      ]
    } catch {
      throw Finding("a unique-id: \(error)")
    }
  }

  mutating func handle(_ event: POP3ServerEvent, _ machine: inout POP3Server) throws(Finding) {
    do throws(MisuseError) {
      switch event {
      case .authenticate, .authenticateDigest:
        switch decisions.next(below: 8) {
        case 0: try machine.reject(.authenticationFailed)
        case 1: try machine.reject(.maildropInUse)
        default: try machine.accept(Maildrop(messages: messages))
        }
      case .retrieve:
        parts = decisions.next(below: 6)
        if decisions.next(below: 8) == 0 { try machine.reject(.temporaryFailure) }
      case .contentWanted: try write(&machine)
      case .contentSuffices: try machine.finishContent()
      case .update:
        if decisions.next(below: 4) == 0 { try machine.reject(.notAllRemoved) } else { try machine.accept() }
      default:
        break
      }
    } catch {
      throw Finding("the answer to \(event) is refused: \(error)")
    }
  }

  private mutating func write(_ machine: inout POP3Server) throws(MisuseError) {
    let texts: [StaticString] = ["Subject: x\r\n\r\n", ".\r\n.", "\r", "\n.\n..\r\n", "text"]
    guard parts > 0 else { return try machine.finishContent() }
    parts -= 1
    try machine.sendContent(Array("\(texts[decisions.next(below: texts.count)])".utf8).span)
  }
}

extension POP3ServerEvent {
  /// What the record says of it; nil for what may depend on how the input is cut.
  fileprivate var entry: Record.Entry? {
    switch self {
    case .encrypted: .event("encrypted", [])
    case .authenticate(let credentials):
      .event("authenticate", credentials.user + [0] + credentials.password.withBytes { $0.array })
    case .authenticateDigest(let name, let digest, _): .event("digest", name.bytes + Array("\(digest)".utf8))
    case .retrieve(let message, let lines): .event("retrieve \(message) \(lines ?? -1)", [])
    case .contentWanted: .event("content wanted", [])
    case .contentSuffices: .event("content suffices", [])
    case .update(let deleted): .event("update \(deleted)", [])
    case .quirks(let quirks): .event("quirks \(quirks.rawValue)", [])
    case .violation(let violation): violation.fault == .illegalPipelining ? nil : .violation(violation)
    case .closed(let reason): .closed(reason)
    @unknown default: .event("unknown", [])
    }
  }
}
