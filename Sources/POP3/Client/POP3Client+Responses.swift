@_spi(MailCodec) import MailWire
@_spi(MailCodec) import POP3Codec

extension POP3Client {
  /// What the first line of a response says, as far as its request wants to know.
  private enum Line {
    case ok
    case positive(POP3Response)
    case negative(POP3Response)
    case continuation
    case status(DropListing)
    case size(ScanListing)
    case uniqueID(UniqueIDListing)
  }

  /// Takes the next line; false when there is no whole one.
  mutating func takeLine() -> Bool {
    switch framer.next(in: &core.inbound) {
    case .incomplete:
      return false
    case .tooLong:
      core.abort(.lineTooLong)
    case .line(let length, let ending):
      var used: POP3Quirks = ending == 1 ? .bareLineFeed : .none
      if case .response = mode {
        takeResponse(length, ending, &used)
      } else {
        takeRow(length, ending, &used)
      }
      if !used.isEmpty, core.isOpen { events.append(.quirks(used)) }
    }
    isActive = true
    return true
  }

  private mutating func takeResponse(_ length: Int, _ ending: Int, _ used: inout POP3Quirks) {
    guard let request = requests.first else { return core.abort(.unsolicitedResponse) }
    do throws(SyntaxError) {
      let line = try line(length, request, &used)
      var shown = length
      if case .continuation = line { shown = 2 }
      core.traceReceived(.server, length: length, shown: shown)
      core.inbound.consume(length + ending)
      handle(line, request, &used)
    } catch {
      core.abort(.syntax(error))
    }
  }

  private func line(_ length: Int, _ request: Request, _ used: inout POP3Quirks) throws(SyntaxError) -> Line {
    let quirks = configuration.quirks
    let view = try POP3ResponseView.parse(core.inbound.bytes.extracting(first: length), quirks: quirks, used: &used)
    switch view.status {
    case .error: return .negative(POP3Response(view))
    case .continuation: return .continuation
    case .ok: break
    }
    switch request {
    case .greeting, .password, .plain, .digest: return .positive(POP3Response(view))
    case .status: return .status(try DropListing(parsing: view.text, quirks: quirks, used: &used))
    case .list(.some): return .size(try ScanListing(parsing: view.text, quirks: quirks, used: &used))
    case .uniqueIDs(.some):
      return .uniqueID(UniqueIDListing(try UniqueIDListingView.parse(view.text, quirks: quirks, used: &used)))
    case .capabilities, .startTLS, .user, .list, .uniqueIDs, .retrieve, .top, .delete, .noop, .reset, .quit: return .ok
    }
  }

  private mutating func handle(_ line: Line, _ request: Request, _ used: inout POP3Quirks) {
    switch (line, request) {
    case (.continuation, .plain): return continuePlain()
    case (.positive, .plain(hasSentResponse: false)):
      guard configuration.quirks.contains(.positiveContinuation) else { return core.abort(.unexpectedResponse) }
      used.insert(.positiveContinuation)
      return continuePlain()
    case (.continuation, _): return core.abort(.unexpectedResponse)
    case (.ok, .capabilities): return begin(.capabilities)
    case (.ok, .list): return begin(.sizes)
    case (.ok, .uniqueIDs): return begin(.uniqueIDs)
    case (.ok, .retrieve(let number)), (.ok, .top(let number, _)):
      events.append(.messageBegins(number.value))
      if core.isTracing { core.trace(TraceRecord(.server, hidden: "<content>")) }
      decoder = DotStuffingDecoder(policy: configuration.contentPolicy)
      mode = .content
      return
    default: break
    }
    requests.removeFirst()
    switch line {
    case .negative(let response): handleNegative(response, request)
    case .positive(let response): handlePositive(response, request)
    case .ok: handleOK(request)
    case .status(let drop): events.append(.status(count: drop.count, octets: drop.octets))
    case .size(let row): events.append(.listing([row]))
    case .uniqueID(let row): events.append(.uniqueIDs([row]))
    case .continuation: break
    }
  }

