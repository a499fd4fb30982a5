import MailWire
import SMTP
import SMTPCodec

/// `postoffice send`.
enum Send {
  static func run(_ options: SendOptions) throws(Failure) {
    var envelope = SMTPEnvelope(sender: options.sender, recipients: options.recipients)
    let message = try Failure.explaining(.noInput, "cannot read the message") { () throws(SystemError) in
      if options.file == "-" { return Descriptor(owning: 0) }
      // A pipe is read once, so its size is not known.
      if Files.kind(of: options.file) != .other { envelope.size = try CanonicalSize.ofFile(options.file) }
      return try Files.openToRead(options.file)
    }
    let socket = try Failure.explaining(.unavailable, "cannot connect to \(options.server)") { () throws(SystemError) in
      try Socket.makeConnection(to: options.server)
    }
    // A client without a name of its own says its address.
    guard let name = try? HelloName(Socket.localEndpoint(of: socket).addressLiteral) else {
      throw Failure(.failure, "this machine's address is none that SMTP knows")
    }
    let loop = EventLoop()
    let client = SubmissionClient(
      name: name, envelope: envelope, credentials: options.credentials, message: message, descriptor: socket, loop: loop
    )
    client.start()
    try Failure.explaining(.failure, "cannot send") { () throws(SystemError) in try loop.run { client.isOver } }
    try report(client, envelope.recipients)
  }

  private static func report(_ client: SubmissionClient, _ recipients: [ForwardPath]) throws(Failure) {
    guard let outcome = client.outcome else { throw Failure(.failure, client.failure ?? "nothing was sent") }
    for (recipient, result) in zip(recipients, outcome.recipients) {
      Console.line("\(recipient) \(describe(result))")
    }
    guard !outcome.isComplete else { return }
    throw Failure(.failure, client.failure ?? "the message was not accepted for every recipient")
  }

  private static func describe(_ result: SMTPOutcome.Recipient) -> String {
    switch result {
    case .accepted(let reply): "accepted: \(reply)"
    case .refused(let reply, _): "refused: \(reply)"
    case .ambiguous(let reason): "unknown: the connection ended before the server's answer (\(reason))"
    case .unsent(let reason): "not sent: the connection ended (\(reason))"
    }
  }
}
