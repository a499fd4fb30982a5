import MailDelivery
import MailTransport
import MailWire
import SMTP
import SMTPCodec

// The README shows these functions as they stand here: a test compares them.

func submit(_ message: [UInt8], from susan: Mailbox, to robert: Mailbox, over socket: some BlockingTransport) throws {
  var driver = BlockingDriver(
    SMTPClient(configuration: .init(name: try HelloName("laptop.website.test"))), over: socket)
  try driver.run { event, client in
    switch event {
    case .ready: try client.send(SMTPEnvelope(from: susan, to: [robert]))
    case .contentWanted: try client.sendMessage(message)
    case .outcome(let outcome): print(outcome.recipients); try client.quit()
    default: break
    }
  }
}

func receive(for users: Set<Mailbox>, over socket: some BlockingTransport, store: ([UInt8]) -> Bool) throws {
  var message: [UInt8] = []
  var driver = BlockingDriver(SMTPServer(configuration: .init(name: try Domain("mail.website.test"))), over: socket)
  try driver.run { event, server in
    switch event {
    case .mail: try server.accept()
    case .recipient(.mailbox(let user), _): try users.contains(user) ? server.accept() : server.reject(.noSuchUser)
    case .recipient(.postmaster, _): try server.accept()
    case .contentBegins: message = []
    case .content(let part): message += part
    case .contentEnds: try store(message) ? server.accept() : server.reject(.temporaryFailure)
    default: break
    }
  }
}

protocol MailHost {
  mutating func store(_ record: DeliveryRecord) throws
  mutating func answer(_ id: QueueID, isAccepted: Bool)
  mutating func open(_ session: SessionID, to connection: DeliveryConnection)
  mutating func send(_ transaction: DeliveryTransaction, over session: SessionID)
  mutating func close(_ session: SessionID)
  mutating func bounce(_ report: DeliveryReport)
  func route(to domain: [UInt8]) -> DeliveryRoute
}

func relay(_ queue: inout DeliveryQueue, for host: inout some MailHost) throws -> Wait {
  while true {
    switch queue.poll() {
    case .event(.persist(let record)): try host.store(record)
    case .event(.accepted(let id)): host.answer(id, isAccepted: true)
    case .event(.refused(let id)): host.answer(id, isAccepted: false)
    case .event(.resolve(let domain)): queue.resolved(domain, host.route(to: domain), validFor: .seconds(300))
    case .event(.connect(let session, let connection)): host.open(session, to: connection)
    case .event(.send(let session, let transaction)): host.send(transaction, over: session)
    case .event(.disconnect(let session)): host.close(session)
    case .event(.report(let report)): host.bounce(report)
    case .wait(let wait): return wait
    case .write, .transport, .trace: break
    }
  }
}
