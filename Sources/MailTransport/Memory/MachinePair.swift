public import MailWire

/// A client and a server joined in memory, on virtual time: hosts and whole sessions tested without a network.
///
/// ```swift
/// var pair = MachinePair(client, server, conditions: .init(chunking: .random(seed: 7), delay: .milliseconds(40)))
/// let ending = try pair.run { event, client in
///   if case .ready = event { try client.send(envelope) }
/// } server: { event, server in
///   if case .mail = event { try server.accept() }
/// }
/// ```
///
/// Nothing in it is random but what the seed says: the same conditions and handlers give the same session, to the octet.
/// Time stands still while anything can happen, then jumps to the next arrival or deadline: an hour's timeout costs nothing.
public struct MachinePair<
  Client: ConnectionMachine & ~Copyable, Server: ConnectionMachine & ~Copyable
>: ~Copyable {
  /// How a run ended.
  @frozen
  public enum Ending: Hashable, Sendable {
    /// Both machines have closed.
    case closed
    /// Nothing happens any more by itself, or not before the time that was given: a machine waits for an answer or a
    /// command of its host. Give it and run again.
    case waiting
    /// The limit of steps was reached: the two keep each other busy.
    case exhausted
  }

  /// The client. Between two runs the host may use it as it likes.
  public var client: Client {
    _read { yield clientEnd.machine }
    _modify { yield &clientEnd.machine }
  }
  /// The server. Between two runs the host may use it as it likes.
  public var server: Server {
    _read { yield serverEnd.machine }
    _modify { yield &serverEnd.machine }
  }
  /// The virtual time, which begins at ``Instant/zero``.
  public private(set) var now = Instant.zero
  /// The steps so far: one for each event, write, delivery, handshake and jump in time.
  public private(set) var steps = 0
  /// Takes each trace record of both machines, when their configurations turn tracing on.
  public var trace: ((TraceRecord) -> Void)?

  private var clientEnd: PairEnd<Client>
  private var serverEnd: PairEnd<Server>
  private let conditions: PairConditions
  private var dice: PairDice
  private var isReset = false

  /// A pair that is connected and has not said anything.
  public init(
    _ client: consuming Client, _ server: consuming Server, conditions: PairConditions = PairConditions()
  ) {
    clientEnd = PairEnd(client)
    serverEnd = PairEnd(server)
    self.conditions = conditions
    dice = PairDice(state: conditions.seed)
    clientEnd.machine.advance(to: now)
    serverEnd.machine.advance(to: now)
    if conditions.beginsWithTLS {
      clientEnd.machine.transportDidChange(.tls(TLSDescription()), at: now)
      serverEnd.machine.transportDidChange(.tls(TLSDescription()), at: now)
    }
  }

  /// Runs both machines until nothing happens any more, or not before `limit`; the time is `limit` then.
  ///
  /// A host that answers after its handler has returned gives a limit: otherwise the time jumps to the peer's deadline
  /// before the host has had its chance.
  ///
  /// - Throws: what a handler throws.
  public mutating func run<Failure: Error>(
    until limit: Instant? = nil,
    client handleClient: (Client.Event, inout Client) throws(Failure) -> Void,
    server handleServer: (Server.Event, inout Server) throws(Failure) -> Void
  ) throws(Failure) -> Ending {
    while true {
      try clientEnd.drain(trace, &steps, upTo: conditions.maximumSteps, handleClient)
      try serverEnd.drain(trace, &steps, upTo: conditions.maximumSteps, handleServer)
      guard steps < conditions.maximumSteps else { return .exhausted }
      if !isReset, let limit = conditions.resetAfterSteps, steps >= limit {
        reset()
      } else if !carry() {
        if clientEnd.isOver && serverEnd.isOver { return .closed }
        guard deliver() || secure() || jump(notBeyond: limit) else { return .waiting }
      }
      steps += 1
    }
  }

  // MARK: Steps

  /// Puts what the machines wrote on the way to the other.
  private mutating func carry() -> Bool {
    let clientWrote = clientEnd.write(
      to: &serverEnd.inbox, arriving: now + conditions.clientDelay, conditions, &dice)
    let serverWrote = serverEnd.write(
      to: &clientEnd.inbox, arriving: now + conditions.serverDelay, conditions, &dice)
    return clientWrote || serverWrote
  }

  private mutating func deliver() -> Bool {
    // One end a step, in turn or at random, so that neither starves.
    let isClientFirst = conditions.isRandom ? dice.below(2) == 0 : steps % 2 == 0
    if isClientFirst {
      return clientEnd.receive(now, conditions, &dice) || serverEnd.receive(now, conditions, &dice)
    }
    return serverEnd.receive(now, conditions, &dice) || clientEnd.receive(now, conditions, &dice)
  }

  /// Both have asked for TLS and said all they had to say before: it is established. When only one can go on, it fails.
  private mutating func secure() -> Bool {
    guard clientEnd.wantsTLS || serverEnd.wantsTLS else { return false }
    if clientEnd.wantsTLS && serverEnd.wantsTLS {
      let isClean = clientEnd.inbox.isEmpty && serverEnd.inbox.isEmpty
      let change = isClean && !conditions.tlsFails ? TransportChange.tls(TLSDescription()) : .tlsFailed
      clientEnd.change(change, at: now)
      serverEnd.change(change, at: now)
      return true
    }
    if clientEnd.wantsTLS && serverEnd.isOver {
      clientEnd.change(.tlsFailed, at: now)
      return true
    }
    if serverEnd.wantsTLS && clientEnd.isOver {
      serverEnd.change(.tlsFailed, at: now)
      return true
    }
    return false
  }

  /// Moves the time to the next thing that can happen; false when that is never or not before the limit.
  private mutating func jump(notBeyond limit: Instant?) -> Bool {
    var next: Instant?
    for time in [clientEnd.nextArrival, serverEnd.nextArrival, clientEnd.wait?.deadline, serverEnd.wait?.deadline] {
      if let time { next = Swift.min(next ?? time, time) }
    }
    let isLimited = if let limit { next.map { $0 > limit } ?? true } else { false }
    guard let next = isLimited ? limit : next else { return false }
    now = Swift.max(now, next)
    clientEnd.machine.advance(to: now)
    serverEnd.machine.advance(to: now)
    return !isLimited
  }

  private mutating func reset() {
    isReset = true
    clientEnd.inbox = PairInbox()
    serverEnd.inbox = PairInbox()
    clientEnd.change(.failed, at: now)
    serverEnd.change(.failed, at: now)
  }
}
