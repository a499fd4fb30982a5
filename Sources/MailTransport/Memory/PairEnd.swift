import MailWire

/// One end of a ``MachinePair``: the machine, and what is on its way to it.
struct PairEnd<Machine: ConnectionMachine & ~Copyable>: ~Copyable {
  var machine: Machine
  var inbox = PairInbox()
  var wait: Wait?
  var wantsTLS = false
  /// The machine has asked to close, and its last event is out.
  var isOver = false
  private var hasClosed = false
  private var hasAnnouncedEnd = false

  init(_ machine: consuming Machine) { self.machine = machine }

  /// Polls until the machine waits; an event costs a step, so that a machine and a handler cannot go on for ever.
  mutating func drain<Failure: Error>(
    _ trace: ((TraceRecord) -> Void)?, _ steps: inout Int, upTo maximum: Int,
    _ handle: (Machine.Event, inout Machine) throws(Failure) -> Void
  ) throws(Failure) {
    while steps < maximum {
      switch machine.poll() {
      case .write: continue
      case .event(let event):
        steps += 1
        try handle(event, &machine)
      case .trace(let record): trace?(record)
      case .transport(.startTLS): wantsTLS = true
      case .transport(.close): hasClosed = true
      // An action of a later version of the library that the pair cannot carry out.
      case .transport: machine.transportDidChange(.failed, at: .zero)
      case .wait(let wait):
        self.wait = wait
        isOver = hasClosed
        return
      }
    }
  }

  /// Puts what waits, or a part of it, on the way to the other end; behind the last of it comes the end. Says whether
  /// there was anything.
  mutating func write(
    to other: inout PairInbox, arriving arrival: Instant, _ conditions: PairConditions, _ dice: inout PairDice
  ) -> Bool {
    var sent: [UInt8] = []
    machine.withOutbound { bytes in
      guard !bytes.isEmpty else { return 0 }
      let count = conditions.isRandom ? conditions.piece(of: bytes.count, &dice) : bytes.count
      sent.reserveCapacity(count)
      for index in 0..<count { sent.append(bytes[index]) }
      return count
    }
    if !sent.isEmpty { other.append(sent, arriving: arrival) }
    if isOver, !hasAnnouncedEnd {
      hasAnnouncedEnd = true
      other.end = arrival
    }
    return !sent.isEmpty
  }

  /// Delivers one piece of what has arrived, or the end; false when there is nothing or the machine does not read.
  mutating func receive(_ now: Instant, _ conditions: PairConditions, _ dice: inout PairDice) -> Bool {
    if isOver {
      // Nobody reads it any more.
      inbox = PairInbox()
      return false
    }
    guard let wait, wait.reading else { return false }
    if let piece = inbox.take(now, conditions, &dice) {
      machine.receive(piece.span, at: now)
      return true
    }
    guard inbox.isEmpty, let end = inbox.end, end <= now else { return false }
    inbox.end = nil
    machine.receiveEnd(at: now)
    return true
  }

  mutating func change(_ change: TransportChange, at now: Instant) {
    wantsTLS = false
    machine.transportDidChange(change, at: now)
  }

  /// When the next piece or the end arrives, for a machine that reads; nil when it will not look.
  var nextArrival: Instant? {
    guard !isOver, let wait, wait.reading else { return nil }
    return inbox.nextArrival ?? inbox.end
  }
}
