import MailWire
import SMTP
import SMTPCodec

/// A client machine sends a message to a server machine, with STARTTLS and AUTH, in pieces of several lengths.
func checkSMTPSession(_ checks: inout Checks) {
  for length in [1, 3, 1000] {
    do throws(SyntaxError) {
      var session = try SMTPSession()
      session.run(pieces: length)
      checks.expect(session.serverEnd.isClosed && session.clientEnd.isClosed, "SMTP: the end of the session")
      checks.expect(session.wasAccepted, "SMTP: the outcome")
      checks.expect(session.wasAuthenticated, "SMTP: authentication")
      checks.expect(session.recipientCount == 1, "SMTP: the accepted recipients")
      let text: StaticString = "Subject: dots\r\n\r\n.\r\n..\r\nend\r\n"
      checks.expect(session.received == text.octets, "SMTP: the message")
    } catch {
      checks.expect(false, "SMTP: the configuration")
    }
  }
}

private struct SMTPSession: ~Copyable {
  var client: SMTPClient
  var server: SMTPServer
  var clientEnd = End()
  var serverEnd = End()
  let envelope: SMTPEnvelope
  var received: [UInt8] = []
  var recipientCount = 0
  var wasAccepted = false
  var wasAuthenticated = false

  init() throws(SyntaxError) {
    let configuration = try Self.serverConfiguration()
    let name = try HelloName(("client.test" as StaticString).octets.span)
    envelope = SMTPEnvelope(
      from: try Mailbox(("susan@website.test" as StaticString).octets.span),
      to: [
        try Mailbox(("robert@domain.test" as StaticString).octets.span),
        try Mailbox(("nobody@domain.test" as StaticString).octets.span)
      ])
    server = SMTPServer(configuration: configuration)
    client = SMTPClient(configuration: SMTPClientConfiguration(name: name))
  }

  private static func serverConfiguration() throws(SyntaxError) -> SMTPServerConfiguration {
    var configuration = SMTPServerConfiguration(name: try Domain(("mail.website.test" as StaticString).octets.span))
    configuration.offersStartTLS = true
    configuration.offersAuthentication = true
    return configuration
  }

  mutating func run(pieces length: Int) {
    for _ in 0..<100 where !(clientEnd.isClosed && serverEnd.isClosed) {
      runServer(length)
      runClient(length)
      if clientEnd.wantsTLS, serverEnd.wantsTLS {
        clientEnd.wantsTLS = false
        serverEnd.wantsTLS = false
        client.transportDidChange(.tls(TLSDescription()), at: .zero)
        server.transportDidChange(.tls(TLSDescription()), at: .zero)
      }
    }
  }

  private mutating func runClient(_ length: Int) {
    let envelope = envelope
    var wasAccepted = wasAccepted
    clientEnd.run(&client, pieces: length, to: &serverEnd) { event, client in
      switch event {
      case .ready:
        let user = ("susan" as StaticString).octets
        try? client.authenticate(Credentials(user: user, password: Secret(user)))
      case .authenticated: try? client.send(envelope)
      case .contentWanted:
        try? client.sendContent(("Subject: dots\r\n\r\n.\n..\r\nend" as StaticString).octets.span)
        try? client.finishContent()
      case .outcome(let outcome):
        if case .accepted = outcome.recipients[0], case .refused = outcome.recipients[1] { wasAccepted = true }
        try? client.quit()
      default: break
      }
    }
    self.wasAccepted = wasAccepted
  }

  private mutating func runServer(_ length: Int) {
    var received = received
    var recipientCount = recipientCount
    var wasAuthenticated = wasAuthenticated
    serverEnd.run(&server, pieces: length, to: &clientEnd) { event, server in
      switch event {
      case .authenticate(let credentials):
        wasAuthenticated = credentials.user == ("susan" as StaticString).octets
        try? server.accept()
      case .mail, .contentEnds: try? server.accept()
      case .recipient(.mailbox(let mailbox), _):
        if mailbox.bytes.first == 110 { return (try? server.reject(.noSuchUser)) ?? () }
        recipientCount += 1
        try? server.accept()
      case .content(let part): received += part
      default: break
      }
    }
    self.received = received
    self.recipientCount = recipientCount
    self.wasAuthenticated = wasAuthenticated
  }
}
