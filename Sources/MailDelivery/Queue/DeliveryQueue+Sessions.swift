@_spi(MailCodec) public import MailWire
import SMTPCodec

extension DeliveryQueue {
  /// Opens a session with a destination for the job that goes next.
  mutating func startSession(at site: UInt32) {
    guard let job = firstReady(at: site) else { return releaseIfUnused(site) }
    let domain = jobs[job].domain
    guard isRouted(domain), destinations[domain].target == site else {
      take(job)
      makeReady(job)
      return touch(site)
    }
    guard !destinations[site].isClosed, Int(destinations[site].active) < destinations[site].window.width else { return }
    guard let host = usableHost(at: site, from: Int(jobs[job].host)) else { return allHostsClosed(job, site) }
    var slot = SessionSlot()
    slot.generation = nextSession
    slot.phase = .connecting
    slot.site = site
    slot.host = host
    slot.hostsTried = 1
    nextSession &+= 1
    let session = sessions.insert(slot)
    activeSessions += 1
    destinations[site].active += 1
    assign(session)
    connect(session)
    touch(site)
  }

  private mutating func connect(_ session: UInt32) {
    let slot = sessions[session]
    let id = SessionID(slot: session, generation: slot.generation)
    let host = destinations[slot.site].hosts[slot.host]
    let connection = DeliveryConnection(
      host: host, domain: destinations[jobs[slot.job].domain].name, isPlaintext: slot.isPlaintext,
      requiresTLS: host.requiresTLS || messages[jobs[slot.job].message].requiresTLS)
    events.append(.connect(id, connection))
  }

  func usableHost(at site: UInt32, from first: Int) -> Int? {
    let states = destinations[site].hostStates
    var index = first
    while index < states.count {
      if states[index].closedUntil <= now { return index }
      index += 1
    }
    return nil
  }

  /// Each host failed a short while ago: the job waits until one may be asked again.
  private mutating func allHostsClosed(_ job: UInt32, _ site: UInt32) {
    if jobs[job].host > 0 {
      // The hosts in front of these were asked in this run: it ends here.
      take(job)
      jobs[job].state = .sending
      let indices = recipients(of: job)
      deferRecipients(job, indices, cause: .host, hint: nil, status: .none)
      persistChange(jobs[job].message, indices)
      return touch(site)
    }
    let until = destinations[site].hostStates.map { $0.closedUntil }.min() ?? now
    destinations[site].isClosed = true
    timers.set(site << 1 | 1, to: max(until, now + 1))
  }

  /// Gives a session the next job, with those behind it that are of the same message, as far as a transaction holds them.
  private mutating func assign(_ session: UInt32) {
    let site = sessions[session].site
    guard let job = firstReady(at: site) else { return }
    take(job)
    jobs[job].state = .sending
    sessions[session].job = job
    var indices = recipients(of: job)
    let limit = recipientLimit(site)
    while indices.count < limit, let other = firstReady(at: site), jobs[other].message == jobs[job].message,
      jobs[other].host == jobs[job].host, isRouted(jobs[other].domain), destinations[jobs[other].domain].target == site
    {
      take(other)
      indices += recipients(of: other)
      removeJob(other)
    }
    if indices.count > limit {
      splitOff(indices[limit...], from: job)
      indices.removeSubrange(limit...)
    }
    setRecipients(indices[...], of: job)
    sessions[session].sent = indices
  }

  func recipientLimit(_ site: UInt32) -> Int {
    max(1, min(configuration.recipientsPerTransaction, destinations[site].recipientLimit))
  }

  /// Makes a job of its own, first in line, of recipients that are too many for a transaction.
  mutating func splitOff(_ indices: ArraySlice<UInt32>, from job: UInt32) {
    let other = insertJob(message: jobs[job].message, domain: jobs[job].domain, due: jobs[job].due)
    jobs[other].host = jobs[job].host
    setRecipients(indices, of: other)
    makeReady(other, first: true)
  }

  // MARK: What the host reports

  /// The session can take transactions: connected, greeted, with TLS and authentication as wanted.
  ///
  /// - Throws: ``MisuseError/outOfSequence`` for a session that is not being opened.
  public mutating func sessionReady(_ id: SessionID, _ capabilities: SessionCapabilities) throws(MisuseError) {
    let session = try slot(of: id)
    guard sessions[session].phase == .connecting else { throw .outOfSequence }
    let (site, host) = (sessions[session].site, sessions[session].host)
    sessions[session].phase = .idle
    sessions[session].capabilities = capabilities
    if host < destinations[site].hostStates.count { destinations[site].hostStates[host] = HostState() }
    if let limit = capabilities.recipientLimit { destinations[site].recipientLimit = max(1, limit) }
    sendNext(session)
  }

  /// Sends what the session was opened for, or the next job of its destination, or closes it.
  mutating func sendNext(_ session: UInt32) {
    while true {
      if sessions[session].job == .none {
        guard canTakeAnother(session) else { return disconnect(session) }
        assign(session)
      }
      let job = sessions[session].job
      guard job != .none else { return disconnect(session) }
      guard let verdict = objection(session, to: jobs[job].message) else { return send(session) }
      refuse(session, verdict)
    }
  }

  private func canTakeAnother(_ session: UInt32) -> Bool {
    let slot = sessions[session]
    guard slot.transactions < configuration.transactionsPerSession, !destinations[slot.site].isClosed,
      Int(destinations[slot.site].active) <= destinations[slot.site].window.width,
      let job = firstReady(at: slot.site), isRouted(jobs[job].domain),
      destinations[jobs[job].domain].target == slot.site
    else { return false }
    // A job that this host, or one before it, has turned away wants another host.
    return Int(jobs[job].host) <= slot.host
  }

