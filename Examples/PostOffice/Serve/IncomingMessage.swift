import MailWire
import SMTP
import SMTPCodec

/// The message of a transaction, from its sender to its place in the Maildirs.
final class IncomingMessage {
  private let mailStore: MailStore
  private let host: Domain
  private let peer: Endpoint
  private var helloName: [UInt8] = []
  private var isExtended = false
  private var isAuthenticated = false
  private var sender = ReversePath.null
  private var paths: [ForwardPath] = []
  private var recipients: [Account] = []
  private var delivery: Delivery?
  private var failure: SystemError?

  init(store: MailStore, host: Domain, peer: Endpoint) {
    mailStore = store
    self.host = host
    self.peer = peer
  }

  func greet(_ name: HelloName, isExtended: Bool) {
    helloName = name.bytes
    self.isExtended = isExtended
  }

  func begin(from sender: ReversePath, isAuthenticated: Bool) {
    forget()
    self.sender = sender
    self.isAuthenticated = isAuthenticated
  }

  /// Adds a recipient. Whoever is named twice gets one copy.
  func add(_ path: ForwardPath, of account: Account) {
    paths.append(path)
    if !recipients.contains(where: { $0.name == account.name }) { recipients.append(account) }
  }

  /// Opens the file; the reply says why that failed.
  func beginContent() -> SMTPReply? {
    do throws(SystemError) {
      var delivery = try mailStore.beginDelivery(to: recipients)
      try delivery.append(traceHeaders(unique: delivery.unique).bytes)
      self.delivery = consume delivery
      return nil
    } catch { return reply(to: error) }
  }

  func append(_ part: [UInt8]) {
    guard failure == nil else { return }
    do throws(SystemError) { try delivery?.append(part) } catch { failure = error }
  }

  /// Puts the message where its recipients find it. The reply is positive when it is safe on the disk.
  func store() -> SMTPReply {
    defer { forget() }
    if let failure { return reply(to: failure) }
    guard let delivery = delivery.take() else { return .temporaryFailure }
    let unique = delivery.unique
    do throws(SystemError) { try delivery.commit(to: recipients.map(mailStore.maildir)) } catch {
      return reply(to: error)
    }
    return SMTPReply(250, .init(2, 0, 0), "Stored as \(unique)")
  }

  /// Forgets sender, recipients and what was written.
  func forget() {
    sender = .null
    paths = []
    recipients = []
    delivery = nil
    failure = nil
  }

  private func reply(to error: SystemError) -> SMTPReply {
    Console.complaint("cannot store a message: \(error)")
    return error.isOutOfSpace ? .insufficientStorage : .temporaryFailure
  }

  private func traceHeaders(unique: String) -> TraceHeaders {
    var reversePath: [UInt8] = []
    if case .mailbox(let mailbox) = sender { reversePath = mailbox.bytes }
    var recipient: [UInt8]?
    if paths.count == 1, case .mailbox(let mailbox) = paths[0] { recipient = mailbox.bytes }
    return TraceHeaders(
      reversePath: reversePath, helloName: helloName, peer: peer, host: host.description,
      protocolName: isExtended ? (isAuthenticated ? "ESMTPA" : "ESMTP") : "SMTP", unique: unique, recipient: recipient,
      date: MailDate(secondsSince1970: Clock.microsecondsSince1970 / 1_000_000))
  }
}
