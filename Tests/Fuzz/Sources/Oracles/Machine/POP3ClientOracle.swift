import MailWire
import POP3
import POP3Codec

/// One octet of configuration, one that seeds the host's decisions, then a script of what the server says.
func checkPOP3Client(_ input: Span<UInt8>) throws(Finding) {
  guard input.count > 2 else { return }
  let script = Script(input, from: 2)
  // With little room to write, a response that comes before its command may be taken before the command is written.
  let isHasty = input[0] & 64 != 0
  let record = try playEveryWay(isComparable: !isHasty) { (cut, isTracing) throws(Finding) in
    var configuration = clientConfiguration(input[0])
    configuration.tracing = isTracing
    return try play(script, input, cut, configuration)
  }
  let octets = record.octets
  try require(octets.hasOnlyWholeLineEnds, "half a line end: \(octets.visible)")
}

private func clientConfiguration(_ octet: UInt8) -> POP3ClientConfiguration {
  var configuration = POP3ClientConfiguration()
  configuration.security = octet & 1 != 0 ? .required : octet & 2 != 0 ? .opportunistic : .none
  configuration.allowsPlaintextAuthentication = octet & 4 == 0
  configuration.sendsInitialResponse = octet & 8 == 0
  configuration.pipelines = octet & 16 == 0
  configuration.quirks = octet & 32 != 0 ? .none : .client
  configuration.contentPolicy = octet & 128 != 0 ? .normalise : .verbatim
  configuration.limits.responseLine = 128
  configuration.limits.listingRows = 6
  configuration.limits.capabilities = 8
  configuration.limits.pipelinedCommands = 3
  configuration.limits.connection.unreadBytes = 512
  configuration.limits.connection.unwrittenBytes = octet & 64 != 0 ? 32 : 65_536
  return configuration
}

private func play(
  _ script: Script, _ input: Span<UInt8>, _ cut: Cut, _ configuration: POP3ClientConfiguration
) throws(Finding) -> Record {
  var machine = POP3Client(configuration: configuration)
  var decisions = Decisions(seed: input[1])
  var isInContent = false
  var session = Session<POP3Client>(
    input, cut,
    handle: { event, machine, record throws(Finding) in
      switch event {
      case .messageBegins: isInContent = true
      case .content: try require(isInContent, "content outside a message")
      case .contentEnds: isInContent = false
      case .closed:
        // How much of a message came out before it was cut off may depend on how it arrived.
        if isInContent { record.dropContent() }
        isInContent = false
      default: break
      }
      record.append(event.entry)
      go(on: event, &machine, &decisions)
    },
    command: { octet, machine in
      // Commands out of season are refused and change nothing.
      switch octet & 3 {
      case 0: try? machine.quit()
      case 1: try? machine.noop()
      case 2: machine.close()
      default: try? machine.retrieve(Int(octet))
      }
    },
    retainedBytes: { $0.retainedBytes })
  try session.play(script, input, &machine)
  return session.record
}

/// A host that logs in, and then gives some commands at once whenever one is done.
private func go(on event: POP3ClientEvent, _ machine: inout POP3Client, _ decisions: inout Decisions) {
  switch event {
  case .ready, .authenticationFailed:
    try? machine.authenticate(Credentials(user: "susan", password: "secret"))
  case .authenticated, .status, .listing, .uniqueIDs, .contentEnds, .deleted, .done, .refused:
    for _ in 0..<decisions.next(below: 4) {
      switch decisions.next(below: 12) {
      case 0: try? machine.status()
      case 1: try? machine.list()
      case 2: try? machine.list(2)
      case 3: try? machine.uniqueIDs()
      case 4: try? machine.uniqueIDs(1)
      case 5, 6: try? machine.retrieve(1)
      case 7: try? machine.top(2, lines: 3)
      case 8: try? machine.delete(1)
      case 9: try? machine.reset()
      case 10: try? machine.noop()
      default: try? machine.quit()
      }
    }
  default:
    break
  }
}

extension POP3ClientEvent {
  fileprivate var entry: Record.Entry {
    switch self {
    case .greeting(let response): .event("greeting", response.encoded)
    case .encrypted: .event("encrypted", [])
    case .ready(let capabilities): .event("ready \(capabilities.all.count)", [])
    case .authenticated(let response): .event("authenticated", response.encoded)
    case .authenticationFailed(let response): .event("authentication failed", response.encoded)
    case .capabilities(let capabilities): .event("capabilities \(capabilities.all.count)", [])
    case .status(let count, let octets): .event("status \(count) \(octets)", [])
    case .listing(let rows): .event("listing \(rows.map { "\($0.number.value) \($0.octets)" })", [])
    case .uniqueIDs(let rows): .event("unique-ids \(rows.map { "\($0.number.value) \($0.uniqueID)" })", [])
    case .messageBegins(let number): .event("message \(number)", [])
    case .content(let part): .content(part)
    case .contentEnds: .event("content ends", [])
    case .deleted(let number): .event("deleted \(number)", [])
    case .done(let command): .event("done", command.encoded)
    case .updated: .event("updated", [])
    case .refused(let command, let response): .event("refused", command.encoded + response.encoded)
    case .quirks(let quirks): .event("quirks \(quirks.rawValue)", [])
    case .violation(let violation): .violation(violation)
    case .closed(let reason): .closed(reason)
    @unknown default: .event("unknown", [])
    }
  }
}
