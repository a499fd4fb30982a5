import MailTestKit
import MailWire
import POP3
import POP3Codec

/// A post office for tests: one user, `susan` with the password `secret`, and his messages.
final class Host {
  var messages: [[UInt8]]
  var isInUse = false
  var updateFails = false
  /// How many octets are handed over at a time.
  var chunk = 7
  var isLocked = false
  var updated: [Int]?
  private var reading: (text: [UInt8], offset: Int)?

  init(_ messages: [String] = []) { self.messages = messages.map { [UInt8]($0.utf8) } }

  var maildrop: Maildrop {
    var maildrop = Maildrop()
    for (index, message) in messages.enumerated() {
      var size = CanonicalSize()
      size.add(message.span)
      guard let uniqueID = try? UniqueID("id-\(index + 1)") else { continue }
      maildrop.append(MaildropEntry(octets: size.octets, uniqueID: uniqueID))
    }
    return maildrop
  }

  /// A server whose host this is, with nothing remembered of an earlier one.
  func server(_ configure: (inout POP3ServerConfiguration) -> Void = { _ in }) -> POP3Server {
    var configuration = POP3ServerConfiguration()
    configuration.allowsPlaintextAuthentication = true
    configure(&configuration)
    isLocked = false
    updated = nil
    reading = nil
    return POP3Server(configuration: configuration)
  }

  func handle(_ event: POP3ServerEvent, _ server: inout POP3Server) throws {
    switch event {
    case .authenticate(let credentials):
      let isSusan = credentials.user == [UInt8]("susan".utf8) && credentials.password == Secret("secret")
      try answer(isSusan, &server)
    case .authenticateDigest(let name, let digest, _):
      let right = digest.withText { span in span.count == 32 && span[0] == 99 }
      try answer(right && name.description == "susan", &server)
    case .retrieve(let number, _):
      reading = (messages[number - 1], 0)
    case .contentWanted:
      guard let (text, offset) = reading else { return try server.failContent() }
      let end = min(text.count, offset + chunk)
      if offset == end { return try server.finishContent() }
      try server.sendContent(text.span.extracting(offset..<end))
      reading?.offset = end
    case .contentSuffices:
      try server.finishContent()
    case .update(let deleted):
      updated = deleted
      if updateFails { try server.reject(.notAllRemoved) } else { try server.accept() }
    case .closed:
      isLocked = false
    default:
      break
    }
  }

  private func answer(_ isRight: Bool, _ server: inout POP3Server) throws {
    guard isRight else { return try server.reject(.authenticationFailed) }
    guard !isInUse else { return try server.reject(.maildropInUse) }
    isLocked = true
    try server.accept(maildrop)
  }
}

/// What the log says of a server's event: content of commands, not how they were cut.
func logEntry(_ event: POP3ServerEvent) -> LogEntry {
  switch event {
  case .contentWanted: .none
  case .authenticate(let credentials): .line("authenticate \(String(decoding: credentials.user, as: UTF8.self))")
  default: .line("\(event)")
  }
}

/// What the log says of a client's event.
func logEntry(_ event: POP3ClientEvent) -> LogEntry {
  switch event {
  case .content(let part): .content(part)
  case .listing(let rows): .line("listing " + rows.map { "\($0.number):\($0.octets)" }.joined(separator: " "))
  case .uniqueIDs(let rows): .line("uniqueIDs " + rows.map { "\($0.number):\($0.uniqueID)" }.joined(separator: " "))
  case .ready(let capabilities): .line("ready " + capabilities.all.map(\.description).joined(separator: ","))
  case .capabilities(let capabilities):
    .line("capabilities " + capabilities.all.map(\.description).joined(separator: ","))
  case .refused(let command, let response):
    .line("refused \(visible(command.encoded.dropLast(2))): \(response)")
  case .greeting(let response): .line("greeting \(response)")
  case .authenticated(let response): .line("authenticated \(response)")
  case .authenticationFailed(let response): .line("authenticationFailed \(response)")
  default: .line("\(event)")
  }
}
