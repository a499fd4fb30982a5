@_spi(MailCodec) public import IMAPCodec
@_spi(MailCodec) public import MailWire

extension IMAPServer {
  /// Asks the client for the message that the last event announced.
  ///
  /// - Throws: `outOfSequence` when none is announced, `closed`.
  public mutating func accept() throws(MisuseError) {
    guard !core.isOver else { throw .closed }
    guard let running, running.phase == .offered, let literal = running.literal else { throw .outOfSequence }
    if !literal.isNonSynchronising { requestContinuation("OK") }
    self.running?.literal = nil
    self.running?.phase = .receiving
    tally.isActive = true
  }

  /// Ends the command that the host was asked to carry out, or the question of a login, with its tagged response; news of
  /// the mailbox go before it, where the client may hear them.
  ///
  /// An `OK` to a login tells the capabilities, and one to `SELECT` whether the mailbox may be changed, unless the status has a
  /// code of its own.
  ///
  ///     S: A3 OK [READ-WRITE] Done
  ///
  /// - Throws: `outOfSequence` when nothing waits for it, `unfittingAnswer` for a condition other
  ///   than `OK`, `NO` and `BAD`, for `OK` to a message that was not asked for, and to `SELECT` before ``open(_:)``; `closed`.
  public mutating func complete(_ status: StatusResponse = .done) throws(MisuseError) {
    guard !core.isOver else { throw .closed }
    guard let running, running.completion == nil else { throw .outOfSequence }
    let isDone = status.condition == .ok
    guard isDone || status.condition == .no || status.condition == .bad else { throw .unfittingAnswer }
    switch running.phase {
    case .answering: break
    case .offered:
      guard !isDone else { throw .unfittingAnswer }
      endText(running.literal)
    case .receiving, .exchange, .idle: throw .outOfSequence
    }
    if isDone, case .opening = running.kind, view == nil { throw .unfittingAnswer }
    wantsRoom = false
    if transfer == nil { end(running, status) } else { self.running?.completion = status }
  }

  /// Ends the command once all that goes before is written.
  mutating func end(_ running: ServerCommand, _ status: StatusResponse) {
    let isDone = status.condition == .ok
    self.running = nil
    var code = status.code
    switch running.kind {
    case .authentication where isDone:
      state = .authenticated
      stream.limits = configuration.limits.commands
      if code == nil { code = .capabilities(capabilities) }
    case .opening where isDone:
      state = .selected
      if code == nil { code = .keyword(isReadOnly ? .readOnly : .readWrite) }
    case .opening: view = nil
    case .closing where isDone:
      view = nil
      state = .authenticated
    case .unauthentication where isDone:
      state = .notAuthenticated
      view = nil
      enabled = []
      tellsModSequences = false
      stream.limits = configuration.limits.commands.beforeAuthentication
    case .authentication, .closing, .unauthentication, .search, .sort, .fetch, .other: tellChanges(running.policy)
    }
    send(.tagged(running.tag, StatusResponse(status.condition, code, bytes: status.text)))
    if case .authentication = running.kind, !isDone { countAuthenticationFailure() }
  }

  /// Tells what the client asked for, or an alert at any time.
  ///
  ///     S: * LIST (\HasNoChildren) "/" INBOX
  ///
  /// - Throws: `unfittingAnswer` for what the machine itself tells (`EXISTS`, `EXPUNGE`, `VANISHED` without `EARLIER`, `FETCH`)
  ///   and for `BYE`, `outOfSequence` before the greeting and between a completion and its contents, `closed`.
  public mutating func send(_ response: UntaggedResponse) throws(MisuseError) {
    guard !core.isOver else { throw .closed }
    guard state != .connecting, running?.completion == nil else { throw .outOfSequence }
    switch response {
    case .exists, .expunge, .recent, .fetch, .vanished(earlier: false, _): throw .unfittingAnswer
    case .status(let status) where status.condition == .bye || status.condition == .preAuthenticated:
      throw .unfittingAnswer
    default: write(response)
    }
  }

  /// Ends the session as soon as the command that is under way is answered.
  ///
  ///     S: * BYE Server is shutting down
  public mutating func shutDown() { tally.isShuttingDown = true }
}
