@_spi(MailCodec) public import MailWire
import SMTPCodec

/// Recipients of a transaction that are treated alike from here on.
private struct ResultGroup {
  enum Kind: Equatable {
    /// In another transaction, now.
    case again
    /// At the next host, now.
    case nextHost(Int)
    /// Later.
    case later(RetryCause, Duration?)
  }

  let kind: Kind
  var indices: [UInt32]
}

extension DeliveryQueue {
  /// A transaction is over. The session goes on with the next one, unless ``sessionEnded(_:_:at:)`` says otherwise before
  /// the next `poll`.
  ///
  /// - Parameter results: one for each recipient of the transaction, in its order.
  /// - Throws: ``MisuseError/outOfSequence`` when the session has no transaction, ``MisuseError/badArgument`` for another
  ///   number of results.
  public mutating func transactionEnded(_ id: SessionID, _ results: [DeliveryResult]) throws(MisuseError) {
    let session = try slot(of: id)
    guard sessions[session].phase == .sending else { throw .outOfSequence }
    guard results.count == sessions[session].sent.count else { throw .badArgument }
    apply(results, session)
    sendNext(session)
  }

  /// The whole job cannot go through this session, as far as its capabilities tell.
  mutating func refuse(_ session: UInt32, _ verdict: DeliveryVerdict) {
    let job = sessions[session].job
    let slot = sessions[session]
    let host =
      destinations[slot.site].hosts.indices.contains(slot.host) ? destinations[slot.site].hosts[slot.host] : nil
    let status = note(
      DeliveryStatus(code: verdict.status, stage: .sender, reply: nil, host: host?.host.bytes ?? []))
    let message = jobs[job].message
    sessions[session].job = .none
    if verdict.mayTryNextHost, let next = usableHost(at: slot.site, from: slot.host + 1) {
      jobs[job].host = UInt8(truncatingIfNeeded: next)
      setStatus(status, recipients: slot.sent, of: message)
      makeReady(job, first: true)
    } else {
      for index in slot.sent { finish(message, Int(index), .failed, status) }
      conclude(job, slot.sent)
    }
    release(status)
  }

  private mutating func setStatus(_ status: UInt32, recipients: [UInt32], of message: UInt32) {
    for index in recipients { setStatus(status, message: message, recipient: Int(index)) }
  }

  /// Why a session is not fit for a message; nil when it is.
  func objection(_ session: UInt32, to message: UInt32) -> DeliveryVerdict? {
    let capabilities = sessions[session].capabilities
    let slot = messages[message]
    if let limit = capabilities.sizeLimit, limit > 0, slot.size > limit {
      return DeliveryVerdict(.failMessage, EnhancedStatusCode(5, 3, 4), .message)
    }
    if slot.requiresTLS, !capabilities.offersRequireTLS {
      return DeliveryVerdict(.failMessage, EnhancedStatusCode(5, 7, 30), .policy, mayTryNextHost: true)
    }
    // RFC 6152 §3: to be converted, which the host does before it says what the body is, or to come back.
    if slot.body == BodyType.eightBitMIME.recordCode, !capabilities.offersEightBitMIME {
      return DeliveryVerdict(.failMessage, EnhancedStatusCode(5, 6, 3), .message, mayTryNextHost: true)
    }
    if slot.isInternationalised, !capabilities.offersSMTPUTF8 {
      return DeliveryVerdict(.failMessage, EnhancedStatusCode(5, 6, 7), .message, mayTryNextHost: true)
    }
    // RFC 2852 §4.2: a message that must come back in time goes to nobody who would not send it back.
    if slot.deadlineMode == DeliverBy.Mode.return.rawValue, !capabilities.offersDeliverBy {
      return DeliveryVerdict(.failMessage, EnhancedStatusCode(5, 3, 3), .policy, mayTryNextHost: true)
    }
    return nil
  }

