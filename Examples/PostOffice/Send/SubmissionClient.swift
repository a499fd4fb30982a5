import MailWire
import SMTP
import SMTPCodec

/// A session that hands one message to a server: what the events of ``SMTPClient`` mean to whoever sends it.
final class SubmissionClient: Connection<SMTPClient> {
  private let credentials: Credentials?
  private var envelope: SMTPEnvelope
  private let message: Descriptor
  /// What the server said to the login.
  private(set) var loginReply: SMTPReply?
  /// What became of each recipient; nil when it did not come to that.
  private(set) var outcome: SMTPOutcome?
  /// Why it did not come to that.
  private(set) var failure: String?
  private(set) var isOver = false

  init(
    name: HelloName, envelope: SMTPEnvelope, credentials: Credentials?, message: consuming Descriptor,
    descriptor: consuming Descriptor, loop: EventLoop, trace: ((TraceRecord) -> Void)? = nil
  ) {
    self.envelope = envelope
    self.credentials = credentials
    self.message = message
    var configuration = SMTPClientConfiguration(name: name)
    // This program has no TLS, so it sends passwords only to its own machine.
    configuration.security = .none
    configuration.allowsPlaintextAuthentication = Socket.peerEndpoint(of: descriptor).isLoopback
    configuration.tracing = trace != nil
    super.init(machine: SMTPClient(configuration: configuration), descriptor: descriptor, loop: loop, trace: trace)
  }

  override func handle(_ event: SMTPClientEvent) throws(MisuseError) {
    switch event {
    case .ready:
      if let credentials { try logIn(credentials) } else { try sendEnvelope() }

    case .authenticated(let reply):
      loginReply = reply
      try sendEnvelope()

    case .authenticationFailed(let reply):
      loginReply = reply
      failure = "the server refused the login: \(reply)"
      try machine.quit()

    case .contentWanted:
      try sendPart()

    case .outcome(let outcome):
      self.outcome = outcome
      if machine.isIdle { try machine.quit() }

    case .refused(let reply):
      failure = "the server refused service: \(reply)"

    case .closed(let reason):
      if failure == nil, outcome == nil { failure = "the connection ended too early: \(reason)" }
      isOver = true

    case .recipient, .reply, .encrypted, .quirks, .violation:
      break
    }
  }

  private func logIn(_ credentials: Credentials) throws(MisuseError) {
    do { try machine.authenticate(credentials) } catch {
      failure =
        switch error {
        case .notOffered: "the server offers no login"
        case .encryptionRequired: "there is no TLS here, so a password goes to this machine only"
        default: "the name or the password cannot be sent"
        }
      try machine.quit()
    }
  }

  private func sendEnvelope() throws(MisuseError) {
    if machine.capabilities.offersEightBitMIME { envelope.body = .eightBitMIME }
    do { try machine.send(envelope) } catch {
      failure = error == .tooLong ? "the message is larger than the server takes" : "the message cannot be sent"
      try machine.quit()
    }
  }

  private func sendPart() throws(MisuseError) {
    switch message.receive(into: &loop.readBuffer) {
    case .bytes(let count):
      let buffer = loop.readBuffer
      try machine.sendContent(buffer.span.extracting(first: count))
    case .end:
      try machine.finishContent()
    case .notNow, .failed:
      // Half a message must not arrive as a whole one.
      failure = "the message cannot be read to its end"
      machine.close()
    }
  }
}
