@_spi(MailCodec) import IMAPCodec
@_spi(MailCodec) import MailWire

extension IMAPServer {
  /// Carries a command out, or asks the host to.
  mutating func run(_ tagged: TaggedCommand) {
    let tag = tagged.tag
    guard isLegal(tagged) else { return }
    switch tagged.command {
    case .capability:
      send(.untagged(.capability(capabilities)))
      finish(tag, "Capabilities listed")
    case .id:
      send(.untagged(.id(configuration.identity)))
      finish(tag, "Identified")
    case .logout:
      state = .loggedOut
      send(.untagged(.status(StatusResponse(.bye, nil, "Goodbye"))))
      finish(tag, "Logged out")
      core.close(.quit)
    case .startTLS: startTLS(tag)
    case .login(let user, let password): login(tag, user.bytes, password.secret)
    case .authenticate(let mechanism, let response): authenticate(tag, mechanism, response)
    case .enable(let names): enable(tag, names.elements)
    case .idle:
      running = ServerCommand(tag: tag, kind: .other, phase: .idle)
      stream.mode = .lines
      requestContinuation("idling")
      tellChanges(.all)
    case .noop where state != .selected: finish(tag, "Nothing done")
    case .compress: send(.tagged(tag, StatusResponse(.no, .keyword(.cannot), "No compression here")))
    default: ask(tagged)
    }
  }

  /// Whether the command may come now; refuses it otherwise.
  private mutating func isLegal(_ tagged: TaggedCommand) -> Bool {
    if case .unknown = tagged.command, state == .notAuthenticated {
      refuse(tagged.tag, "Unknown command", .unknownCommand)
      return false
    }
    guard IMAPClient.allows(tagged.command, in: state) else {
      refuse(tagged.tag, "Not valid in this state", .outOfSequence)
      return false
    }
    return true
  }

  /// Gives the command to the host.
  private mutating func ask(_ tagged: TaggedCommand) {
    let tag = tagged.tag
    var running = ServerCommand(tag: tag, kind: .other)
    var set: MessageSet?
    switch tagged.command {
    case .select(_, let parameters), .examine(_, let parameters):
      running = ServerCommand(tag: tag, kind: .opening)
      if parameters.condStore || parameters.resynchronisation != nil { tellsModSequences = true }
      leaveMailbox()
      if case .examine = tagged.command { isReadOnly = true }
    case .close, .unselect: running = ServerCommand(tag: tag, kind: .closing)
    case .unauthenticate: running = ServerCommand(tag: tag, kind: .unauthentication)
    case .fetch(let named, let items, let modifiers):
      set = named
      running = ServerCommand(tag: tag, kind: .fetch(items))
      if modifiers.changedSince != nil || items.attributes.contains(.modSeq) { tellsModSequences = true }
    case .store(let named, let request):
      set = named
      if request.unchangedSince != nil { tellsModSequences = true }
    case .copy(let named, _), .move(let named, _): set = named
    case .expunge(let named?): set = .uid(named)
    case .search(let program, let isUID):
      running = ServerCommand(tag: tag, kind: .search(program.returning), isUID: isUID)
      running.policy = isUID ? .all : .withoutExpunge
    case .sort(let request, let isUID):
      running = ServerCommand(tag: tag, kind: .sort(request.returning), isUID: isUID)
      running.policy = isUID ? .all : .withoutExpunge
    case .thread(_, let isUID):
      running.isUID = isUID
      running.policy = isUID ? .all : .withoutExpunge
    default: break
    }
    if let set {
      running.isUID = set.isUID
      if !set.isUID, !running.mayExpunge(tagged.command) { running.policy = .withoutExpunge }
      guard isKnown(set, tag) else { return }
    }
    let uids = set.flatMap { view?.uids(for: $0) } ?? NumberRanges()
    self.running = running
    events.append(.command(tagged.command, uids: uids))
  }

  /// Whether there are messages with all the numbers of a set; refuses the command otherwise. UIDs may be of none.
  private mutating func isKnown(_ set: MessageSet, _ tag: IMAPTag) -> Bool {
    guard case .sequence(let numbers) = set else { return true }
    if isEnabled("UIDONLY") {
      send(.tagged(tag, StatusResponse(.bad, .keyword(.uidRequired), "UIDs only")))
      return false
    }
    if view?.holds(numbers) == true { return true }
    // All of no messages are none: clients say so of a mailbox that has just been emptied.
    if view?.count == 0, numbers.ranges.ranges.isEmpty { return true }
    refuse(tag, "No such message", .syntax(SyntaxError(.badNumber, at: 0)))
    return false
  }

  /// Asks the host whether a message may come.
  mutating func offer(_ tagged: TaggedCommand, _ literal: LiteralHeader, _ position: AppendContinuation.Position) {
    guard IMAPClient.allows(tagged.command, in: state) else {
      endText(literal)
      return refuse(tagged.tag, "Not valid in this state", .outOfSequence)
    }
    var uids = NumberRanges()
    if case .replace(let replaced, _, _) = tagged.command {
      let number = replaced.number
      let uid =
        replaced.isUID ? number ?? view?.uids.ranges.last?.upperBound : view?.uid(at: number ?? view?.count ?? 0)
      if let uid, let known = try? NumberRanges([uid]) { uids = known }
    }
    running = ServerCommand(
      tag: tagged.tag, kind: .other, phase: .offered, literal: literal, position: position)
    events.append(.command(tagged.command, uids: uids))
  }

  /// Forgets the selected mailbox because another is about to be.
  private mutating func leaveMailbox() {
    if view != nil { send(.untagged(.status(StatusResponse(.ok, .keyword(.closed), "Previous mailbox closed")))) }
    view = nil
    isReadOnly = false
    state = .authenticated
  }

  /// Completes a command that needs no host.
  mutating func finish(_ tag: IMAPTag, _ text: String) {
    send(.tagged(tag, StatusResponse(.ok, nil, text)))
  }
}

extension ServerCommand {
  /// Whether messages may be removed while the command runs by sequence numbers: all but these,
  /// [RFC 9051 §7.5.1](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.1).
  fileprivate func mayExpunge(_ command: IMAPCommand) -> Bool {
    switch command {
    case .fetch, .store, .search, .sort, .thread: false
    default: true
    }
  }
}