  /// Decides for each recipient, stores what was decided, and lets the destination's window learn from it.
  mutating func apply(_ results: [DeliveryResult], _ session: UInt32) {
    let slot = sessions[session]
    let message = jobs[slot.job].message
    sessions[session].job = .none
    sessions[session].phase = .idle
    if slot.wasOver(results) {
      // No other transaction goes through it.
      sessions[session].transactions = configuration.transactionsPerSession
      place([ResultGroup(kind: .again, indices: slot.sent)], of: slot.job)
      return persistChange(message, slot.sent)
    }
    var classifier = DeliveryClassifier(requiresTLS: messages[message].requiresTLS)
    classifier.acceptedRecipients = results.reduce(0) { $0 + ($1.wasAcceptedAtFirst ? 1 : 0) }
    let next = usableHost(at: slot.site, from: slot.host + 1)
      .flatMap { $0 < configuration.hostsPerRun ? $0 : nil }
    var groups: [ResultGroup] = []
    var hasHostTrouble = false
    var hasAnswer = false
    for (position, result) in results.enumerated() {
      let index = slot.sent[position]
      switch result {
      case .delivered:
        hasAnswer = true
        let state: RecipientState =
          slot.capabilities.offersDSN && !slot.capabilities.isLocal
          ? .delivered
          : slot.capabilities.isLocal ? .delivered : .relayed
        finish(message, Int(index), state, .none, isReportedByNextHop: !slot.capabilities.isLocal)
      case .expanded:
        hasAnswer = true
        finish(message, Int(index), .expanded, .none)
      case .problem(let problem, let stage):
        let verdict = classifier.verdict(problem, at: stage)
        if case .reply = problem { hasAnswer = hasAnswer || !verdict.backsOffHost }
        hasHostTrouble = hasHostTrouble || verdict.backsOffHost
        sort(index, verdict, problem, stage, slot, next, into: &groups)
      }
    }
    if let first = classifier.firstSplit(results, groups.isEmpty) {
      destinations[slot.site].recipientLimit = max(1, first)
    }
    place(groups, of: slot.job)
    persistChange(message, slot.sent)
    learn(slot, hasAnswer: hasAnswer, hasHostTrouble: hasHostTrouble)
  }

  private mutating func sort(
    _ index: UInt32, _ verdict: DeliveryVerdict, _ problem: DeliveryProblem, _ stage: DeliveryStage,
    _ session: SessionSlot, _ next: Int?, into groups: inout [ResultGroup]
  ) {
    let message = jobs[session.job].message
    let hosts = destinations[session.site].hosts
    let host = session.host < hosts.count ? hosts[session.host].host.bytes : []
    let status = note(
      verdict, problem, at: stage, host: host, like: messages[message].recipients[Int(index)].status)
    defer { release(status) }
    switch verdict.action {
    case .failRecipient, .failMessage:
      return finish(message, Int(index), .failed, status)
    case .split:
      append(index, .again, to: &groups)
    case .nextHost:
      append(index, next.map { .nextHost($0) } ?? .later(verdict.cause, verdict.retryHint), to: &groups)
    case .ambiguous:
      ambiguousCount += 1
      append(index, .later(verdict.cause, nil), to: &groups)
    case .deferRecipient, .deferMessage, .ignore, .plaintext:
      if verdict.mayTryNextHost, let next {
        append(index, .nextHost(next), to: &groups)
      } else {
        append(index, .later(verdict.cause, verdict.retryHint), to: &groups)
      }
    }
    setStatus(status, message: message, recipient: Int(index))
  }

  private func append(_ index: UInt32, _ kind: ResultGroup.Kind, to groups: inout [ResultGroup]) {
    if let found = groups.firstIndex(where: { $0.kind == kind }) {
      groups[found].indices.append(index)
    } else {
      groups.append(ResultGroup(kind: kind, indices: [index]))
    }
  }

  /// Makes a job of each group; the first one keeps the job that was sent.
  private mutating func place(_ groups: [ResultGroup], of job: UInt32) {
    let message = jobs[job].message
    if groups.isEmpty { return removeJob(job) }
    if messages[message].isCancelled {
      for group in groups { for index in group.indices { finish(message, Int(index), .cancelled, .none) } }
      return removeJob(job)
    }
    let domain = jobs[job].domain
    let due = jobs[job].due
    for (position, group) in groups.enumerated() {
      var target = job
      if position > 0 {
        target = insertJob(message: message, domain: domain, due: due)
      }
      switch group.kind {
      case .again:
        setRecipients(group.indices[...], of: target)
        if messages[message].isHeld { schedule(target) } else { makeReady(target, first: true) }
      case .nextHost(let host):
        setRecipients(group.indices[...], of: target)
        jobs[target].host = UInt8(truncatingIfNeeded: host)
        if messages[message].isHeld { schedule(target) } else { makeReady(target, first: true) }
      case .later(let cause, let hint):
        deferRecipients(target, group.indices, cause: cause, hint: hint, status: .none)
      }
    }
  }

