import MailTestKit
import MailWire
import SMTP
import SMTPCodec
import Testing

/// What the client of a transcript does: the envelope it sends when it is ready, and how it goes on.
struct ClientPlan: Sendable {
  var recipients = ["robert@domain.test"]
  var message = "Hello\n.dot\n"
  var size: UInt64?
  var body: BodyType?
  var credentials: Credentials?
  var quits = true
  /// Answers `ready` with nothing but QUIT.
  var sendsNothing = false

  func handle(_ event: SMTPClientEvent, _ client: inout SMTPClient) throws {
    switch event {
    case .ready:
      if let credentials {
        try client.authenticate(credentials)
      } else {
        try send(&client)
      }
    case .authenticated, .authenticationFailed:
      try send(&client)
    case .contentWanted:
      let bytes = [UInt8](message.utf8)
      try client.sendContent(bytes.span)
      try client.finishContent()
    case .outcome:
      if quits, client.isIdle { try client.quit() }
    default:
      break
    }
  }

  private func send(_ client: inout SMTPClient) throws {
    if sendsNothing { return try client.quit() }
    let mailboxes = try recipients.map { ForwardPath.mailbox(try Mailbox($0)) }
    let sender = ReversePath.mailbox(try Mailbox("susan@website.test"))
    try client.send(SMTPEnvelope(sender: sender, recipients: mailboxes, size: size, body: body))
  }
}

func note(_ event: SMTPClientEvent) -> LogEntry {
  switch event {
  case .ready(let capabilities):
    .line("ready \(capabilities.entries.map(\.keyword.description).joined(separator: " "))")
  case .recipient(let index, let reply): .line("recipient \(index) \(reply.code)")
  case .outcome(let outcome): .line("outcome " + outcome.recipients.map(note).joined(separator: ", "))
  case .refused(let reply): .line("refused \(reply)")
  case .reply(let reply): .line("reply \(reply)")
  case .authenticated: .line("authenticated")
  case .authenticationFailed(let reply): .line("authenticationFailed \(reply.code)")
  case .violation(let violation): .line("violation \(violation.fault) \(violation.consequence)")
  case .closed(let reason): .line("closed \(reason)")
  case .encrypted: .line("encrypted")
  default: .line("\(event)")
  }
}

func note(_ recipient: SMTPOutcome.Recipient) -> String {
  switch recipient {
  case .accepted(let reply): "accepted \(reply.code)"
  case .refused(let reply, let stage): "refused \(reply.code) at \(stage)"
  case .ambiguous(let reason): "ambiguous \(reason)"
  case .unsent(let reason): "unsent \(reason)"
  }
}

func clientConfiguration(_ change: (inout SMTPClientConfiguration) -> Void = { _ in }) throws -> SMTPClientConfiguration
{
  var configuration = SMTPClientConfiguration(name: try HelloName("client.test"))
  configuration.security = .none
  change(&configuration)
  return configuration
}

/// Runs a transcript against the client in all its cuts and returns the log.
@discardableResult
func expectClient(
  _ transcript: String, _ plan: ClientPlan = ClientPlan(),
  _ change: @escaping (inout SMTPClientConfiguration) -> Void = { _ in },
  sourceLocation: SourceLocation = #_sourceLocation
) -> [String] {
  expectTranscript(
    transcript, drives: .client, machine: { SMTPClient(configuration: try clientConfiguration(change)) }, log: note,
    sourceLocation: sourceLocation, handle: plan.handle)
}
