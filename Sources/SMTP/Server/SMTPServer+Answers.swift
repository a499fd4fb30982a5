@_spi(MailCodec) public import MailWire
@_spi(MailCodec) public import SMTPCodec

extension SMTPServer {
  /// Answers the waiting question with yes.
  ///
  /// - Parameter reply: a 2yz reply, or a 3yz one to ``SMTPServerEvent/contentBegins``; the usual one by default.
  /// - Throws: `outOfSequence` when no question waits, `unfittingAnswer` for a reply of another kind, `closed` when the
  ///   connection ended before the answer, which is no fault of the caller's.
  public mutating func accept(_ reply: SMTPReply? = nil) throws(MisuseError) {
    let question = try waitingQuestion()
    if let reply {
      var wanted = SMTPReplyCode.Severity.positiveCompletion
      if case .data = question { wanted = .positiveIntermediate }
      guard reply.severity == wanted else { throw .unfittingAnswer }
    }
    self.question = nil
    tally.isActive = true
    switch question {
    case .hello(let isExtended):
      welcome(isExtended: isExtended, reply)
    case .authentication:
      dialogue.takeAuthenticationEnd(isAuthenticated: true)
      send(reply ?? .authenticated)
    case .mail:
      dialogue.take(.mail)
      send(reply ?? .senderOK)
    case .recipient:
      dialogue.take(.recipient)
      tally.recipients += 1
      send(reply ?? .recipientOK)
    case .data:
      beginContent(reply ?? .startContent)
    case .content:
      concludeTransaction(reply ?? .ok)
    case .inquiry:
      send(reply ?? .ok)
    }
  }

  /// Answers the waiting question with no.
  ///
  /// A refused sender begins no transaction, a refused recipient is not in it, and a refused message ends it. A `421`
  /// closes the connection as well.
  ///
  /// - Parameter reply: a 4yz or 5yz reply, such as ``SMTPReply/noSuchUser``.
  /// - Throws: `outOfSequence` when no question waits, `unfittingAnswer` for a reply of another kind, `closed`.
  public mutating func reject(_ reply: SMTPReply) throws(MisuseError) {
    let question = try waitingQuestion()
    guard reply.isNegative else { throw .unfittingAnswer }
    self.question = nil
    tally.isActive = true
    switch question {
    case .content:
      concludeTransaction(reply)
    case .authentication:
      dialogue.takeAuthenticationEnd(isAuthenticated: false)
      send(reply)
      if reply.severity == .permanentNegative { countAuthenticationFailure() }
    case .hello, .mail, .recipient, .data, .inquiry:
      send(reply)
    }
    if reply.code.number == 421 { core.close(.serviceRefused) }
  }

  private func waitingQuestion() throws(MisuseError) -> Question {
    guard !core.isOver else { throw .closed }
    guard let question else { throw .outOfSequence }
    return question
  }

  /// What is offered now: less before TLS, when it must protect the password, and nothing twice.
  var capabilities: SMTPCapabilities {
    var entries: [SMTPCapabilities.Entry?] = [
      .init(.pipelining), .init(.size, parameters: decimal(configuration.maximumMessageSize)), .init(.eightBitMIME),
      .init(.enhancedStatusCodes)
    ]
    if configuration.offersStartTLS, !dialogue.isEncrypted { entries.append(.init(.startTLS)) }
    let mayAuthenticate = dialogue.isEncrypted || configuration.allowsPlaintextAuthentication
    if configuration.offersAuthentication, mayAuthenticate, !dialogue.isAuthenticated {
      entries.append(.init(.auth, parameters: [UInt8]("PLAIN LOGIN".utf8)))
    }
    entries.append(.init(.help))
    return SMTPCapabilities(entries.compactMap { $0 } + configuration.additionalCapabilities.entries)
  }

  private func decimal(_ number: UInt64) -> [UInt8] {
    var output = OutboundBuffer()
    output.append(decimal: number)
    return output.bytes.copied()
  }
}
