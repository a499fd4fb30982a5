@_spi(MailCodec) public import MailWire
@_spi(MailCodec) public import SMTPCodec

extension SMTPServer {
  /// Turns the client away instead of greeting it: `554` for no service, `421` for not now.
  ///
  /// Call it before the first `poll`. The connection closes behind the reply.
  ///
  /// - Throws: `outOfSequence` once the greeting has left, `unfittingAnswer` for a reply that is not 4yz or 5yz.
  public mutating func refuseService(_ reply: SMTPReply = .noService) throws(MisuseError) {
    guard case .greeting = mode else { throw .outOfSequence }
    guard reply.isNegative else { throw .unfittingAnswer }
    send(reply)
    core.close(.serviceRefused)
  }

  /// Ends the session: a running transaction is finished first, then the client gets `421`. Without one, at once.
  public mutating func shutDown() {
    guard !core.isOver else { return }
    tally.isShuttingDown = true
    _ = sayGoodbyeIfDue()
  }

  /// Says `421` once the host has asked for the end and no transaction is running.
  mutating func sayGoodbyeIfDue() -> Bool {
    guard tally.isShuttingDown, core.isOpen, question == nil, !dialogue.isInTransaction else { return false }
    send(.shuttingDown)
    core.close(.shutdown)
    return true
  }

  /// Waits out the delay, in which nobody may speak.
  mutating func takeGreeting() -> Bool {
    guard core.inbound.isEmpty else {
      let fault = ProtocolViolation.Fault.earlyTalker
      if configuration.refusesEarlyTalkers {
        send(.earlyTalker)
        core.close(violation: fault)
      } else {
        events.append(.violation(ProtocolViolation(fault, .tolerated)))
        greet()
      }
      return true
    }
    guard configuration.greetingDelay == .zero else { return false }
    greet()
    return true
  }

  mutating func greet() {
    var text = configuration.name.bytes
    if !configuration.greeting.bytes.isEmpty { text += [.space] + configuration.greeting.bytes }
    send(SMTPReply(220, bytes: text), includesStatus: false)
    dialogue.take(.greeting)
    mode = .commands
    tally.isActive = true
  }

  mutating func send(_ reply: SMTPReply, includesStatus: Bool = true) {
    let start = core.outbound.count
    reply.write(to: &core.outbound, includesStatus: includesStatus)
    core.traceWritten(.server, since: start)
  }
}
