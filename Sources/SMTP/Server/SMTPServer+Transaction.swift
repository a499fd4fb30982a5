@_spi(MailCodec) import MailWire
@_spi(MailCodec) import SMTPCodec

extension SMTPServer {
  mutating func handleMail(_ path: ReversePath, _ parameters: ESMTPParameters) {
    guard dialogue.allows(.mail) else { return refuse(.badSequence, .outOfSequence) }
    if configuration.requiresEncryption, !dialogue.isEncrypted { return send(.encryptionRequired) }
    if configuration.requiresAuthentication, !dialogue.isAuthenticated { return send(.authenticationRequired) }
    if let refusal = refusal(of: parameters, of: .mail) { return send(refusal) }
    events.append(.mail(path, parameters))
    question = .mail
  }

  mutating func handleRecipient(_ path: ForwardPath, _ parameters: ESMTPParameters) {
    guard dialogue.allows(.recipient) else { return refuse(.badSequence, .outOfSequence) }
    if let refusal = refusal(of: parameters, of: .recipient) { return send(refusal) }
    guard tally.recipients < configuration.limits.recipients else { return send(.tooManyRecipients) }
    events.append(.recipient(path, parameters))
    question = .recipient
  }

  /// What is wrong with the parameters that the machine understands, or with those that nobody does.
  private func refusal(of parameters: ESMTPParameters, of step: SMTPDialogue.Step) -> SMTPReply? {
    guard !parameters.isEmpty else { return nil }
    guard dialogue.isExtended else { return .unknownParameter }
    for keyword in parameters.keywords {
      switch keyword {
      case .size where step == .mail:
        guard let size = parameters.size else { return .badArgument }
        if size > configuration.maximumMessageSize { return .messageTooLarge }
      case .body where step == .mail:
        guard let body = parameters.body else { return .badArgument }
        if body == .binaryMIME { return .unknownParameter }
      case .auth where step == .mail && configuration.offersAuthentication:
        break
      default:
        guard configuration.additionalParameters.contains(keyword) else { return .unknownParameter }
      }
    }
    return nil
  }

  mutating func handleData() {
    guard dialogue.allows(.data) else { return refuse(.badSequence, .outOfSequence) }
    events.append(.contentBegins)
    if configuration.hostAnswers.contains(.data) {
      question = .data
    } else {
      beginContent(.startContent)
    }
  }

  mutating func beginContent(_ reply: SMTPReply) {
    send(reply)
    dialogue.take(.data)
    decoder = DotStuffingDecoder(policy: configuration.contentPolicy)
    tally.contentOctets = 0
    mode = .content
  }

  /// Takes what has arrived of the message; false when nothing has.
  mutating func takeContent() -> Bool {
    guard !core.inbound.isEmpty else { return false }
    var part: [UInt8] = []
    part.reserveCapacity(core.inbound.count)
    var decoder = decoder
    let taken = decoder.decode(core.inbound.bytes, into: &part)
    self.decoder = decoder
    core.inbound.consume(taken)
    let wasTooLarge = isTooLarge
    tally.contentOctets += UInt64(part.count)
    if !part.isEmpty, !isTooLarge { events.append(.content(part)) }
    if isTooLarge, !wasTooLarge { events.append(.transactionAborted) }
    if decoder.isAtEnd { endContent() }
    return true
  }

  private var isTooLarge: Bool { tally.contentOctets > configuration.maximumMessageSize }

  private mutating func endContent() {
    mode = .commands
    tally.isActive = true
    core.trace(TraceRecord(.client, hidden: "<content>"))
    if isTooLarge {
      concludeTransaction(.messageTooLarge)
    } else if !decoder.irregularities.isEmpty, configuration.contentPolicy == .reject {
      let fault = ProtocolViolation.Fault.irregularContent(decoder.irregularities)
      events.append(.violation(ProtocolViolation(fault, .refused)))
      events.append(.transactionAborted)
      concludeTransaction(.irregularContent)
    } else {
      events.append(.contentEnds)
      question = .content
    }
  }

  /// Answers the message and ends its transaction.
  mutating func concludeTransaction(_ reply: SMTPReply) {
    send(reply)
    dialogue.take(.contentEnd)
    tally.recipients = 0
    guard reply.isPositive else { return }
    tally.errors = 0
    tally.junkCommands = 0
  }

  /// Forgets a transaction that `RSET` or `EHLO` ended.
  mutating func endTransaction() {
    if dialogue.isInTransaction { events.append(.transactionAborted) }
    dialogue.take(.reset)
    tally.recipients = 0
  }
}
