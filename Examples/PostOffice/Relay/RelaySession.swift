import MailDelivery
import MailWire
import SMTP
import SMTPCodec

/// A session with the next host: what the events of ``SMTPClient`` mean to the queue.
final class RelaySession: Connection<SMTPClient> {
  private let id: SessionID
  private let endpoint: Endpoint
  private let relay: Relay
  private var transaction: DeliveryTransaction?
  private var text: SpooledText?
  /// What the host said when it refused to go on.
  private var refusal: SMTPReply?
  /// The results of a transaction behind which the session ends.
  private var results: [DeliveryResult]?
  private var isReady = false
  private var isConnected = false
  /// Whether the queue is done with this session.
  private var isDismissed = false

  init(
    id: SessionID, name: HelloName, endpoint: Endpoint, relay: Relay, descriptor: consuming Descriptor,
    trace: ((TraceRecord) -> Void)?
  ) {
    self.id = id
    self.endpoint = endpoint
    self.relay = relay
    var configuration = SMTPClientConfiguration(name: name)
    // This program has no TLS.
    configuration.security = .none
    configuration.tracing = trace != nil
    super.init(
      machine: SMTPClient(configuration: configuration), descriptor: descriptor, loop: relay.loop, trace: trace)
  }

  override func connectionFailed() {
    if !isDismissed { relay.unreachable(id, endpoint) }
  }

  /// Sends a message to some of its recipients.
  func send(_ transaction: DeliveryTransaction) {
    self.transaction = transaction
    do throws(SystemError) { text = try SpooledText(path: relay.spool.contentPath(transaction.id)) } catch {
      Console.complaint("a message cannot be read: \(error)")
      return conclude(every: .problem(.reply(.temporaryFailure), at: .sender))
    }
    let message = transaction.message
    let paths = transaction.recipients.map { ForwardPath.mailbox($0.mailbox) }
    var envelope = SMTPEnvelope(sender: message.sender, recipients: paths, size: message.size)
    if machine.capabilities.offersEightBitMIME { envelope.body = message.body }
    do { try machine.send(envelope) } catch {
      return conclude(every: .problem(error == .tooLong ? .reply(.messageTooLarge) : .disconnected, at: .sender))
    }
    drain()
  }

  /// Nothing more is to be sent: says goodbye, or hangs up in the middle of something.
  func finish() {
    isDismissed = true
    if !isConnected { return dropConnecting() }
    // A message that is on its way arrives, and the queue is told.
    if transaction != nil { return }
    do { try machine.quit() } catch { machine.close() }
    drain()
  }

  override func shutDown() {}

  override func handle(_ event: SMTPClientEvent) throws(MisuseError) {
    isConnected = true
    switch event {
    case .ready(let capabilities):
      isReady = true
      relay.ready(id, capabilities)

    case .contentWanted:
      try sendPart()

    case .outcome(let outcome):
      let results = outcome.recipients.map(result)
      if machine.isIdle { conclude(results) } else { self.results = results }

    case .refused(let reply):
      refusal = reply

    case .closed(let reason):
      close(reason)

    case .recipient, .reply, .encrypted, .authenticated, .authenticationFailed, .quirks, .violation:
      break
    @unknown default:
      break
    }
  }

  private func sendPart() throws(MisuseError) {
    let part: ArraySlice<UInt8>?
    do throws(SystemError) { part = try text?.next(into: &loop.readBuffer) } catch {
      Console.complaint("a message cannot be read: \(error)")
      part = nil
    }
    // Half a message must not arrive as a whole one.
    guard let part else { return machine.close() }
    if part.isEmpty { try machine.finishContent() } else { try machine.sendContent(part.span) }
  }

  private func conclude(every result: DeliveryResult) {
    conclude((transaction?.recipients ?? []).map { _ in result })
  }

  private func conclude(_ results: [DeliveryResult]) {
    transaction = nil
    text = nil
    relay.sent(id, results)
    if isDismissed { finish() }
  }

  private func close(_ reason: CloseReason) {
    text = nil
    transaction = nil
    if let results {
      self.results = nil
      return relay.sent(id, results, isOver: true)
    }
    guard !isDismissed else { return }
    relay.ended(id, problem(reason), at: isReady ? .end : machine.state == .connecting ? .greeting : .hello)
  }

  private func problem(_ reason: CloseReason) -> DeliveryProblem {
    if let refusal { return .reply(refusal) }
    return reason == .timedOut ? .timedOut : .disconnected
  }

  private func result(_ recipient: SMTPOutcome.Recipient) -> DeliveryResult {
    switch recipient {
    case .accepted: .delivered
    case .refused(let reply, let stage): .problem(.reply(reply), at: stage.delivery)
    case .ambiguous(let reason): .problem(reason == .timedOut ? .timedOut : .disconnected, at: .content)
    // It went no further than the commands, or not to the end of the message: the host does not have it.
    case .unsent(let reason): .problem(problem(reason), at: .data)
    }
  }
}

extension SMTPOutcome.Stage {
  fileprivate var delivery: DeliveryStage {
    switch self {
    case .sender: .sender
    case .recipient: .recipient
    case .data, .otherRecipient: .data
    case .content: .content
    }
  }
}