  private mutating func learn(_ session: SessionSlot, hasAnswer: Bool, hasHostTrouble: Bool) {
    if hasHostTrouble {
      hostFailed(session.site, session.host, .host)
      // With another host left, the destination as a whole is well.
      if usableHost(at: session.site, from: 0) == nil { siteFailed(session.site, .host) }
    } else if hasAnswer {
      destinations[session.site].window.succeed(busy: Int(destinations[session.site].active))
      recovered(session.site)
      touch(session.site)
    }
  }

  /// Puts the recipients of a job that is in no list off, or gives them up when their time is over.
  mutating func deferRecipients(
    _ job: UInt32, _ indices: [UInt32], cause: RetryCause, hint: Duration?, status: UInt32
  ) {
    let message = jobs[job].message
    if messages[message].isCancelled {
      for index in indices { finish(message, Int(index), .cancelled, .none) }
      return removeJob(job)
    }
    var attempts: UInt16 = 0
    for index in indices {
      let count = messages[message].recipients[Int(index)].attempts
      messages[message].recipients[Int(index)].attempts = count == .max ? count : count + 1
      attempts = max(attempts, count == .max ? count : count + 1)
      if status != .none { setStatus(status, message: message, recipient: Int(index)) }
    }
    let expiry = effectiveExpiry(message)
    if expiry <= now {
      for index in indices {
        finish(message, Int(index), .expired, messages[message].recipients[Int(index)].status)
      }
      return removeJob(job)
    }
    setRecipients(indices[...], of: job)
    jobs[job].host = 0
    let start = max(messages[message].created, messages[message].holdUntil)
    jobs[job].due =
      configuration.schedule.nextAttempt(
        from: Instant(nanoseconds: now), start: Instant(nanoseconds: start), attempts: Int(attempts), cause: cause,
        hint: hint, expiry: Instant(nanoseconds: expiry), using: &generator
      ).nanoseconds
    for index in indices { messages[message].recipients[Int(index)].due = jobs[job].due }
    schedule(job)
  }

  /// Brings a recipient into a final state.
  mutating func finish(
    _ message: UInt32, _ index: Int, _ state: RecipientState, _ status: UInt32, isReportedByNextHop: Bool = false
  ) {
    guard !messages[message].recipients[index].state.isFinal else { return }
    messages[message].recipients[index].state = state
    messages[message].remaining -= 1
    setStatus(status, message: message, recipient: index)
    let notify = messages[message].recipients[index].notify
    // A notice of delay that has not gone out yet would be news of yesterday.
    messages[message].recipients[index].pending &= ~RecipientSlot.delayReport
    let isDue =
      switch state {
      case .failed, .expired: notify.wantsFailure
      case .delivered: notify.wantsSuccess && !isReportedByNextHop
      case .relayed, .expanded: notify.wantsSuccess
      case .cancelled, .scheduled: false
      }
    if isDue { requestReport(message, UInt32(index), RecipientSlot.finalReport) }
  }

  /// Removes a job whose recipients have come to their ends and stores that.
  mutating func conclude(_ job: UInt32, _ indices: [UInt32]) {
    let message = jobs[job].message
    removeJob(job)
    persistChange(message, indices)
  }
}

extension SessionSlot {
  /// Whether the host had enough of the session before it saw this transaction: after another one it answered `MAIL` with
  /// 421, or with nothing. That is no fault of the message, and none of the host.
  /// [RFC 5321 §3.8](https://www.rfc-editor.org/rfc/rfc5321#section-3.8).
  fileprivate func wasOver(_ results: [DeliveryResult]) -> Bool {
    transactions > 1
      && results.allSatisfy { result in
        guard case .problem(let problem, at: .sender) = result else { return false }
        switch problem {
        case .disconnected: return true
        case .reply(let reply): return reply.code.number == 421
        case .timedOut, .unreachable, .tlsFailed: return false
        }
      }
  }
}

extension DeliveryResult {
  /// Whether the host had accepted the recipient before it came to the message.
  fileprivate var wasAcceptedAtFirst: Bool {
    switch self {
    case .delivered, .expanded: true
    case .problem(_, let stage): stage == .data || stage == .content
    }
  }

  fileprivate func isSplit(by classifier: DeliveryClassifier) -> Bool {
    guard case .problem(let problem, let stage) = self else { return false }
    return classifier.verdict(problem, at: stage).action == .split
  }
}

extension DeliveryClassifier {
  /// How many recipients came before the first that was too many; nil when none was.
  fileprivate func firstSplit(_ results: [DeliveryResult], _ isEmpty: Bool) -> Int? {
    isEmpty ? nil : results.firstIndex { $0.isSplit(by: self) }
  }
}
