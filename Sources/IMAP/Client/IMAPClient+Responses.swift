@_spi(MailCodec) import IMAPCodec
@_spi(MailCodec) import MailWire

extension IMAPClient {
  /// Takes the next response or part of one; false when there is none.
  mutating func takeUnit() -> Bool {
    if authentication?.isChallenged == true { return false }
    switch stream.next(in: &core.inbound) {
    case .incomplete:
      return false
    case .unit:
      takeResponse()
    case .contentBegins(let header, let place):
      traceFirstLine(stream.unit(in: core.inbound).text.copied())
      events.append(.contentBegins(header, place, for: owner(of: place)))
    case .content:
      let part = stream.content(in: core.inbound).copied()
      events.append(.content(part))
    case .endOfContent:
      events.append(.endOfContent)
    case .discarded(let unit):
      hasTracedUnit = false
      // Without the response to a command, nobody could tell the commands apart any more.
      if unit.tag != nil || state == .connecting { core.abort(.responseTooLong) } else { tolerate(.responseTooLong) }
    case .failed, .continuationWanted:
      core.abort(.syntax(SyntaxError(.badNumber, at: 0)))
    }
    isActive = true
    return true
  }

  private mutating func takeResponse() {
    let isUntagged = Self.begins(stream.unit(in: core.inbound).text, with: 42)
    if core.isTracing { traceFirstLine(stream.unit(in: core.inbound).text.copied()) }
    hasTracedUnit = false
    let response: IMAPResponse
    do throws(SyntaxError) {
      response = try stream.response(in: core.inbound, &parser)
    } catch {
      stream.endUnit(in: &core.inbound)
      // A malformed response is no reason to lose the others, unless somebody waits for it.
      guard isUntagged, state != .connecting else { return core.abort(.syntax(error)) }
      return tolerate(.syntax(error))
    }
    let used = parser.usedQuirks.union(stream.usedQuirks)
    stream.endUnit(in: &core.inbound)
    handle(response)
    let news = used.subtracting(reportedQuirks)
    guard !news.isEmpty else { return }
    reportedQuirks.formUnion(news)
    if core.isOpen { events.append(.quirks(news)) }
  }

  private mutating func handle(_ response: IMAPResponse) {
    if state == .connecting {
      guard case .untagged(.status(let status)) = response else { return core.abort(.unexpectedResponse) }
      return handleGreeting(status)
    }
    switch response {
    case .tagged(let tag, let status): complete(tag, status)
    case .untagged(let untagged): handle(untagged)
    case .continuationRequest(let text): handleContinuation(text)
    case .stray: break
    }
  }

  private static func begins(_ text: Span<UInt8>, with byte: UInt8) -> Bool { !text.isEmpty && text[0] == byte }

  mutating func tolerate(_ fault: ProtocolViolation.Fault) {
    events.append(.violation(ProtocolViolation(fault, .tolerated)))
  }

  /// Records a response up to its first literal; what a server asks while it authenticates is hidden.
  private mutating func traceFirstLine(_ text: [UInt8]) {
    guard core.isTracing, !hasTracedUnit else { return }
    hasTracedUnit = true
    let line = text.span.extracting(first: text.span.firstIndex(of: .carriageReturn) ?? text.count)
    let isChallenge = authentication != nil && Self.begins(line, with: 43)
    core.trace(
      isChallenge ? TraceRecord(.server, line: line, hiddenAfter: min(2, line.count)) : TraceRecord(.server, line: line)
    )
  }

  // MARK: Greeting

  private mutating func handleGreeting(_ status: StatusResponse) {
    switch status.condition {
    case .ok: state = .notAuthenticated
    case .preAuthenticated: state = .authenticated
    case .bye:
      events.append(.greeting(status))
      return core.close(.serviceRefused)
    case .no, .bad: return core.abort(.unexpectedResponse)
    }
    expectedState = state
    events.append(.greeting(status))
    if case .capabilities(let list) = status.code { capabilities = IMAPCapabilities(list, from: .greeting) }
    if capabilities.isEmpty { askCapabilities() } else { secure() }
  }

  /// Encrypts the channel if that is wanted, or says that the session is open.
  mutating func secure() {
    guard !isSetUp, core.isOpen else { return }
    let wantsEncryption = configuration.security != .none && !core.isEncrypted
    if wantsEncryption, state == .notAuthenticated, capabilities.has("STARTTLS") {
      ask(.startTLS)
    } else if wantsEncryption, configuration.security == .required {
      // Behind PREAUTH no TLS can begin: whoever sent it wants the session in the clear.
      core.close(violation: .encryptionUnavailable)
    } else {
      becomeReady()
    }
  }

  mutating func becomeReady() {
    isSetUp = true
    events.append(.ready(capabilities))
  }

  // MARK: Continuation requests

  private mutating func handleContinuation(_ text: [UInt8]) {
    if let writing {
      if writing.phase == .waiting { return continueText() }
    } else if authentication != nil {
      return handleChallenge(text)
    } else if idle?.phase == .requested {
      idle?.phase = .active
      idle?.isTimed = false
      if let command = inFlight.first(where: { $0.role == .idle }) { events.append(.idling(command.id)) }
      return
    }
    tolerate(.unsolicitedResponse)
  }

  private mutating func handleChallenge(_ text: [UInt8]) {
    guard let exchange = authentication else { return }
    if !exchange.answers.isEmpty {
      authentication?.answers.removeFirst()
      return writeAnswer(exchange.answers[0])
    }
    guard !exchange.isAutomatic else { return writeCancellation() }
    do throws(SyntaxError) {
      let challenge = try Base64.decode(text.span)
      authentication?.isChallenged = true
      events.append(.challenge(Secret(challenge), for: exchange.id))
    } catch {
      events.append(.violation(ProtocolViolation(.syntax(error), .refused)))
      writeCancellation()
    }
  }

  // MARK: Data and news

  private mutating func handle(_ response: UntaggedResponse) {
    let owner = owner(of: response)
    note(response, isAskedFor: owner != nil)
    // The answers to the machine's own questions are events of their own.
    if !isInternal(owner) { events.append(.response(response, for: owner)) }
    tellExpunged()
    guard case .status(let status) = response, status.condition == .bye else { return }
    hasSaidGoodbye = true
    if !inFlight.contains(where: { $0.role == .logout }) { core.close(.serviceRefused) }
  }

  private func isInternal(_ id: CommandID?) -> Bool {
    guard let id else { return false }
    return inFlight.contains { $0.id == id && $0.isInternal }
  }

  /// The command in flight that asked for a response: the oldest one, since servers answer in order.
  private func owner(of response: UntaggedResponse) -> CommandID? {
    let mailbox = currentMailbox
    for index in inFlight.indices {
      if let tag = inFlight[index].tag, inFlight[index].interest.wants(response, tag, mailbox) {
        return inFlight[index].id
      }
    }
    return nil
  }

  /// The command in flight that asked for a content.
  private func owner(of place: ContentPlace) -> CommandID? {
    for command in inFlight where command.interest.wants(place, currentMailbox) { return command.id }
    return nil
  }
}
