@_spi(MailCodec) import MailWire
@_spi(MailCodec) import POP3Codec

extension POP3Server {
  /// Whether a password may be sent over this channel.
  var takesPasswords: Bool { dialogue.isEncrypted || configuration.allowsPlaintextAuthentication }

  mutating func handleUser(_ name: POP3Text) {
    guard dialogue.allows(.user) else { return refuseOutOfSequence() }
    guard takesPasswords else { return refusePlaintext() }
    dialogue.take(.user)
    user = name.bytes
    // Whether there is such a user is not for strangers to know.
    send("+OK")
  }

  mutating func handlePassword(_ password: POP3Password) {
    guard dialogue.allows(.password) else { return refuseOutOfSequence() }
    dialogue.take(.password)
    ask(.authenticate(Credentials(user: user, password: password.secret)))
  }

  mutating func handleDigest(_ name: POP3Text, _ digest: APOPDigest) {
    guard dialogue.allows(.authenticate) else { return refuseOutOfSequence() }
    guard let timestamp else { return refuse("-ERR Not implemented", .unknownCommand) }
    dialogue.take(.authenticate)
    ask(.authenticateDigest(name, digest, timestamp))
  }

  mutating func handleAuthenticate(_ mechanism: SASLMechanism, _ response: Secret?) {
    guard dialogue.allows(.authenticate) else { return refuseOutOfSequence() }
    guard mechanism == .plain else { return refuse("-ERR [AUTH] Unknown mechanism", .unknownCommand) }
    guard takesPasswords else { return refusePlaintext() }
    dialogue.take(.authenticate)
    user = []
    guard let response else {
      mode = .authentication
      return send("+ ")
    }
    askPlain(response)
  }

  /// Takes the line behind the continuation request; false when there is no whole one.
  mutating func takeAuthenticationLine() -> Bool {
    framer.limit = configuration.limits.authenticationLine
    switch framer.next(in: &core.inbound) {
    case .incomplete:
      return false
    case .tooLong:
      failExchange("-ERR Line too long", .lineTooLong)
    case .line(let length, let ending):
      core.traceReceived(.client, length: length, shown: 0)
      let isCancelled = length == 1 && core.inbound.bytes[0] == 42
      let response = try? Base64.decode(core.inbound.bytes.extracting(first: length))
      core.inbound.consume(length + ending)
      if isCancelled {
        failExchange("-ERR Authentication cancelled", nil)
      } else if let response {
        askPlain(Secret(response))
      } else {
        failExchange("-ERR Malformed base64", .syntax(SyntaxError(.badBase64, at: 0)))
      }
    }
    tally.isActive = true
    return true
  }

  private mutating func askPlain(_ message: Secret) {
    do throws(SyntaxError) {
      ask(.authenticate(try message.withBytes { (bytes) throws(SyntaxError) in try PlainMessage.parse(bytes) }))
    } catch {
      failExchange("-ERR [AUTH] Malformed credentials", .syntax(error))
    }
  }

  private mutating func ask(_ event: POP3ServerEvent) {
    mode = .commands
    user = []
    events.append(event)
    question = .authentication
  }

  /// Ends an exchange that brought no credentials.
  private mutating func failExchange(_ line: StaticString, _ fault: ProtocolViolation.Fault?) {
    mode = .commands
    dialogue.take(.authenticationFailed)
    if let fault { refuse(line, fault) } else { send(line) }
    countAuthenticationFailure()
  }

  mutating func countAuthenticationFailure() {
    tally.authenticationFailures += 1
    guard tally.authenticationFailures >= configuration.limits.authenticationFailures, core.isOpen else { return }
    core.close(violation: .tooManyAuthenticationFailures)
  }

  private mutating func refusePlaintext() {
    refuse("-ERR [AUTH] Encryption required, use STLS", .outOfSequence)
  }
}