  private mutating func handleNegative(_ response: POP3Response, _ request: Request) {
    switch request {
    case .greeting:
      events.append(.greeting(response))
      core.close(.serviceRefused)
    case .capabilities:
      // A server from before RFC 2449: nothing is offered, and behind a login nothing has changed.
      finishCapabilities(POP3Capabilities())
    case .startTLS:
      dialogue.take(.startTLSRefused)
      if configuration.security == .required {
        core.close(violation: .encryptionUnavailable)
      } else {
        becomeReady()
      }
    case .user:
      pendingSecret = nil
      dialogue.take(.userRefused)
      events.append(.authenticationFailed(response))
    case .password, .plain, .digest:
      pendingSecret = nil
      dialogue.take(.authenticationFailed)
      events.append(.authenticationFailed(response))
    case .quit:
      refuse(request, response)
      dialogue.take(.updated)
      core.close(.quit)
    case .status, .list, .uniqueIDs, .retrieve, .top, .delete, .noop, .reset:
      refuse(request, response)
    }
  }

  private mutating func refuse(_ request: Request, _ response: POP3Response) {
    if let command = request.command { events.append(.refused(command, response)) }
  }

  private mutating func handlePositive(_ response: POP3Response, _ request: Request) {
    if case .greeting = request {
      dialogue.take(.greeting)
      timestamp = APOPTimestamp(inGreeting: response.text.span)
      events.append(.greeting(response))
      return enqueue(.capabilities)
    }
    pendingSecret = nil
    dialogue.take(.authenticated)
    events.append(.authenticated(response))
    if configuration.asksCapabilitiesAfterLogin, !capabilities.all.isEmpty { enqueue(.capabilities) }
  }

  private mutating func handleOK(_ request: Request) {
    switch request {
    case .startTLS: startTLS()
    case .user: sendPassword()
    case .delete(let number): events.append(.deleted(number.value))
    case .noop: events.append(.done(.noop))
    case .reset: events.append(.done(.reset))
    case .quit:
      if dialogue.state == .update { events.append(.updated) }
      dialogue.take(.updated)
      core.close(.quit)
    case .greeting, .capabilities, .password, .plain, .digest, .status, .list, .uniqueIDs, .retrieve, .top: break
    }
  }

  // MARK: Beginning

  private mutating func startTLS() {
    // What was offered in the clear may have been anybody's offer.
    capabilities = POP3Capabilities()
    pipelines = false
    timestamp = nil
    core.startTLS()
    if !core.isOver { core.schedule(Timeout(configuration.timeouts.handshake)) }
  }

  mutating func finishCapabilities(_ answer: POP3Capabilities) {
    let isBehindLogin = isSetUp
    if !isBehindLogin || !answer.all.isEmpty { capabilities = answer }
    pipelines = configuration.pipelines && capabilities.contains(.pipelining)
    guard !isBehindLogin else {
      events.append(.capabilities(capabilities))
      return
    }
    let wantsEncryption = configuration.security != .none && !dialogue.isEncrypted
    if wantsEncryption, capabilities.contains(.startTLS), dialogue.allows(.startTLS) {
      dialogue.take(.startTLS)
      enqueue(.startTLS)
    } else if wantsEncryption, configuration.security == .required {
      core.close(violation: .encryptionUnavailable)
    } else {
      becomeReady()
    }
  }

  private mutating func becomeReady() {
    isSetUp = true
    events.append(.ready(capabilities))
  }

  private mutating func sendPassword() {
    guard let secret = pendingSecret, let password = try? POP3Password(secret) else { return }
    pendingSecret = nil
    dialogue.take(.password)
    send(.password(password), as: .password)
  }

  /// Sends the message that the server asks for: for the first time, or once more when it passed over the initial response.
  private mutating func continuePlain() {
    guard let message = pendingSecret else { return core.abort(.unexpectedResponse) }
    pendingSecret = nil
    requests.replaceFirst(by: .plain(hasSentResponse: true))
    core.outbound.append(message.withBytes { Base64.encode($0) })
    core.outbound.appendLineEnd()
    if core.isTracing { core.trace(TraceRecord(.client, hidden: "<hidden>")) }
  }
}
