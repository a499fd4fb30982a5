@_spi(MailCodec) public import IMAPCodec
@_spi(MailCodec) public import MailWire

extension IMAPClient {
  /// When a command may be sent while others are in flight.
  @frozen
  public enum Order: Sendable {
    /// As soon as nothing in flight can change what it means: no `EXPUNGE` may move the sequence numbers in it, no other
    /// mailbox be selected, no search replace the result that it refers to. When messages are removed before a command with
    /// sequence numbers could be sent, it is not sent at all: ``IMAPClientEvent/notSent(_:)``.
    ///
    /// [RFC 9051 §5.5](https://www.rfc-editor.org/rfc/rfc9051#section-5.5)
    case unambiguous
    /// At once behind the others: the caller knows why that is unambiguous. Only `LOGIN`, `AUTHENTICATE`, `STARTTLS`,
    /// `ENABLE`, `UNAUTHENTICATE` and `IDLE` are waited for all the same.
    case immediate
  }

  /// Gives a command. It is sent behind those given before, and ends an `IDLE` that is under way.
  ///
  /// Its tag is made here. ``IMAPClientEvent/completed(_:_:)`` or ``IMAPClientEvent/notSent(_:)`` follows, unless the connection
  /// ends before.
  ///
  /// - Throws: `outOfSequence` before ``IMAPClientEvent/ready(_:)``, in a state that does not have the command (all commands
  ///   given before are taken to succeed); `encryptionRequired` for credentials on a channel in the
  ///   clear; `notOffered` for `LOGIN` under `LOGINDISABLED` and for commands and literals of extensions that the server does
  ///   not announce, `COMPRESS` always; `tooLong` for a message beyond ``IMAPCapabilities/appendLimit``; `tooMany`; `closed`.
  @discardableResult
  public mutating func send(_ command: IMAPCommand, order: Order = .unambiguous) throws(MisuseError) -> CommandID {
    try enqueue(command, order: order)
  }

  /// Logs in: with `AUTHENTICATE PLAIN` where it is offered, with `LOGIN` elsewhere.
  ///
  /// - Throws: as ``send(_:order:)``; `notOffered` when the server has neither, or cannot take an authorization identity;
  ///   `badArgument` for credentials that no command can carry, `tooLong` for ones that are too long for PLAIN.
  @discardableResult
  public mutating func authenticate(_ credentials: Credentials) throws(MisuseError) -> CommandID {
    if capabilities.mechanisms.contains(.plain) {
      let message = Secret(try PlainMessage.write(credentials))
      return try enqueue(.authenticate(.plain, initialResponse: message), answers: [message], isAutomatic: true)
    }
    guard credentials.authorizationIdentity.isEmpty else { throw .notOffered }
    guard let user = try? IMAPString(credentials.user.span), let password = try? IMAPPassword(credentials.password)
    else {
      throw .badArgument
    }
    if capabilities.has("LOGINDISABLED"), capabilities.mechanisms.contains(.login) {
      return try enqueue(
        .authenticate(.login, initialResponse: nil), answers: [Secret(user.bytes), password.secret], isAutomatic: true)
    }
    return try enqueue(.login(user, password))
  }

  /// Answers ``IMAPClientEvent/challenge(_:for:)`` with what the mechanism says, not yet in base64.
  ///
  /// - Throws: `outOfSequence` when the server has not asked, `closed`.
  public mutating func respond(_ response: Secret) throws(MisuseError) {
    try requireChallenge()
    authentication?.isChallenged = false
    writeAnswer(response)
  }

  /// Ends the `AUTHENTICATE` that has brought ``IMAPClientEvent/challenge(_:for:)``: the server refuses it then.
  ///
  /// - Throws: `outOfSequence` when the server has not asked, `closed`.
  public mutating func cancelAuthentication() throws(MisuseError) {
    try requireChallenge()
    authentication?.isChallenged = false
    writeCancellation()
  }

  /// Ends the `IDLE` that is under way or waits, as any other command does too. `DONE` is said once.
  ///
  /// - Throws: `outOfSequence` without one, `closed`.
  public mutating func finishIdle() throws(MisuseError) {
    guard !core.isOver else { throw .closed }
    if queue.endIdle() { return }
    guard idle != nil else { throw .outOfSequence }
    idle?.isDoneWanted = true
    isActive = true
  }

  /// Ends the connection at once, whatever is under way.
  public mutating func close() { core.cut(.shutdown) }

  private func requireChallenge() throws(MisuseError) {
    guard !core.isOver else { throw .closed }
    guard authentication?.isChallenged == true else { throw .outOfSequence }
  }

  // MARK: Giving

  private mutating func enqueue(
    _ command: IMAPCommand, order: Order = .unambiguous, answers: [Secret] = [], isAutomatic: Bool = false
  ) throws(MisuseError) -> CommandID {
    guard !core.isOver, !hasSaidGoodbye else { throw .closed }
    expectAnew()
    guard isSetUp, Self.allows(command, in: expectedState) else { throw .outOfSequence }
    try requireOffer(of: command)
    guard queue.count < configuration.limits.queuedCommands else { throw .tooMany }
    idle?.isDoneWanted = true
    var entry = entry(for: command, isInternal: false, isOrdered: order == .unambiguous, answers, isAutomatic)
    if entry.traits.contains(.usesNumbers), !command.isAboutAllMessages, queue.selections == 0,
      !inFlight.contains(where: { $0.traits.contains(.changesMailbox) })
    {
      entry.removals = removals
    }
    expectedState = entry.role.state(behind: expectedState)
    queue.append(entry)
    return entry.id
  }

  private mutating func entry(
    for command: IMAPCommand, isInternal: Bool, isOrdered: Bool = true, _ answers: [Secret] = [],
    _ isAutomatic: Bool = false
  ) -> ClientCommand {
    commandCount += 1
    return ClientCommand(
      id: CommandID(number: commandCount), isInternal: isInternal, isOrdered: isOrdered,
      role: ClientCommand.Role(command), traits: ClientCommandTraits(command), interest: ClientInterest(command),
      command: command, answers: answers, isAutomatic: isAutomatic)
  }

  /// Gives a command of the machine's own, before those of the host.
  mutating func ask(_ command: IMAPCommand) {
    queue.prepend(entry(for: command, isInternal: true))
    isActive = true
  }

  mutating func askCapabilities() { ask(.capability) }

  /// Takes the commands that were given to succeed, from the state on in which the session is.
  private mutating func expectAnew() {
    guard isExpectationStale else { return }
    isExpectationStale = false
    var expected = state
    for command in inFlight { expected = command.role.state(behind: expected) }
    queue.forEach { command in expected = command.role.state(behind: expected) }
    expectedState = expected
  }
}
