@_spi(MailCodec) import IMAPCodec
@_spi(MailCodec) import MailWire

extension IMAPClient {
  /// Ends a command.
  mutating func complete(_ tag: IMAPTag, _ status: StatusResponse) {
    guard let index = inFlight.firstIndex(where: { $0.tag == tag }) else {
      // A completion that is said twice harms nobody, nor does one of a `DONE` that came too late and was taken for a command;
      // one of a command that was never sent was made up.
      let isHarmless = tag == lastTag || (status.condition != .ok && StaticName("DONE").matches(tag.bytes))
      return isHarmless ? tolerate(.unsolicitedResponse) : core.abort(.unsolicitedResponse)
    }
    let isOK = status.condition == .ok
    let command = inFlight[index]
    // Nobody can carry out what has not reached him.
    guard !isOK || (command.isWhole && command.end <= written - UInt64(core.outbound.count)) else {
      return core.abort(.unexpectedResponse)
    }
    inFlight.remove(at: index)
    lastTag = tag
    if !command.isWhole { refuseWriting() }
    if status.condition == .bye { hasSaidGoodbye = true }
    conclude(command, status)
    if !isOK, command.role != .other { isExpectationStale = true }
  }

  private mutating func conclude(_ command: ClientCommand, _ status: StatusResponse) {
    let isOK = status.condition == .ok
    if case .startTLS = command.role { return concludeTLS(command, status) }
    if isOK { makeVoid(command.role) }
    if case .capabilities(let list) = status.code { learn(list, from: .tagged) }
    switch command.role {
    case .capability:
      if !isSetUp { secure() }
    case .authenticate:
      authentication = nil
      if isOK { state = .authenticated }
    case .select: concludeSelection(status)
    case .deselect:
      if isOK { deselect() }
    case .unauthenticate:
      if isOK {
        deselect()
        state = .notAuthenticated
        enabled = []
      }
    case .idle:
      if isOK, renewsIdle(command) { return }
      idle = nil
    case .logout: state = .loggedOut
    case .startTLS, .enable, .other: break
    }
    noteCode(status.code)
    if !command.isInternal { events.append(.completed(command.id, status)) }
    switch command.role {
    case .authenticate, .unauthenticate:
      if isOK, !hasFreshCapabilities, configuration.asksCapabilitiesAfterLogin { askCapabilities() }
    case .logout:
      hasSaidGoodbye = true
      core.close(.quit)
    case .capability, .startTLS, .enable, .select, .deselect, .idle, .other: break
    }
    if hasSaidGoodbye, !core.isOver, status.condition == .bye { core.close(.serviceRefused) }
  }

  /// Forgets the capabilities where they may be others now, unless they were said since the command.
  private mutating func makeVoid(_ role: ClientCommand.Role) {
    switch role {
    case .authenticate, .unauthenticate: if !hasFreshCapabilities { capabilities = IMAPCapabilities() }
    case .capability, .startTLS, .enable, .select, .deselect, .idle, .logout, .other: break
    }
  }

  private mutating func concludeTLS(_ command: ClientCommand, _ status: StatusResponse) {
    if status.condition == .ok {
      // What was offered in the clear may have been anybody's offer; so may be the code of this very response.
      capabilities = IMAPCapabilities()
      if !command.isInternal { events.append(.completed(command.id, status)) }
      core.startTLS()
      if !core.isOver { core.schedule(Timeout(configuration.timeouts.handshake)) }
      return
    }
    if !command.isInternal { return events.append(.completed(command.id, status)) }
    if configuration.security == .required { core.close(violation: .encryptionUnavailable) } else { becomeReady() }
  }

  /// Notes what the server offers.
  mutating func learn(_ list: [IMAPCapability], from origin: IMAPCapabilities.Origin) {
    capabilities = IMAPCapabilities(list, from: origin)
    hasFreshCapabilities = true
    if isSetUp { events.append(.capabilities(capabilities)) }
  }

  // MARK: Selecting

  private mutating func concludeSelection(_ status: StatusResponse) {
    var opened = openingMailbox
    openingMailbox = nil
    guard status.condition == .ok else { return deselect() }
    if case .keyword(.readOnly) = status.code { opened?.isReadOnly = true }
    if case .keyword(.readWrite) = status.code { opened?.isReadOnly = false }
    mailbox = opened
    state = .selected
  }

  mutating func deselect() {
    mailbox = nil
    if state == .selected { state = .authenticated }
  }

  // MARK: Idle

  mutating func renewIdle() {
    idle?.renews = true
    endIdle()
  }

  /// Says `DONE`, once.
  mutating func endIdle() {
    idle?.phase = .ending
    let line = [UInt8]("DONE".utf8)
    core.outbound.append(line)
    core.outbound.appendLineEnd()
    written += UInt64(line.count + 2)
    if let index = inFlight.firstIndex(where: { $0.role == .idle }) { inFlight[index].end = written }
    core.trace(TraceRecord(.client, line: line.span))
    isActive = true
  }

  /// Sends `IDLE` again when its time was over and nobody wanted it to end.
  private mutating func renewsIdle(_ command: ClientCommand) -> Bool {
    guard let idle, idle.renews, !idle.isDoneWanted else { return false }
    self.idle = nil
    var next = command
    next.command = .idle
    next.tag = nil
    next.isWhole = false
    queue.prepend(next)
    return true
  }
}
