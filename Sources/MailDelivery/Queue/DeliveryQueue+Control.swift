@_spi(MailCodec) public import MailWire

extension DeliveryQueue {
  /// Keeps a message from being sent until ``release(_:)``; what is being sent goes on. It does not expire meanwhile.
  ///
  /// - Throws: ``MisuseError/badArgument`` for a message that is not in the queue.
  public mutating func hold(_ id: QueueID) throws(MisuseError) {
    let message = try slot(of: id)
    messages[message].isHeld = true
    forEachJob(of: message) { queue, job in
      guard queue.jobs[job].state == .waiting || queue.jobs[job].state == .ready else { return }
      queue.take(job)
      queue.schedule(job)
    }
    persistChange(message, [])
  }

  /// Sends a message that was held, now.
  ///
  /// - Throws: ``MisuseError/badArgument`` for a message that is not in the queue.
  public mutating func release(_ id: QueueID) throws(MisuseError) {
    let message = try slot(of: id)
    messages[message].isHeld = false
    forEachJob(of: message) { queue, job in
      guard queue.jobs[job].state == .held else { return }
      queue.jobs[job].due = queue.now
      queue.schedule(job)
    }
    persistChange(message, [])
  }

  /// Gives a message up without a report; a recipient that is being sent to may still get it.
  ///
  /// - Throws: ``MisuseError/badArgument`` for a message that is not in the queue.
  public mutating func cancel(_ id: QueueID) throws(MisuseError) {
    let message = try slot(of: id)
    messages[message].isCancelled = true
    var changed: [UInt32] = []
    forEachJob(of: message) { queue, job in
      guard queue.jobs[job].state != .sending else { return }
      queue.take(job)
      let indices = queue.recipients(of: job)
      for index in indices { queue.finish(message, Int(index), .cancelled, .none) }
      changed += indices
      queue.removeJob(job)
    }
    persistChange(message, changed)
  }

  /// Tries all mail for a domain now, because it asked for it (`ETRN`,
  /// [RFC 1985](https://www.rfc-editor.org/rfc/rfc1985)) or was seen up. Expiry does not change.
  ///
  /// - Parameter domain: the domain in lower case.
  public mutating func flush(_ domain: [UInt8]) {
    guard let index = destinationByName[domain] else { return }
    flush(index)
  }

  /// Tries all mail now: work in proportion to the queue.
  public mutating func flush() {
    for index in 0..<destinations.bound where !destinations[index].name.isEmpty { flush(index) }
  }

  private mutating func flush(_ index: UInt32) {
    let target = destinations[index].target
    if destinations[target].isClosed { reopen(target) }
    while destinations[index].name.isEmpty == false, case let job = destinations[index].waiting.head, job != .none {
      take(job)
      jobs[job].due = now
      makeReady(job)
    }
    if !destinations[index].name.isEmpty, destinations[index].isClosed { reopen(index) }
  }

  private mutating func forEachJob(of message: UInt32, _ body: (inout DeliveryQueue, UInt32) -> Void) {
    var job = messages[message].jobs
    while job != .none {
      let next = jobs[job].nextOfMessage
      body(&self, job)
      job = next
    }
  }

  func slot(of id: QueueID) throws(MisuseError) -> UInt32 {
    guard let slot = slotByID[id.number], messages[slot].isAccepted else { throw .badArgument }
    return slot
  }

  /// What has become of a message's recipients, in order; nil for a message that is not in the queue.
  public func states(of id: QueueID) -> [RecipientState]? {
    slotByID[id.number].map { messages[$0].recipients.map { $0.state } }
  }
}
