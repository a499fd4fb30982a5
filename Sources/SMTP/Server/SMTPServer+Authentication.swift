@_spi(MailCodec) import MailWire
@_spi(MailCodec) import SMTPCodec

/// What the next line of an authentication exchange is.
enum AuthenticationStep {
  /// The message of `PLAIN`.
  case plain
  /// The user's name in `LOGIN`.
  case loginUser
  /// The password in `LOGIN`.
  case loginPassword(user: [UInt8])
}

extension SMTPServer {
  mutating func handleAuthenticate(_ mechanism: SASLMechanism, _ response: InitialResponse?) {
    guard configuration.offersAuthentication else { return refuse(.notImplemented, .unknownCommand) }
    guard dialogue.allows(.authenticate) else { return refuse(.badSequence, .outOfSequence) }
    guard mechanism == .plain || mechanism == .login else { return refuse(.unknownMechanism, .unknownCommand) }
    guard dialogue.isEncrypted || configuration.allowsPlaintextAuthentication else {
      return refuse(.encryptionRequiredToAuthenticate, .outOfSequence)
    }
    dialogue.take(.authenticate)
    let step = mechanism == .plain ? AuthenticationStep.plain : .loginUser
    guard let response else { return challenge(step) }
    do throws(SyntaxError) {
      continueAuthentication(step, try response.decoded())
    } catch {
      failExchange(.badBase64, .syntax(error))
    }
  }

  /// Takes a line of the exchange; false when there is no whole one.
  mutating func takeAuthenticationLine(_ step: AuthenticationStep) -> Bool {
    framer.limit = configuration.limits.authenticationLine
    switch framer.next(in: &core.inbound) {
    case .incomplete:
      return false
    case .tooLong:
      failExchange(.lineTooLong, .lineTooLong)
    case .line(let length, let ending):
      core.trace(TraceRecord(.client, hidden: "<hidden>"))
      let isCancelled = length == 1 && core.inbound.bytes[0] == 42
      let decoded = try? Base64.decode(core.inbound.bytes.extracting(first: length))
      core.inbound.consume(length + ending)
      if isCancelled {
        failExchange(.authenticationCancelled, nil)
      } else if let decoded {
        continueAuthentication(step, Secret(decoded))
      } else {
        failExchange(.badBase64, .syntax(SyntaxError(.badBase64, at: 0)))
      }
    }
    tally.isActive = true
    return true
  }

  private mutating func continueAuthentication(_ step: AuthenticationStep, _ response: Secret) {
    switch step {
    case .plain:
      do throws(SyntaxError) {
        ask(try response.withBytes { (bytes: Span<UInt8>) throws(SyntaxError) in try PlainMessage.parse(bytes) })
      } catch {
        failExchange(.badArgument, .syntax(error))
      }
    case .loginUser:
      let user = response.withBytes { $0.copied() }
      guard !user.isEmpty, !user.contains(0) else {
        return failExchange(.badArgument, .syntax(SyntaxError(.badCredentials, at: 0)))
      }
      challenge(.loginPassword(user: user))
    case .loginPassword(let user):
      ask(Credentials(user: user, password: response))
    }
  }

  private mutating func challenge(_ step: AuthenticationStep) {
    mode = .authentication(step)
    switch step {
    case .plain: send(SMTPReply(334, nil, ""))
    case .loginUser: send(SMTPReply(334, nil, "VXNlcm5hbWU6"))
    case .loginPassword: send(SMTPReply(334, nil, "UGFzc3dvcmQ6"))
    }
  }

  private mutating func ask(_ credentials: Credentials) {
    mode = .commands
    events.append(.authenticate(credentials))
    question = .authentication
  }

  /// Ends an exchange that brought no credentials: no guess at a password, but an error or a waste of time.
  private mutating func failExchange(_ reply: SMTPReply, _ fault: ProtocolViolation.Fault?) {
    mode = .commands
    dialogue.takeAuthenticationEnd(isAuthenticated: false)
    if let fault { return refuse(reply, fault) }
    send(reply)
    countJunk()
  }

  mutating func countAuthenticationFailure() {
    tally.authenticationFailures += 1
    guard tally.authenticationFailures >= configuration.limits.authenticationFailures, core.isOpen else { return }
    send(.tooManyErrors)
    core.close(violation: .tooManyAuthenticationFailures)
  }
}
