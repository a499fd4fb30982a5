@_spi(MailCodec) public import IMAPCodec
@_spi(MailCodec) import MailWire

extension IMAPServer {
  /// What is announced now.
  ///
  /// [RFC 9051 §7.2.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.2.2)
  public var capabilities: [IMAPCapability] {
    var names = ["IMAP4rev1", "LITERAL+", "SASL-IR", "ENABLE", "ID"]
    var others: [IMAPCapability] = []
    switch state {
    case .connecting, .notAuthenticated:
      if configuration.offersStartTLS, !core.isEncrypted { names.append("STARTTLS") }
      names += takesPasswords ? ["AUTH=PLAIN", "AUTH=LOGIN"] : ["LOGINDISABLED"]
    case .authenticated, .selected, .loggedOut:
      names += ["IDLE", "UNSELECT"]
      others = configuration.additionalCapabilities
    }
    return names.compactMap { try? IMAPCapability($0) } + others
  }

  /// Whether a password may be sent over this channel.
  private var takesPasswords: Bool { core.isEncrypted || configuration.allowsPlaintextAuthentication }

  /// Whether the client has enabled an extension.
  func isEnabled(_ name: StaticString) -> Bool {
    if enabled.isEmpty { return false }
    let name = StaticName(name)
    return enabled.contains { name.matches($0.bytes) }
  }

  mutating func startTLS(_ tag: IMAPTag) {
    guard configuration.offersStartTLS, !core.isEncrypted else {
      return refuse(tag, "Not offered", .outOfSequence)
    }
    finish(tag, "Begin TLS negotiation")
    core.startTLS()
    if !core.isOver { core.schedule(Timeout(configuration.timeouts.handshake)) }
    tally.isActive = false
  }

  mutating func enable(_ tag: IMAPTag, _ names: [IMAPAtom]) {
    var news: [IMAPCapability] = []
    for name in names {
      let name = StaticBytes(name.bytes)
      guard Self.canBeEnabled(name), !enabled.contains(where: { name.matches($0.bytes) }),
        let capability = configuration.additionalCapabilities.first(where: { name.matches($0.bytes) })
      else { continue }
      news.append(capability)
    }
    enabled += news
    if isEnabled("CONDSTORE") || isEnabled("QRESYNC") { tellsModSequences = true }
    send(.untagged(.enabled(news)))
    if !news.isEmpty { events.append(.enabled(news)) }
    finish(tag, "Enabled")
  }

  private static func canBeEnabled(_ name: StaticBytes) -> Bool {
    for known in ["CONDSTORE", "QRESYNC", "UTF8=ACCEPT", "UIDONLY", "IMAP4rev2"] as [StaticString]
    where StaticName(known).matches(name.bytes) {
      return true
    }
    return false
  }

  // MARK: Authentication

  mutating func login(_ tag: IMAPTag, _ user: [UInt8], _ password: Secret) {
    guard takesPasswords else { return refusePlaintext(tag) }
    askCredentials(tag, Credentials(user: user, password: password))
  }

  mutating func authenticate(_ tag: IMAPTag, _ mechanism: SASLMechanism, _ response: Secret?) {
    guard mechanism == .plain || mechanism == .login else {
      return send(.tagged(tag, StatusResponse(.no, .keyword(.cannot), "Unknown mechanism")))
    }
    guard takesPasswords else { return refusePlaintext(tag) }
    var running = ServerCommand(tag: tag, kind: .authentication, phase: .exchange)
    if mechanism == .login { running.login = [] }
    self.running = running
    stream.mode = .lines
    stream.limits.line = configuration.limits.authenticationLine
    if let response { takeResponse(response) } else { challenge() }
  }

  private mutating func challenge() {
    guard let login = running?.login else { return requestContinuation("") }
    // "Username:" and "Password:", as the draft has them.
    requestContinuation(login.isEmpty ? "VXNlcm5hbWU6" : "UGFzc3dvcmQ6")
  }

  /// Takes a line behind a continuation request of `AUTHENTICATE`.
  mutating func takeExchangeLine() {
    core.trace(TraceRecord(.client, hidden: "<hidden>"))
    let text = stream.unit(in: core.inbound).text.copied()
    stream.endUnit(in: &core.inbound)
    guard text != [42] else { return failExchange("Authentication cancelled", nil) }
    do throws(SyntaxError) {
      takeResponse(Secret(try Base64.decode(text.span)))
    } catch {
      failExchange("Malformed base64", .syntax(error))
    }
  }

  private mutating func takeResponse(_ response: Secret) {
    guard let running else { return }
    let octets = response.withBytes { $0.copied() }
    if var login = running.login {
      login.append(octets)
      self.running?.login = login
      guard login.count > 1 else { return challenge() }
      endExchange()
      return askCredentials(running.tag, Credentials(user: login[0], password: Secret(login[1])))
    }
    do throws(SyntaxError) {
      let credentials = try PlainMessage.parse(octets.span)
      endExchange()
      askCredentials(running.tag, credentials)
    } catch {
      failExchange("Malformed credentials", .syntax(error))
    }
  }

  private mutating func endExchange() {
    stream.mode = .commands
    stream.limits = configuration.limits.commands.beforeAuthentication
  }

  /// Ends an exchange that brought no credentials.
  private mutating func failExchange(_ text: String, _ fault: ProtocolViolation.Fault?) {
    guard let tag = running?.tag else { return }
    endExchange()
    running = nil
    if let fault { refuse(tag, text, fault) } else { send(.tagged(tag, StatusResponse(.bad, nil, text))) }
    countAuthenticationFailure()
  }

  private mutating func askCredentials(_ tag: IMAPTag, _ credentials: Credentials) {
    running = ServerCommand(tag: tag, kind: .authentication)
    events.append(.authenticate(credentials))
  }

  mutating func countAuthenticationFailure() {
    tally.authenticationFailures += 1
    guard tally.authenticationFailures >= configuration.limits.authenticationFailures, core.isOpen else { return }
    send(.untagged(.status(StatusResponse(.bye, nil, "Too many failures"))))
    core.close(violation: .tooManyAuthenticationFailures)
  }

  private mutating func refusePlaintext(_ tag: IMAPTag) {
    send(.tagged(tag, StatusResponse(.no, .keyword(.privacyRequired), "Encryption required")))
    events.append(.violation(ProtocolViolation(.outOfSequence, .refused)))
    countAuthenticationFailure()
  }

  // MARK: IDLE

  /// Takes the line that ends `IDLE`.
  mutating func takeIdleLine() {
    guard let running else { return }
    let text = stream.unit(in: core.inbound).text.copied()
    let isDone = StaticName("DONE").matches(text)
    core.trace(isDone ? TraceRecord(.client, line: text.span) : TraceRecord(.client, hidden: "<hidden>"))
    stream.endUnit(in: &core.inbound)
    stream.mode = .commands
    self.running = nil
    guard isDone else { return refuse(running.tag, "DONE expected", .outOfSequence) }
    tellChanges(.all)
    finish(running.tag, "Idle ended")
  }
}

/// Octets that are compared with others; case does not count.
private struct StaticBytes {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func matches(_ other: [UInt8]) -> Bool { bytes.span.hasSameLetters(as: other.span) }
}
