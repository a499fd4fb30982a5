import MailWire
import SMTP
import SMTPCodec

/// Two octets of configuration, one that seeds the host's decisions, then a script of what the server says.
func checkSMTPClient(_ input: Span<UInt8>) throws(Finding) {
  guard input.count > 3 else { return }
  let script = Script(input, from: 3)
  // With little room to write, a reply that comes before its command may be taken before the command is written.
  let isHasty = input[0] & 64 != 0
  let record = try playEveryWay(isComparable: !isHasty) { (cut, isTracing) throws(Finding) in
    var configuration = try clientConfiguration(input[0])
    configuration.tracing = isTracing
    return try play(script, input, cut, configuration)
  }
  let octets = record.octets
  try require(octets.hasOnlyWholeLineEnds, "half a line end: \(octets.visible)")
}

private func clientConfiguration(_ octet: UInt8) throws(Finding) -> SMTPClientConfiguration {
  guard let name = try? HelloName("client.test") else { throw Finding("a name") }
  var configuration = SMTPClientConfiguration(name: name)
  configuration.security = octet & 1 != 0 ? .required : octet & 2 != 0 ? .opportunistic : .none
  configuration.allowsPlaintextAuthentication = octet & 4 != 0
  configuration.requiresAllRecipients = octet & 8 != 0
  configuration.pipelines = octet & 16 == 0
  configuration.quirks = octet & 32 != 0 ? .lenient : .client
  configuration.replyLimits = SMTPReplyLimits(line: 128, total: 512, lines: 12)
  configuration.limits.unreadBytes = 1024
  configuration.limits.unwrittenBytes = octet & 64 != 0 ? 128 : 65_536
  return configuration
}

private func play(
  _ script: Script, _ input: Span<UInt8>, _ cut: Cut, _ configuration: SMTPClientConfiguration
) throws(Finding) -> Record {
  var machine = SMTPClient(configuration: configuration)
  var host = SMTPClientHost(decisions: Decisions(seed: input[2]), envelopes: try SMTPClientHost.envelopes())
  var session = Session<SMTPClient>(
    input, cut,
    handle: { event, machine, record throws(Finding) in
      record.append(event.entry)
      try host.handle(event, &machine)
    },
    command: { octet, machine in
      // Commands out of season are refused and change nothing.
      switch octet & 7 {
      case 0: try? machine.quit()
      case 1: try? machine.noop()
      case 2: try? machine.finishContent()
      case 3: try? machine.sendContent([13, 10, 46, 13, 10].span)
      case 4: machine.close()
      default: try? machine.reset()
      }
    },
    retainedBytes: { $0.retainedBytes })
  try session.play(script, input, &machine)
  return session.record
}

/// A host that sends messages and asks questions, and counts that it gets an outcome for each message.
private struct SMTPClientHost {
  var decisions: Decisions
  let envelopes: [SMTPEnvelope]
  private var openTransactions = 0
  private var recipientCount = 0

  init(decisions: Decisions, envelopes: [SMTPEnvelope]) {
    self.decisions = decisions
    self.envelopes = envelopes
  }

  static func envelopes() throws(Finding) -> [SMTPEnvelope] {
    do throws(SyntaxError) {
      let susan = try Mailbox("susan@website.test")
      let robert = try Mailbox("robert@domain.test")
      return [
        SMTPEnvelope(from: susan, to: [robert], size: 100),
        SMTPEnvelope(sender: .null, recipients: [.postmaster, .mailbox(robert), .mailbox(susan)]),
        SMTPEnvelope(from: robert, to: Array(repeating: susan, count: 9), body: .sevenBit)
      ]
    } catch {
      throw Finding("an address: \(error)")
    }
  }

  mutating func handle(_ event: SMTPClientEvent, _ machine: inout SMTPClient) throws(Finding) {
    switch event {
    case .ready, .authenticated, .authenticationFailed, .reply:
      begin(&machine)
    case .contentWanted:
      try write(&machine)
    case .outcome(let outcome):
      openTransactions -= 1
      try require(openTransactions == 0, "an outcome for no transaction")
      try require(outcome.recipients.count == recipientCount, "\(outcome.recipients.count) recipients in the outcome")
      begin(&machine)
    case .closed:
      try require(openTransactions == 0, "a transaction without an outcome")
    default:
      break
    }
  }

  private mutating func begin(_ machine: inout SMTPClient) {
    switch decisions.next(below: 8) {
    case 0: try? machine.quit()
    case 1: try? machine.noop()
    case 2: try? machine.authenticate(Credentials(user: "susan", password: "secret"))
    default:
      let envelope = envelopes[decisions.next(below: envelopes.count)]
      guard (try? machine.send(envelope)) != nil else { return }
      openTransactions += 1
      recipientCount = envelope.recipients.count
    }
  }

  private mutating func write(_ machine: inout SMTPClient) throws(Finding) {
    let parts: [StaticString] = ["Subject: x\r\n\r\n", ".\r\n.", "\r", "\n.\n..\r\n", "text"]
    do throws(MisuseError) {
      let choice = decisions.next(below: parts.count + 2)
      if choice < parts.count {
        try machine.sendContent(Array("\(parts[choice])".utf8).span)
      } else {
        try machine.finishContent()
      }
    } catch {
      throw Finding("content was wanted and is refused: \(error)")
    }
  }
}

extension SMTPClientEvent {
  fileprivate var entry: Record.Entry {
    switch self {
    case .encrypted: .event("encrypted", [])
    case .ready(let capabilities):
      .event("ready", Array(capabilities.entries.map { $0.keyword.bytes + [32] + $0.parameters + [10] }.joined()))
    case .authenticated(let reply): .reply("authenticated", reply)
    case .authenticationFailed(let reply): .reply("authentication failed", reply)
    case .recipient(let index, let reply): .reply("recipient \(index)", reply)
    case .contentWanted: .event("content wanted", [])
    case .outcome(let outcome):
      .event(
        "outcome",
        outcome.recipients.map { recipient in
          switch recipient {
          case .accepted: 43
          case .refused: 45
          // Whether the final dot has left when the connection breaks is a question of time.
          case .ambiguous, .unsent: 63
          }
        })
    case .reply(let reply): .reply("reply", reply)
    case .refused(let reply): .reply("refused", reply)
    case .quirks(let quirks): .event("quirks \(quirks.rawValue)", [])
    case .violation(let violation): .violation(violation)
    case .closed(let reason): .closed(reason)
    @unknown default: .event("unknown", [])
    }
  }
}
