import MailDelivery
import MailTestKit
import MailWire
import SMTPCodec
import Testing

/// A host for tests: it keeps what the queue says, stores records, and answers routes by itself.
final class QueueHost {
  var queue: DeliveryQueue
  var seconds: Int64 = 0
  var store: [UInt64: [[UInt8]]] = [:]
  var log: [String] = []
  var sends: [(session: SessionID, transaction: DeliveryTransaction)] = []
  var connections: [(session: SessionID, connection: DeliveryConnection)] = []
  var reports: [DeliveryReport] = []
  var deadline: Instant?
  var route = DeliveryRoute.hosts([QueueHost.hop("mx1.test"), QueueHost.hop("mx2.test")], site: nil)
  /// How the next persist calls fail.
  var failingRecords = 0

  static func hop(_ name: String) -> NextHop {
    guard let domain = try? Domain(name) else { preconditionFailure("a bad name in a test") }
    return NextHop(.domain(domain))
  }

  init(_ configuration: DeliveryQueueConfiguration = QueueHost.plain) {
    queue = DeliveryQueue(configuration: configuration)
    queue.advance(to: .zero)
  }

  /// Retries after 5, 10 and then every 30 minutes; a notice after 4 hours; expiry after a day.
  static var plain: DeliveryQueueConfiguration {
    var configuration = DeliveryQueueConfiguration()
    configuration.schedule = RetrySchedule(.seconds(300), .seconds(600), .seconds(1800))
    configuration.schedule.expiry = .seconds(86_400)
    return configuration
  }

  func message(_ edit: (inout DeliveryMessage) -> Void = { _ in }) -> DeliveryMessage {
    var message = DeliveryMessage(from: .null)
    if let sender = try? Mailbox("susan@website.test") { message.sender = .mailbox(sender) }
    edit(&message)
    return message
  }

  @discardableResult
  func enqueue(_ message: DeliveryMessage? = nil, to names: String...) -> QueueID {
    let recipients = names.compactMap { name in (try? Mailbox(name)).map { DeliveryRecipient($0) } }
    guard let id = try? queue.enqueue(message ?? self.message(), to: recipients) else {
      preconditionFailure("a message in a test is refused")
    }
    drain()
    return id
  }

  func drain() {
    while case .event(let event) = queue.poll() {
      switch event {
      case .persist(let record):
        if failingRecords > 0 {
          failingRecords -= 1
          log.append("failed \(record.kind)")
          queue.persistFailed()
          continue
        }
        log.append("\(record.kind)")
        switch record.kind {
        case .whole: store[record.id.number] = [record.bytes]
        case .change: store[record.id.number, default: []].append(record.bytes)
        case .removal: store[record.id.number] = nil
        }
      case .accepted: log.append("accepted")
      case .refused: log.append("refused")
      case .resolve(let name):
        log.append("resolve \(String(decoding: name, as: UTF8.self))")
        queue.resolved(name, route, validFor: .seconds(300))
      case .connect(let session, let connection):
        log.append("connect \(connection.host)\(connection.isPlaintext ? " plaintext" : "")")
        connections.append((session, connection))
      case .send(let session, let transaction):
        let names = transaction.recipients.map { $0.mailbox.description }
        log.append("send \(names)")
        sends.append((session, transaction))
      case .disconnect: log.append("disconnect")
      case .report(let report):
        let items = report.recipients.map {
          "\($0.recipient.mailbox) \($0.action) \($0.status?.code.description ?? "-")"
        }
        log.append("report \(items)")
        reports.append(report)
      @unknown default: log.append("?")
      }
    }
    if case .wait(let wait) = queue.poll() { deadline = wait.deadline }
  }

  /// Takes the log.
  func taken() -> [String] {
    defer { log = [] }
    return log
  }

  func pass(_ seconds: Int64) {
    self.seconds += seconds
    queue.advance(to: .zero + .seconds(self.seconds))
    drain()
  }

  /// Answers the first session that is being opened.
  func ready(_ edit: (inout SessionCapabilities) -> Void = { _ in }) {
    var capabilities = SessionCapabilities()
    edit(&capabilities)
    let session = connections.removeFirst().session
    check((try? queue.sessionReady(session, capabilities)) != nil, "not ready")
    drain()
  }

  func fail(_ problem: DeliveryProblem = .unreachable, at stage: DeliveryStage = .connection) {
    let session = connections.removeFirst().session
    check((try? queue.sessionEnded(session, problem, at: stage)) != nil, "not failed")
    drain()
  }

  func answer(_ results: DeliveryResult...) {
    guard !sends.isEmpty else { return check(false, "nothing was sent: \(log)") }
    let session = sends.removeFirst().session
    check((try? queue.transactionEnded(session, results)) != nil, "not ended")
    drain()
  }

  static func reply(_ code: UInt16, _ text: String, at stage: DeliveryStage = .recipient) -> DeliveryResult {
    .problem(.reply(SMTPReply(SMTPReplyCode(code) ?? 500, nil, text)), at: stage)
  }

  /// Comes back after a crash with what was stored.
  func restarted() -> QueueHost {
    let host = QueueHost.init(stored: store, seconds: seconds)
    host.route = route
    host.drain()
    return host
  }

  private init(stored: [UInt64: [[UInt8]]], seconds: Int64) {
    var configuration = QueueHost.plain
    configuration.restartSpread = .zero
    queue = DeliveryQueue(configuration: configuration)
    store = stored
    self.seconds = seconds
    for records in stored.sorted(by: { $0.key < $1.key }) {
      for record in records.value {
        do throws(RecordError) { try queue.restore(record.span) } catch { check(false, "\(error)") }
      }
    }
    queue.advance(to: .zero + .seconds(seconds))
  }
}
