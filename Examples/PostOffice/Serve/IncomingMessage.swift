import MailDelivery
import MailWire
import SMTP
import SMTPCodec

/// The message of a transaction, from its sender to its place in the Maildirs and in the queue.
final class IncomingMessage {
  private let relay: Relay
  private let host: Domain
  private let peer: Endpoint
  private var helloName: [UInt8] = []
  private var isExtended = false
  private var isAuthenticated = false
  private var sender = ReversePath.null
  private var paths: [ForwardPath] = []
  private var body: BodyType?
  private var recipients: [Account] = []
  private var distant: [DeliveryRecipient] = []
  /// The beginning of the message, in which its hops are counted.
  private var beginning: OriginalMessage?
  private var localLength: UInt64 = 0
  private var hasEightBit = false
  private var delivery: Delivery?
  private var failure: SystemError?

  init(relay: Relay, host: Domain, peer: Endpoint) {
    self.relay = relay
    self.host = host
    self.peer = peer
  }

  func greet(_ name: HelloName, isExtended: Bool) {
    helloName = name.bytes
    self.isExtended = isExtended
  }

  func begin(from sender: ReversePath, body: BodyType?, isAuthenticated: Bool) {
    forget()
    self.body = body
    self.sender = sender
    self.isAuthenticated = isAuthenticated
  }

  /// Adds a recipient. Whoever is named twice gets one copy.
  func add(_ path: ForwardPath, of account: Account) {
    paths.append(path)
    if !recipients.contains(where: { $0.name == account.name }) { recipients.append(account) }
  }

  /// Adds a recipient elsewhere.
  func add(_ path: ForwardPath, to mailbox: Mailbox) {
    paths.append(path)
    if !distant.contains(where: { $0.mailbox == mailbox }) { distant.append(DeliveryRecipient(mailbox)) }
  }

  /// Opens the file; the reply says why that failed.
  func beginContent() -> SMTPReply? {
    do throws(SystemError) {
      var delivery =
        distant.isEmpty
        ? try relay.store.beginDelivery(to: recipients) : try relay.spool.beginDelivery(relay.store.nextName())
      let headers = traceHeaders(unique: delivery.unique).bytes
      if !distant.isEmpty {
        var generator = SystemRandomNumberGenerator()
        beginning = OriginalMessage(using: &generator)
        beginning?.add(headers.span)
        // The other host gets everything but the first line.
        localLength = headers.firstIndex(of: 10).map { UInt64($0 + 1) } ?? 0
      }
      try delivery.append(headers)
      self.delivery = consume delivery
      return nil
    } catch { return reply(to: error) }
  }

  func append(_ part: [UInt8]) {
    guard failure == nil else { return }
    if !distant.isEmpty, !hasEightBit { hasEightBit = part.contains { $0 > 127 } }
    if let count = beginning?.octets, count < UInt64(OriginalMessage.maximumHeader) { beginning?.add(part.span) }
    do throws(SystemError) { try delivery?.append(part) } catch { failure = error }
  }

  /// Puts the message where its recipients find it. The reply is positive when it is safe on the disk.
  func store() -> SMTPReply {
    defer { forget() }
    if let failure { return reply(to: failure) }
    guard let delivery = delivery.take() else { return .temporaryFailure }
    let maildirs = recipients.map(relay.store.maildir)
    let unique = delivery.unique
    do throws(SystemError) {
      guard !distant.isEmpty else {
        try relay.store.commit(delivery, to: maildirs)
        return SMTPReply(250, .init(2, 0, 0), "Stored as \(unique)")
      }
      var message = DeliveryMessage(from: sender)
      message.size = delivery.octets - localLength
      // Many say 8BITMIME of whatever they send. What needs it not can go anywhere.
      message.body = hasEightBit ? .eightBitMIME : body.map { $0 == .eightBitMIME ? .sevenBit : $0 }
      message.hops = beginning?.hops ?? 0
      let id = try relay.take(message, to: distant, content: delivery, and: maildirs)
      return SMTPReply(250, .init(2, 0, 0), "Queued as \(id)")
    } catch { return reply(to: error) }
  }

  /// Forgets sender, recipients and what was written.
  func forget() {
    sender = .null
    paths = []
    recipients = []
    distant = []
    beginning = nil
    body = nil
    hasEightBit = false
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
