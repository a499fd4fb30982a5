import MailWire
import SMTP
import SMTPCodec

/// A client that has mail for us: what the events of ``SMTPServer`` mean to this host.
final class SMTPSession: Connection<SMTPServer> {
  private let policy: Policy
  private let incoming: IncomingMessage
  private var account: Account?

  init(
    configuration: SMTPServerConfiguration, policy: Policy, relay: Relay, peer: Endpoint,
    descriptor: consuming Descriptor, loop: EventLoop, trace: ((TraceRecord) -> Void)?
  ) {
    self.policy = policy
    incoming = IncomingMessage(relay: relay, host: configuration.name, peer: peer)
    super.init(machine: SMTPServer(configuration: configuration), descriptor: descriptor, loop: loop, trace: trace)
  }

  override func handle(_ event: SMTPServerEvent) throws(MisuseError) {
    switch event {
    case .hello(let name, let isExtended):
      incoming.greet(name, isExtended: isExtended)

    case .authenticate(let credentials):
      account = policy.accounts.authenticate(credentials)
      try answer(refusal: account == nil ? .authenticationFailed : nil)

    case .mail(let sender, let parameters):
      let refusal = policy.refusal(of: sender, from: account)
      if refusal == nil { incoming.begin(from: sender, body: parameters.body, isAuthenticated: account != nil) }
      try answer(refusal: refusal)

    case .recipient(let path, _):
      switch policy.account(for: path) {
      case .deliver(let account):
        incoming.add(path, of: account)
        try machine.accept()
      case .relay(let mailbox):
        incoming.add(path, to: mailbox)
        try machine.accept()
      case .refuse(let reply):
        try machine.reject(reply)
      }

    case .contentBegins:
      try answer(refusal: incoming.beginContent())

    case .content(let part):
      incoming.append(part)

    case .contentEnds:
      let verdict = incoming.store()
      if verdict.isPositive { try machine.accept(verdict) } else { try machine.reject(verdict) }

    case .transactionAborted, .closed:
      incoming.forget()

    case .encrypted, .verify, .expand, .help, .quirks, .violation:
      break
    }
  }

  override func shutDown() {
    machine.shutDown()
    drain()
  }

  private func answer(refusal: SMTPReply?) throws(MisuseError) {
    if let refusal { try machine.reject(refusal) } else { try machine.accept() }
  }
}
