import MailWire
import POP3
import POP3Codec

/// A client machine fetches a message from a server machine and deletes it, with STLS, in pieces of several lengths.
func checkPOP3Session(_ checks: inout Checks) {
  let text: StaticString = "Subject: dots\r\n\r\n.\r\n..\r\nend\r\n"
  for length in [1, 3, 1000] {
    do throws(SyntaxError) {
      var session = POP3Session(uniqueID: try UniqueID(("message-1" as StaticString).octets.span), message: text.octets)
      session.run(pieces: length)
      checks.expect(session.serverEnd.isClosed && session.clientEnd.isClosed, "POP3: the end of the session")
      checks.expect(session.received == text.octets, "POP3: the message")
      checks.expect(session.deleted == [1] && session.wasUpdated, "POP3: the deletion")
    } catch {
      checks.expect(false, "POP3: the configuration")
    }
  }
}

private struct POP3Session: ~Copyable {
  var client: POP3Client
  var server: POP3Server
  var clientEnd = End()
  var serverEnd = End()
  let uniqueID: UniqueID
  let message: [UInt8]
  var received: [UInt8] = []
  var deleted: [Int] = []
  var wasUpdated = false

  init(uniqueID: UniqueID, message: [UInt8]) {
    var configuration = POP3ServerConfiguration()
    configuration.offersStartTLS = true
    server = POP3Server(configuration: configuration)
    client = POP3Client(configuration: POP3ClientConfiguration())
    self.uniqueID = uniqueID
    self.message = message
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
    let uniqueID = uniqueID
    var received = received
    var wasUpdated = wasUpdated
    clientEnd.run(&client, pieces: length, to: &serverEnd) { event, client in
      switch event {
      case .ready:
        let user = ("susan" as StaticString).octets
        try? client.authenticate(Credentials(user: user, password: Secret(user)))
      case .authenticated: try? client.uniqueIDs()
      case .uniqueIDs(let rows):
        for row in rows where row.uniqueID.bytes == uniqueID.bytes {
          try? client.retrieve(row.number.value)
          try? client.delete(row.number.value)
        }
        try? client.quit()
      case .content(let part): received += part
      case .updated: wasUpdated = true
      default: break
      }
    }
    self.received = received
    self.wasUpdated = wasUpdated
  }

  private mutating func runServer(_ length: Int) {
    let message = message
    let maildrop = Maildrop(messages: [MaildropEntry(octets: UInt64(message.count), uniqueID: uniqueID)])
    var deleted = deleted
    serverEnd.run(&server, pieces: length, to: &clientEnd) { event, server in
      switch event {
      case .authenticate: try? server.accept(maildrop)
      case .contentWanted:
        try? server.sendContent(message.span)
        try? server.finishContent()
      case .update(let numbers):
        deleted = numbers
        try? server.accept()
      default: break
      }
    }
    self.deleted = deleted
  }
}
