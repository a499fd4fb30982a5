import MailWire
import SMTP
import SMTPCodec

/// `postoffice send`.
enum Send {
  static func run(_ options: SendOptions) -> ExitStatus {
    let message: Descriptor
    var envelope = SMTPEnvelope(sender: options.sender, recipients: options.recipients)
    do throws(SystemError) {
      if options.file == "-" {
        message = Descriptor(owning: 0)
      } else {
        if Files.isOrdinary(options.file) { envelope.size = try CanonicalSize.ofFile(options.file) }
        message = try Files.openToRead(options.file)
      }
    } catch {
      Console.complaint("cannot read \(error)")
      return .noInput
    }
    let socket: Descriptor
    do throws(SystemError) {
      Socket.ignoreBrokenPipes()
      socket = try Socket.makeConnection(to: options.server)
    } catch {
      Console.complaint("cannot connect to \(options.server): \(error)")
      return .unavailable
    }
    do {
      let loop = EventLoop()
      let client = try SubmissionClient(
        envelope: envelope, credentials: options.credentials, message: message, descriptor: socket, loop: loop)
      client.start()
      try loop.run { client.isOver }
      return report(client, envelope.recipients)
    } catch {
      Console.complaint("\(error)")
      return .failure
    }
  }

  private static func report(_ client: SubmissionClient, _ recipients: [ForwardPath]) -> ExitStatus {
    guard let outcome = client.outcome else {
      Console.complaint(client.failure ?? "nothing was sent")
      return .failure
    }
    for (recipient, result) in zip(recipients, outcome.recipients) {
      Console.line("\(recipient) \(describe(result))")
    }
    guard !outcome.isComplete else { return .success }
    Console.complaint(client.failure ?? "the message was not accepted for every recipient")
    return .failure
  }

  private static func describe(_ result: SMTPOutcome.Recipient) -> String {
    switch result {
    case .accepted(let reply): "accepted: \(reply)"
    case .refused(let reply, let stage): "refused (\(stage)): \(reply)"
    case .ambiguous(let reason): "unknown: the connection ended before the server's answer (\(reason))"
    case .unsent(let reason): "not sent: the connection ended (\(reason))"
    }
  }
}
