@_spi(MailCodec) import MailWire
@_spi(MailCodec) import SMTPCodec

extension SMTPClient {
  /// Takes the next reply; false when there is no whole one.
  mutating func takeReply() -> Bool {
    switch framer.next(in: core.inbound) {
    case .incomplete:
      return false
    case .tooLong:
      core.abort(.responseTooLong)
    case .reply(let length):
      core.traceReply(length: length)
      var used = SMTPQuirks.none
      do throws(SyntaxError) {
        let reply = try reply(length, &used)
        core.inbound.consume(length)
        if !used.isEmpty { events.append(.quirks(used)) }
        handle(reply)
      } catch {
        core.abort(.syntax(error))
      }
    }
    isActive = true
    return true
  }

  private func reply(_ length: Int, _ used: inout SMTPQuirks) throws(SyntaxError) -> SMTPReply {
    let bytes = core.inbound.bytes.extracting(first: length)
    return SMTPReply(try SMTPReplyView(bytes, quirks: configuration.quirks, used: &used))
  }

  private mutating func handle(_ reply: SMTPReply) {
    let expectation = expectations.first
    if expectation != nil { expectations.removeFirst() }
    switch expectation {
    case .greeting: handleGreeting(reply)
    case .ehlo: handleEHLO(reply)
    case .helo: handleHELO(reply)
    case .startTLS: handleStartTLS(reply)
    case .authentication(let step): handleAuthentication(step, reply)
    case .mail, .recipient, .data, .content, .resetBehindTransaction: handleTransaction(expectation, reply)
    case .inquiry: events.append(.reply(reply))
    case .quit: core.close(.quit)
    case nil: handleUnsolicited(reply)
    }
    if reply.code.number == 421, core.isOpen {
      events.append(.refused(reply))
      core.close(.serviceRefused)
    }
  }

  private mutating func handleGreeting(_ reply: SMTPReply) {
    guard reply.isPositive else { return refuseService(reply) }
    dialogue.take(.greeting)
    sayHello()
  }

  mutating func sayHello() { write(.ehlo(configuration.name), .ehlo) }

  private mutating func handleEHLO(_ reply: SMTPReply) {
    if reply.isPositive {
      dialogue.takeHello(isExtended: true)
      capabilities = SMTPCapabilities(reply, quirks: configuration.quirks)
      secure()
    } else if reply.code.number == 500 || reply.code.number == 502 {
      // An old server: only these two codes say that it does not know the command.
      write(.helo(configuration.name), .helo)
    } else {
      refuseService(reply)
    }
  }

  private mutating func handleHELO(_ reply: SMTPReply) {
    guard reply.isPositive else { return refuseService(reply) }
    dialogue.takeHello(isExtended: false)
    capabilities = SMTPCapabilities()
    secure()
  }

  /// Encrypts if the configuration asks for it and it has not been done; then the session is ready.
  private mutating func secure() {
    let wantsEncryption = configuration.security != .none && !dialogue.isEncrypted
    if wantsEncryption, capabilities.offersStartTLS, dialogue.allows(.startTLS) {
      write(.startTLS, .startTLS)
    } else if wantsEncryption, configuration.security == .required {
      core.close(violation: .encryptionUnavailable)
    } else {
      events.append(.ready(capabilities))
    }
  }

  private mutating func handleStartTLS(_ reply: SMTPReply) {
    if reply.isPositive {
      dialogue.take(.startTLS)
      // What was offered in the clear may have been anybody's offer.
      capabilities = SMTPCapabilities()
      core.startTLS()
      if !core.isOver { core.schedule(Timeout(configuration.timeouts.handshake)) }
    } else if configuration.security == .required {
      core.close(violation: .encryptionUnavailable)
    } else {
      events.append(.ready(capabilities))
    }
  }

  private mutating func handleAuthentication(_ step: AuthenticationStep, _ reply: SMTPReply) {
    switch reply.severity {
    case .positiveCompletion:
      endAuthentication(isAuthenticated: true)
      events.append(.authenticated(reply))
    case .positiveIntermediate:
      answerChallenge(step)
    case .transientNegative, .permanentNegative:
      endAuthentication(isAuthenticated: false)
      events.append(.authenticationFailed(reply))
    }
  }

  /// The text of a challenge is not looked at: prompts are spelt and translated in many ways.
  private mutating func answerChallenge(_ step: AuthenticationStep) {
    guard let credentials else { return core.abort(.unexpectedResponse) }
    switch step {
    case .plain:
      // The server passed over the initial response and asks for it again, once.
      guard let message = try? PlainMessage.write(credentials) else { return core.abort(.unexpectedResponse) }
      self.credentials = nil
      write(response: message.span, .authentication(.plain))
    case .loginUser:
      write(response: credentials.user.span, .authentication(.loginPassword(user: [])))
    case .loginPassword:
      self.credentials = nil
      let password = credentials.password.withBytes { $0.copied() }
      write(response: password.span, .authentication(.loginPassword(user: [])))
    }
  }

  private mutating func endAuthentication(isAuthenticated: Bool) {
    credentials = nil
    dialogue.takeAuthenticationEnd(isAuthenticated: isAuthenticated)
  }

  /// A reply that answers nothing: a server may say `421` at any time, and refuse a message before its end. Anything else
  /// means that the peers no longer agree on which reply belongs to which command.
  private mutating func handleUnsolicited(_ reply: SMTPReply) {
    if reply.isNegative, transaction?.phase == .content {
      concludeTransaction(.refused(reply, at: .content))
      events.append(.violation(ProtocolViolation(.unsolicitedResponse, .closed)))
      core.cut(.serviceRefused)
    } else if reply.code.number != 421 {
      core.abort(.unsolicitedResponse)
    }
  }

  private mutating func refuseService(_ reply: SMTPReply) {
    events.append(.refused(reply))
    core.close(.serviceRefused)
  }
}