  private mutating func send(_ session: UInt32) {
    let job = sessions[session].job
    let message = messages[jobs[job].message]
    sessions[session].phase = .sending
    sessions[session].transactions += 1
    events.append(
      .send(
        SessionID(slot: session, generation: sessions[session].generation),
        DeliveryTransaction(
          id: QueueID(message.id), message: message.value,
          recipients: sessions[session].sent.map { message.value(of: message.recipients[Int($0)]) })))
  }

  /// The session is over, or never came about.
  ///
  /// - Parameters:
  ///   - problem: why.
  ///   - stage: how far it had come. In the middle of a transaction it holds for all recipients of it; without one, a session
  ///     that was ready has just ended.
  /// - Throws: ``MisuseError/outOfSequence`` for a session that is over already.
  public mutating func sessionEnded(
    _ id: SessionID, _ problem: DeliveryProblem, at stage: DeliveryStage
  ) throws(MisuseError) {
    let session = try slot(of: id)
    switch sessions[session].phase {
    case .connecting:
      connectionFailed(session, problem, stage)
    case .sending:
      let results = sessions[session].sent.map { _ in DeliveryResult.problem(problem, at: stage) }
      apply(results, session)
      close(session: session)
    case .idle:
      close(session: session)
    case .free:
      throw .outOfSequence
    }
  }

  private mutating func connectionFailed(_ session: UInt32, _ problem: DeliveryProblem, _ stage: DeliveryStage) {
    let slot = sessions[session]
    let hop = destinations[slot.site].hosts[slot.host]
    let job = slot.job
    var classifier = DeliveryClassifier(requiresTLS: hop.requiresTLS || messages[jobs[job].message].requiresTLS)
    let next = slot.hostsTried < configuration.hostsPerRun ? usableHost(at: slot.site, from: slot.host + 1) : nil
    var verdict = classifier.verdict(problem, at: stage)
    if verdict.action == .plaintext {
      guard slot.isPlaintext else {
        sessions[session].isPlaintext = true
        return connect(session)
      }
      // TLS was not even tried this time; the host is at fault some other way.
      verdict.action = .nextHost
      verdict.backsOffHost = true
    }
    let isRefusal = isPermanent(problem)
    sessions[session].isRefusedByAll = slot.isRefusedByAll && isRefusal
    if next == nil, sessions[session].isRefusedByAll {
      classifier.isLastHost = true
      verdict = classifier.verdict(problem, at: stage)
    }
    explain(session, verdict, problem, stage, hop)
    if verdict.backsOffHost { hostFailed(slot.site, slot.host, verdict.cause) }
    if verdict.action == .nextHost, let next {
      sessions[session].host = next
      sessions[session].hostsTried += 1
      sessions[session].isPlaintext = false
      return connect(session)
    }
    endRun(session, verdict)
  }

  private func isPermanent(_ problem: DeliveryProblem) -> Bool {
    if case .reply(let reply) = problem { return reply.code.number >= 500 }
    return false
  }

  /// Remembers the last reply, rather than that some other host did not answer.
  private mutating func explain(
    _ session: UInt32, _ verdict: DeliveryVerdict, _ problem: DeliveryProblem, _ stage: DeliveryStage, _ hop: NextHop
  ) {
    let old = sessions[session].status
    if old != .none, statuses[old].status?.reply != nil {
      guard case .reply = problem else { return }
    }
    let known = destinations[sessions[session].site].status
    sessions[session].status = note(verdict, problem, at: stage, host: hop.host.bytes, like: known)
    release(old)
  }

  /// No host took the job that the session was for.
  private mutating func endRun(_ session: UInt32, _ verdict: DeliveryVerdict) {
    let slot = sessions[session]
    let indices = slot.sent
    let message = jobs[slot.job].message
    if verdict.action == .failMessage {
      for index in indices { finish(message, Int(index), .failed, slot.status) }
      conclude(slot.job, indices)
    } else {
      deferRecipients(slot.job, indices, cause: verdict.cause, hint: nil, status: slot.status)
      persistChange(message, indices)
    }
    sessions[session].job = .none
    setStatus(slot.status, of: slot.site)
    siteFailed(slot.site, verdict.cause)
    close(session: session)
  }

  mutating func hostFailed(_ site: UInt32, _ host: Int, _ cause: RetryCause) {
    guard host < destinations[site].hostStates.count else { return }
    destinations[site].hostStates[host].failures += 1
    let failures = destinations[site].hostStates[host].failures
    let since = min(now, destinations[site].failingSince)
    destinations[site].hostStates[host].closedUntil = backOff(failures: failures, since: since, cause)
  }

  mutating func siteFailed(_ site: UInt32, _ cause: RetryCause) {
    let busy = Int(destinations[site].active)
    let isDead = destinations[site].window.fail(busy: busy)
    destinations[site].lastFailure = now
    if isDead, !destinations[site].isClosed { close(site, cause: cause) }
  }

  // MARK: The end of a session

  private mutating func disconnect(_ session: UInt32) {
    events.append(.disconnect(SessionID(slot: session, generation: sessions[session].generation)))
    close(session: session)
  }

  mutating func close(session: UInt32) {
    let slot = sessions[session]
    release(slot.status)
    sessions.remove(session, leaving: SessionSlot())
    activeSessions -= 1
    destinations[slot.site].active -= 1
    touch(slot.site)
    releaseIfUnused(slot.site)
  }

  func slot(of id: SessionID) throws(MisuseError) -> UInt32 {
    guard id.slot < sessions.bound, sessions[id.slot].generation == id.generation, sessions[id.slot].phase != .free
    else { throw .outOfSequence }
    return id.slot
  }
}
