import MailTestKit
import MailWire
import SMTP
import SMTPCodec
import Testing

/// A host for transcripts: knows robert and susan, stores nothing, and notes what it was told.
func serve(_ event: SMTPServerEvent, _ server: inout SMTPServer) throws {
  switch event {
  case .authenticate(let credentials):
    let isSusan = credentials.user == [UInt8]("susan".utf8) && credentials.password == Secret("secret")
    try isSusan ? server.accept() : server.reject(.authenticationFailed)
  case .mail(.mailbox(let sender), _) where sender.localPart.description == "banned":
    try server.reject(SMTPReply(550, .init(5, 7, 1), "Not you"))
  case .mail:
    try server.accept()
  case .recipient(.mailbox(let recipient), _) where recipient.localPart.description == "nobody":
    try server.reject(.noSuchUser)
  case .recipient, .contentEnds:
    try server.accept()
  default:
    break
  }
}

/// What the log says of an event: the octets that matter, no secrets.
func note(_ event: SMTPServerEvent) -> LogEntry {
  switch event {
  case .content(let part): .content(part)
  case .mail(let path, let parameters): .line("mail \(path) \(parameters)")
  case .recipient(let path, let parameters): .line("recipient \(path) \(parameters)")
  case .hello(let name, let isExtended): .line("\(isExtended ? "ehlo" : "helo") \(name)")
  case .authenticate(let credentials): .line("authenticate \(String(decoding: credentials.user, as: UTF8.self))")
  case .violation(let violation) where violation.fault == .illegalPipelining: .none
  case .violation(let violation): .line("violation \(violation.fault) \(violation.consequence)")
  case .closed(let reason): .line("closed \(reason)")
  default: .line("\(event)")
  }
}

func serverConfiguration(_ change: (inout SMTPServerConfiguration) -> Void = { _ in }) throws -> SMTPServerConfiguration
{
  var configuration = SMTPServerConfiguration(name: try Domain("mail.website.test"))
  change(&configuration)
  return configuration
}

/// Runs a transcript against the server in all its cuts and returns the log.
@discardableResult
func expectServer(
  _ transcript: String, _ change: @escaping (inout SMTPServerConfiguration) -> Void = { _ in },
  sourceLocation: SourceLocation = #_sourceLocation
) -> [String] {
  expectTranscript(
    transcript, drives: .server, machine: { SMTPServer(configuration: try serverConfiguration(change)) }, log: note,
    sourceLocation: sourceLocation, handle: serve,
    act: { name, server in if name == "shutdown" { server.shutDown() } })
}
