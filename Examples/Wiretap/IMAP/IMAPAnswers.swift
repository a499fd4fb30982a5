/// The server's recording, searched for what it says to the commands of the client's.
struct IMAPAnswers {
  private var server: Counterpart<IMAPResponseTap>
  /// Continuation requests that were passed on the way to a completion.
  private var continuations = 0
  private var completions: [[UInt8]: TapUnit] = [:]

  init(_ server: Counterpart<IMAPResponseTap>) { self.server = server }

  /// Whether the client was asked to go on with the command of this tag: not when the command was completed first.
  mutating func continues(_ tag: [UInt8]) throws(Failure) -> Bool {
    if continuations > 0 {
      continuations -= 1
      return true
    }
    while completions[tag] == nil {
      guard let unit = try server.next() else { return true }
      if unit.kind == "continuation" { return true }
      note(unit)
    }
    return false
  }

  /// The completion of the command of this tag; nil when there is none.
  mutating func completion(of tag: [UInt8]) throws(Failure) -> TapUnit? {
    while completions[tag] == nil {
      guard let unit = try server.next() else { return nil }
      if unit.kind == "continuation" { continuations += 1 }
      note(unit)
    }
    return completions[tag]
  }

  /// Forgets the completion of a command that is over.
  mutating func forget(_ tag: [UInt8]) { completions[tag] = nil }

  private mutating func note(_ unit: TapUnit) {
    if unit.kind == "completion" { completions[unit.tag] = unit }
  }
}

/// A server's recording that is read together with the client's: each completion gets its command.
struct AttributedCompletions: Tap {
  private var responses: IMAPResponseTap
  private var requests: Counterpart<IMAPCommandTap>
  /// Commands whose completions are to come.
  private var commands: [[UInt8]: TapUnit] = [:]

  init(_ responses: IMAPResponseTap, _ requests: Counterpart<IMAPCommandTap>) {
    self.responses = responses
    self.requests = requests
  }

  var input: TapInput {
    get { responses.input }
    _modify { yield &responses.input }
  }

  mutating func next() throws(Failure) -> TapUnit? {
    guard var unit = responses.next() else { return nil }
    guard unit.kind == "completion" else { return unit }
    while commands[unit.tag] == nil, let command = try requests.next() {
      if !command.tag.isEmpty { commands[command.tag] = command }
    }
    guard let command = commands.removeValue(forKey: unit.tag) else { return unit }
    unit.answers = command.asPartner
    if command.kind == "compress", unit.outcome == .positive { responses.mayBeCompressed() }
    return unit
  }
}
