import MailWire
import SMTP
import SMTPCodec

/// Two octets of configuration, one that seeds the host's decisions, then a script of what the client says.
func checkSMTPServer(_ input: Span<UInt8>) throws(Finding) {
  guard input.count > 3 else { return }
  let script = Script(input, from: 3)
  let record = try playEveryWay { (cut, isTracing) throws(Finding) in
    var configuration = try serverConfiguration(input[0], input[1])
    configuration.tracing = isTracing
    return try play(script, input, cut, configuration)
  }
  try checkReplies(record.octets)
}

private func serverConfiguration(_ first: UInt8, _ second: UInt8) throws(Finding) -> SMTPServerConfiguration {
  guard let name = try? Domain("mail.website.test") else { throw Finding("a domain") }
  var configuration = SMTPServerConfiguration(name: name)
  configuration.offersStartTLS = first & 1 != 0
  configuration.offersAuthentication = first & 2 != 0
  configuration.allowsPlaintextAuthentication = first & 4 != 0
  configuration.requiresAuthentication = first & 8 != 0
  configuration.requiresEncryption = first & 16 != 0
  configuration.quirks = first & 32 != 0 ? .lenient : .server
  configuration.refusesEarlyTalkers = first & 64 != 0
  configuration.greetingDelay = first & 128 != 0 ? .seconds(20) : .zero
  configuration.contentPolicy = second & 1 != 0 ? .normalise : second & 2 != 0 ? .verbatim : .reject
  configuration.hostAnswers = second & 4 != 0 ? [.hello, .data, .verify, .expand, .help] : []
  configuration.maximumMessageSize = second & 8 != 0 ? 64 : 4096
  configuration.limits.commandLine = 160
  configuration.limits.authenticationLine = 256
  configuration.limits.recipients = 3
  configuration.limits.errors = second & 16 != 0 ? 3 : 20
  configuration.limits.junkCommands = 10
  configuration.limits.connection.unreadBytes = 512
  configuration.limits.connection.unwrittenBytes = second & 32 != 0 ? 256 : 65_536
  return configuration
}

private func play(
  _ script: Script, _ input: Span<UInt8>, _ cut: Cut, _ configuration: SMTPServerConfiguration
) throws(Finding) -> Record {
  var machine = SMTPServer(configuration: configuration)
  var decisions = Decisions(seed: input[2])
  var isInContent = false
  var session = Session<SMTPServer>(
    input, cut,
    handle: { event, machine, record throws(Finding) in
      switch event {
      case .contentBegins: isInContent = true
      case .content: try require(isInContent, "content outside a message")
      case .contentEnds, .transactionAborted, .closed:
        if isInContent, !event.isContentEnd { record.dropContent() }
        isInContent = false
      default: break
      }
      if let entry = event.entry { record.append(entry) }
      if let answer = event.answer(in: configuration, &decisions) { try give(answer, to: &machine) }
    },
    command: { octet, machine throws(Finding) in
      if octet & 1 == 0 { return machine.shutDown() }
      try require((try? machine.accept()) == nil, "an answer is taken although nothing was asked")
    },
    retainedBytes: { $0.retainedBytes })
  try session.play(script, input, &machine)
  return session.record
}

private enum Answer {
  case acceptance(SMTPReply?)
  case refusal(SMTPReply)
}

private func give(_ answer: Answer, to machine: inout SMTPServer) throws(Finding) {
  do throws(MisuseError) {
    switch answer {
    case .acceptance(let reply): try machine.accept(reply)
    case .refusal(let reply): try machine.reject(reply)
    }
  } catch {
    throw Finding("the answer \(answer) is refused: \(error)")
  }
}

extension SMTPServerEvent {
  fileprivate var isContentEnd: Bool {
    if case .contentEnds = self { return true }
    return false
  }

  /// What the record says of it; nil for what may depend on how the input is cut.
  fileprivate var entry: Record.Entry? {
    switch self {
    case .hello(let name, let isExtended): .event(isExtended ? "EHLO" : "HELO", name.bytes)
    case .encrypted: .event("encrypted", [])
    case .authenticate(let credentials):
      .event("authenticate", credentials.user + [0] + credentials.password.withBytes { $0.array })
    case .mail(let path, let parameters): .event("mail", Array("\(path) \(parameters)".utf8))
    case .recipient(let path, let parameters): .event("recipient", Array("\(path) \(parameters)".utf8))
    case .contentBegins: .event("content begins", [])
    case .content(let part): .content(part)
    case .contentEnds: .event("content ends", [])
    case .transactionAborted: .event("transaction aborted", [])
    case .verify(let text): .event("VRFY", text.bytes)
    case .expand(let text): .event("EXPN", text.bytes)
    case .help(let text): .event("HELP", text.bytes)
    case .quirks(let quirks): .event("quirks \(quirks.rawValue)", [])
    case .violation(let violation):
      // Whether octets wait behind a command, or came before the greeting, is a question of how they arrive.
      violation.fault == .illegalPipelining ? nil : .violation(violation)
    case .closed(let reason): .closed(reason)
    @unknown default: .event("unknown", [])
    }
  }

  /// The host's answer; nil when nothing is asked.
  fileprivate func answer(in configuration: SMTPServerConfiguration, _ decisions: inout Decisions) -> Answer? {
    let isQuestion =
      switch self {
      case .authenticate, .mail, .recipient, .contentEnds: true
      case .hello: configuration.hostAnswers.contains(.hello)
      case .contentBegins: configuration.hostAnswers.contains(.data)
      case .verify: configuration.hostAnswers.contains(.verify)
      case .expand: configuration.hostAnswers.contains(.expand)
      case .help: configuration.hostAnswers.contains(.help)
      default: false
      }
    guard isQuestion else { return nil }
    switch decisions.next(below: 16) {
    case 0: return .refusal(.temporaryFailure)
    case 1: return .refusal(.noSuchUser)
    case 2: return .refusal(decisions.next(below: 4) == 0 ? .shuttingDown : .authenticationFailed)
    default: return .acceptance(nil)
    }
  }
}

/// All that a server says is whole replies of printable ASCII, and nothing follows a 421 or 221.
private func checkReplies(_ octets: [UInt8]) throws(Finding) {
  try require(octets.hasOnlyWholeLineEnds, "half a line end: \(octets.visible)")
  try require(octets.allSatisfy { 32...126 ~= $0 || $0 == 13 || $0 == 10 }, "octets: \(octets.visible)")
  var reply: [UInt8] = []
  var isLast = false
  for line in octets.split(separator: 10, omittingEmptySubsequences: true) {
    reply += line + [10]
    guard line.count > 3, line[line.startIndex + 3] != 45 else { continue }
    guard let parsed = try? SMTPReply(reply.span, quirks: .none) else { throw Finding("no reply: \(reply.visible)") }
    try require(!isLast, "a reply behind the last one: \(reply.visible)")
    isLast = parsed.code == 421 || parsed.code == 221
    reply = []
  }
  try require(reply.isEmpty, "half a reply: \(reply.visible)")
}
