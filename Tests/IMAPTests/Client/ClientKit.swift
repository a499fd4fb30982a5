import IMAP
import IMAPCodec
import MailTestKit
import MailWire
import Testing

/// The command of a text without a tag.
func command(_ text: String) throws -> IMAPCommand {
  let bytes = [UInt8]("T \(text)\(text.hasSuffix("}") ? "\r\n" : "")".utf8)
  return try TaggedCommand(bytes.span, quirks: .lenient).command
}

/// What the log says of a client's event.
func logEntry(_ event: IMAPClientEvent) -> LogEntry {
  switch event {
  case .content(let part): .content(part)
  case .contentWanted: .none
  case .greeting(let status): .line("greeting " + text(status))
  case .ready(let capabilities): .line("ready " + text(capabilities))
  case .capabilities(let capabilities): .line("capabilities " + text(capabilities))
  case .response(let response, for: let id): .line("\(name(id)) \(text(response))")
  case .contentBegins(let header, _, for: let id): .line("\(name(id)) content of \(header.size)")
  case .completed(let id, let status): .line("\(id) " + text(status))
  case .challenge(let secret, for: let id):
    .line("\(id) challenge " + secret.withBytes { visible($0.indices.map { index in index }.count.description.utf8) })
  case .expunged(let uids): .line("expunged \(uids)")
  case .idling(let id): .line("\(id) idling")
  case .notSent(let id): .line("\(id) not sent")
  case .violation(let violation): .line("violation \(violation.fault) \(violation.consequence)")
  case .closed(let reason): .line("closed \(reason)")
  default: .line("\(event)")
  }
}

private func name(_ id: IMAPClient.CommandID?) -> String { id.map { "\($0)" } ?? "news" }

private func text(_ capabilities: IMAPCapabilities) -> String {
  let origin = capabilities.origin.map { "\($0)" } ?? "unknown"
  return ([origin] + capabilities.all.map(\.description)).joined(separator: " ")
}

private func text(_ response: UntaggedResponse) -> String {
  visible(IMAPResponse.untagged(response).encoded().bytes.dropFirst(2).dropLast(2))
}

private func text(_ status: StatusResponse) -> String { text(.status(status)) }

/// What a test's host does, one thing or several with a semicolon between them.
func act(_ text: String, _ client: inout IMAPClient) throws {
  for text in text.split(separator: "; ") { try actOnce(String(text), &client) }
}

private func actOnce(_ text: String, _ client: inout IMAPClient) throws {
  switch text {
  case "login": try client.authenticate(Credentials(user: "susan", password: "secret"))
  case "done": try client.finishIdle()
  case "close": client.close()
  case "cancel": try client.cancelAuthentication()
  case "respond": try client.respond(Secret(""))
  case let text where text.hasPrefix("respond "): try client.respond(Secret(String(text.dropFirst(8))))
  case let text where text.hasPrefix("now "): try client.send(command(String(text.dropFirst(4))), order: .immediate)
  default:
    do {
      try client.send(command(text))
    } catch {
      Issue.record("\(text): \(error)")
    }
  }
}

/// Runs a client through a transcript; the log ends with its state.
@discardableResult
func expectClient(
  _ text: String, content: [String] = [],
  configure: @escaping (inout IMAPClientConfiguration) -> Void = { _ in },
  sourceLocation: SourceLocation = #_sourceLocation
) -> [String] {
  var left: [String] = []
  return expectTranscript(
    text, drives: .client,
    machine: {
      left = content
      var configuration = IMAPClientConfiguration()
      configuration.security = .none
      configuration.allowsPlaintextAuthentication = true
      configure(&configuration)
      return IMAPClient(configuration: configuration)
    }, log: logEntry, sourceLocation: sourceLocation,
    handle: { event, client in
      guard case .contentWanted = event else { return }
      guard !left.isEmpty else { return try client.finishContent() }
      let part = left.removeFirst()
      if part == "." {
        try client.finishContent()
      } else if part.hasPrefix("|") {
        try next(String(part.dropFirst()), &client)
      } else {
        let bytes = [UInt8](part.utf8)
        try client.sendContent(bytes.span)
      }
    }, act: act)
}

/// Gives a client octets of the server and returns what it puts out.
@discardableResult
func feed(_ client: inout IMAPClient, _ text: String, at now: Instant = .zero) -> Drained<IMAPClientEvent> {
  let bytes = [UInt8](text.utf8)
  client.receive(bytes.span, at: now)
  return drain(&client) { _, _ in }
}

/// Goes on with another message, whose `APPEND` the text is, or with `TEXT` of a size.
private func next(_ text: String, _ client: inout IMAPClient) throws {
  if let size = UInt64(text) { return try client.finishContent(.text(AppendMessage.Content(size: size))) }
  guard case .append(_, let message) = try command(text) else { return }
  try client.finishContent(.message(message))
}

/// Reports the first difference between a log and the lines that it should have.
func expectLog(_ log: [String], _ expected: String, sourceLocation: SourceLocation = #_sourceLocation) {
  let expected = expected.split(separator: "\n").map { String($0.drop { $0 == " " }) }
  let same = zip(log, expected).prefix { $0 == $1 }.count
  guard same < max(log.count, expected.count) else { return }
  Issue.record(
    "line \(same + 1): expected \(same < expected.count ? expected[same] : "the end"), got \(log.dropFirst(same).joined(separator: "\n"))",
    sourceLocation: sourceLocation)
}
