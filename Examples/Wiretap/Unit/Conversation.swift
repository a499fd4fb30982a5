/// The side of a conversation that asks.
protocol RequestTap: Tap {
  /// How many replies the last unit has.
  var repliesDue: Int { get }

  /// Tells how the last unit was answered, once for each reply.
  mutating func note(_ outcome: TapUnit.Outcome)
}

/// The side of a conversation that answers.
protocol ReplyTap: Tap {
  /// Tells what the next reply answers, before it is read: nil when nobody knows.
  mutating func expect(_ request: TapUnit?, isGreeting: Bool)

  /// Whether this, the first reply, is a greeting.
  func isGreeting(_ unit: TapUnit) -> Bool

  /// Improves on a reply, now that it is known what it answers.
  func attribute(_ unit: inout TapUnit, to request: TapUnit)
}

/// The other side's recording, read as far as it is needed.
struct Counterpart<Other: Tap> {
  var tap: Other
  private var source: any ByteSource

  init(_ tap: Other, _ source: any ByteSource) {
    self.tap = tap
    self.source = source
  }

  /// The next unit; nil at the end.
  mutating func next() throws(Failure) -> TapUnit? {
    while true {
      if let unit = try tap.next() { return unit }
      if tap.input.isAtEnd { return nil }
      var block: [UInt8] = []
      if try source.read(1 << 14, into: &block) { tap.feed(block.span) } else { tap.feedEnd() }
    }
  }
}

/// A client's recording that is read together with the server's: each command gets its replies.
struct AnsweredRequests<Requests: RequestTap, Replies: ReplyTap>: Tap {
  private var requests: Requests
  private var replies: Counterpart<Replies>
  private var isGreeted = false

  init(_ requests: Requests, _ replies: Counterpart<Replies>) {
    self.requests = requests
    self.replies = replies
  }

  var input: TapInput {
    get { requests.input }
    _modify { yield &requests.input }
  }

  mutating func next() throws(Failure) -> TapUnit? {
    guard var unit = try requests.next() else { return nil }
    for _ in 0..<requests.repliesDue {
      guard let reply = try nextReply(to: unit) else { break }
      unit.answered.append(reply.asPartner)
      requests.note(reply.outcome ?? .unknown)
    }
    return unit
  }

  private mutating func nextReply(to request: TapUnit) throws(Failure) -> TapUnit? {
    if !isGreeted {
      isGreeted = true
      replies.tap.expect(nil, isGreeting: true)
      guard let first = try nextStart() else { return nil }
      if !replies.tap.isGreeting(first) { return first }
    }
    replies.tap.expect(request, isGreeting: false)
    return try nextStart()
  }

  /// The next unit that is an answer, not a further part of one.
  private mutating func nextStart() throws(Failure) -> TapUnit? {
    while let unit = try replies.next() {
      if unit.outcome != nil { return unit }
    }
    return nil
  }
}

/// A server's recording that is read together with the client's: each reply gets its command.
struct AttributedReplies<Replies: ReplyTap, Requests: RequestTap>: Tap {
  private enum State {
    case greeting
    /// So many replies to this command are to come; none is known when there is no command.
    case due(TapUnit?, Int)
  }

  private var replies: Replies
  private var requests: Counterpart<Requests>
  private var state = State.greeting

  init(_ replies: Replies, _ requests: Counterpart<Requests>) {
    self.replies = replies
    self.requests = requests
    self.replies.expect(nil, isGreeting: true)
  }

  var input: TapInput {
    get { replies.input }
    _modify { yield &replies.input }
  }

  mutating func next() throws(Failure) -> TapUnit? {
    guard var unit = try replies.next() else { return nil }
    guard let outcome = unit.outcome else { return unit }
    if case .greeting = state {
      guard !replies.isGreeting(unit) else {
        unit.remarks.append(Detail("answers", "nothing: it is the greeting"))
        try prepare()
        return unit
      }
      try prepare()
    }
    guard case .due(let request?, let count) = state else { return unit }
    unit.answers = request.asPartner
    replies.attribute(&unit, to: request)
    requests.tap.note(outcome)
    if count > 1 { state = .due(request, count - 1) } else { try prepare() }
    return unit
  }

  /// Finds the next command that has a reply.
  private mutating func prepare() throws(Failure) {
    state = .due(nil, 0)
    while let request = try requests.next() {
      guard requests.tap.repliesDue > 0 else { continue }
      state = .due(request, requests.tap.repliesDue)
      replies.expect(request, isGreeting: false)
      return
    }
    replies.expect(nil, isGreeting: false)
  }
}
