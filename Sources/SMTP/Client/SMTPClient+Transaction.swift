@_spi(MailCodec) import MailWire
@_spi(MailCodec) import SMTPCodec

extension SMTPClient {
  /// A message on its way.
  struct Transaction: Sendable {
    enum Phase {
      /// `MAIL` and `RCPT` are out or on their way.
      case envelope
      /// `DATA` is out.
      case data
      /// The server waits for the message.
      case content
      /// The message is out.
      case verdict
      /// `RSET` is out.
      case reset
    }

    let recipients: [ForwardPath]
    var phase = Phase.envelope
    var nextRecipient = 0
    var replies: [SMTPReply?]
    var senderRefusal: SMTPReply?
    var acceptedCount = 0
    /// The outcome that waits for the reply to `RSET`.
    var failure: SMTPOutcome.Recipient?
    var encoder = DotStuffingEncoder()
    var isContentWanted = false
    var hasFinalDotLeft = false

    init(_ envelope: SMTPEnvelope) {
      recipients = envelope.recipients
      replies = Array(repeating: nil, count: envelope.recipients.count)
    }

    /// The first reply that refused a recipient.
    var refusal: SMTPReply? { replies.lazy.compactMap { $0 }.first { $0.isNegative } }
  }

  /// Writes what may be written now, or asks the host for content; false when there is nothing to do.
  mutating func continueTransaction() -> Bool {
    guard let transaction else { return false }
    switch transaction.phase {
    case .envelope:
      if transaction.nextRecipient < transaction.recipients.count { return writeRecipient() }
      return expectations.isEmpty && decide()
    case .content:
      guard !transaction.isContentWanted, core.hasRoomToWrite else { return false }
      self.transaction?.isContentWanted = true
      events.append(.contentWanted)
      return true
    case .data, .verdict, .reset:
      return false
    }
  }

  /// Writes the next `RCPT`: behind the previous reply, or at once where the server takes pipelined commands.
  private mutating func writeRecipient() -> Bool {
    guard let transaction, transaction.senderRefusal == nil else {
      guard expectations.isEmpty else { return false }
      return decide()
    }
    let pipelines = configuration.pipelines && capabilities.offersPipelining
    guard pipelines ? core.hasRoomToWrite : expectations.isEmpty else { return false }
    let index = transaction.nextRecipient
    self.transaction?.nextRecipient += 1
    write(.recipient(transaction.recipients[index], ESMTPParameters()), .recipient(index))
    return true
  }

  /// All replies to the envelope are in. `DATA` is never pipelined: behind a `354` the only ways on are a message to
  /// whoever was accepted, and the end of the connection.
  private mutating func decide() -> Bool {
    guard let transaction else { return false }
    if let refusal = transaction.senderRefusal {
      concludeTransaction(.refused(refusal, at: .sender))
    } else if let refusal = transaction.refusal, transaction.acceptedCount == 0 || configuration.requiresAllRecipients {
      reset(.refused(refusal, at: .otherRecipient))
    } else {
      self.transaction?.phase = .data
      write(.data, .data)
    }
    return true
  }

  /// Takes the transaction back; `failure` is the outcome for the recipients that were not refused themselves.
  private mutating func reset(_ failure: SMTPOutcome.Recipient) {
    transaction?.phase = .reset
    transaction?.failure = failure
    write(.reset, .resetBehindTransaction)
  }

  mutating func handleTransaction(_ expectation: Expectation?, _ reply: SMTPReply) {
    switch expectation {
    case .mail:
      if reply.isPositive { dialogue.take(.mail) } else { transaction?.senderRefusal = reply }
    case .recipient(let index):
      handleRecipient(index, reply)
    case .data:
      if reply.severity == .positiveIntermediate {
        dialogue.take(.data)
        transaction?.phase = .content
      } else if reply.isPositive {
        core.abort(.unexpectedResponse)
      } else {
        reset(.refused(reply, at: .data))
      }
    case .content:
      dialogue.take(.contentEnd)
      concludeTransaction(reply.isPositive ? .accepted(reply) : .refused(reply, at: .content))
    case .resetBehindTransaction:
      dialogue.take(.reset)
      let failure = transaction?.failure ?? .refused(reply, at: .otherRecipient)
      concludeTransaction(failure)
    case .greeting, .ehlo, .helo, .startTLS, .authentication, .inquiry, .quit, nil:
      break
    }
  }

  private mutating func handleRecipient(_ index: Int, _ reply: SMTPReply) {
    guard transaction?.senderRefusal == nil else { return }
    transaction?.replies[index] = reply
    if reply.isPositive {
      dialogue.take(.recipient)
      transaction?.acceptedCount += 1
    }
    events.append(.recipient(index, reply))
  }

  /// Ends the transaction: what was refused stays refused, and the rest get `verdict`.
  mutating func concludeTransaction(_ verdict: SMTPOutcome.Recipient) {
    guard let transaction else { return }
    self.transaction = nil
    let recipients = transaction.replies.map { reply in
      if let reply, !reply.isPositive { return SMTPOutcome.Recipient.refused(reply, at: .recipient) }
      return verdict
    }
    events.append(.outcome(SMTPOutcome(recipients: recipients)))
  }

  /// The connection ended in the middle.
  mutating func abandonTransaction(_ reason: CloseReason) {
    guard let transaction else { return }
    let isAmbiguous = transaction.phase == .verdict && transaction.hasFinalDotLeft
    concludeTransaction(isAmbiguous ? .ambiguous(reason) : .unsent(reason))
  }
}
