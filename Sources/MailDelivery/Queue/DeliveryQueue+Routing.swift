@_spi(MailCodec) import MailWire
import SMTPCodec

extension DeliveryQueue {
  /// Answers ``DeliveryEvent/resolve(_:)``.
  ///
  /// - Parameters:
  ///   - domain: the name, as the event had it. An answer that nobody waits for is ignored.
  ///   - lifetime: how long the answer may be used again, such as the TTL of the DNS.
  public mutating func resolved(_ domain: [UInt8], _ route: DeliveryRoute, validFor lifetime: Duration) {
    guard let index = destinationByName[domain], destinations[index].route == .asking else { return }
    destinations[index].route = .unknown
    switch route {
    case .hosts(let hosts, let site) where !hosts.isEmpty:
      // A zero octet is in no domain, so the names of sites and domains do not meet.
      let target = site.map { destination(named: [0] + $0) } ?? index
      retarget(index, to: target)
      setHosts(Array(hosts.prefix(255)), at: target)
      destinations[index].route = .known
      destinations[index].validUntil = Timeout(lifetime).after(Instant(nanoseconds: now)).nanoseconds
      if target != index { recovered(index) }
      while let job = firstReady(at: index), target != index {
        take(job)
        makeReady(job)
      }
      touch(target)
    case .hosts:
      unroutable(index, DeliveryProblem.reply(SMTPReply(451, EnhancedStatusCode(4, 4, 4), "No host takes mail for it")))
    case .unknown(let reply), .none(let reply):
      unroutable(index, .reply(reply))
    }
  }

  private mutating func unroutable(_ domain: UInt32, _ problem: DeliveryProblem) {
    let verdict = DeliveryClassifier().verdict(problem, at: .routing)
    let status = note(verdict, problem, at: .routing, host: [])
    if verdict.action == .failMessage {
      while let job = firstReady(at: domain) {
        take(job)
        let indices = recipients(of: job)
        let message = jobs[job].message
        for recipient in indices { finish(message, Int(recipient), .failed, status) }
        conclude(job, indices)
      }
      release(status)
      return releaseIfUnused(domain)
    }
    setStatus(status, of: domain)
    release(status)
    close(domain, cause: .routing)
  }

  /// Asks where a domain's mail goes, unless the answer is on its way or the last one was none.
  mutating func ask(_ domain: UInt32) {
    guard !destinations[domain].isClosed, destinations[domain].route != .asking else { return }
    destinations[domain].route = .asking
    events.append(.resolve(destinations[domain].name))
  }

  private mutating func retarget(_ domain: UInt32, to target: UInt32) {
    let old = destinations[domain].target
    guard old != target else { return }
    destinations[domain].target = target
    if target != domain { destinations[target].domains += 1 }
    if old != domain {
      destinations[old].domains -= 1
      releaseIfUnused(old)
    }
  }

  /// Hosts that stay keep what is known of them.
  private mutating func setHosts(_ hosts: [NextHop], at site: UInt32) {
    let old = destinations[site].hosts
    guard old != hosts else { return }
    let states = destinations[site].hostStates
    destinations[site].hostStates = hosts.map { host in
      old.firstIndex(of: host).map { states[$0] } ?? HostState()
    }
    destinations[site].hosts = hosts
  }

  // MARK: Open, closed, unused

  /// Puts a destination into the line of those that can use another session.
  mutating func touch(_ site: UInt32) {
    let slot = destinations[site]
    guard
      !slot.isRunnable, !slot.isClosed, Int(slot.active) < slot.window.width, !slot.hosts.isEmpty,
      firstReady(at: site) != nil
    else { return }
    // Sites have names of their own; a domain's jobs wait for its route.
    guard slot.name.first == 0 || isRouted(site) else { return ask(site) }
    destinations[site].isRunnable = true
    destinations[site].nextRunnable = .none
    if runnable.tail == .none { runnable.head = site } else { destinations[runnable.tail].nextRunnable = site }
    runnable.tail = site
  }

  mutating func popRunnable() -> UInt32? {
    let site = runnable.head
    guard site != .none else { return nil }
    runnable.head = destinations[site].nextRunnable
    if runnable.head == .none { runnable.tail = .none }
    destinations[site].isRunnable = false
    destinations[site].nextRunnable = .none
    return site
  }

  /// Leaves a destination alone for a while that grows with its failures.
  mutating func close(_ destination: UInt32, cause: RetryCause) {
    destinations[destination].isClosed = true
    destinations[destination].failures += 1
    destinations[destination].lastFailure = now
    if destinations[destination].failingSince > now { destinations[destination].failingSince = now }
    let until = backOff(
      failures: destinations[destination].failures, since: destinations[destination].failingSince, cause)
    timers.set(destination << 1 | 1, to: until)
  }

  mutating func backOff(failures: UInt32, since start: Int64, _ cause: RetryCause) -> Int64 {
    let interval = configuration.schedule.intervals(after: cause).interval(
      afterAttempts: Int(failures), age: .nanoseconds(now &- start), using: &generator)
    return Timeout(min(interval, configuration.longestBackOff)).after(Instant(nanoseconds: now)).nanoseconds
  }

  /// The time has come to see whether a destination is back.
  mutating func reopen(_ destination: UInt32) {
    timers.remove(destination << 1 | 1)
    destinations[destination].isClosed = false
    for host in destinations[destination].hostStates.indices {
      destinations[destination].hostStates[host].closedUntil = .min
    }
    destinations[destination].window.revive()
    // Only a domain's own list holds jobs that wait for a route; those of a site have theirs.
    if let job = firstReady(at: destination), jobs[job].domain == destination, !isRouted(destination) {
      ask(destination)
    }
    touch(destination)
    releaseIfUnused(destination)
  }

  func isRouted(_ domain: UInt32) -> Bool {
    destinations[domain].route == .known && destinations[domain].validUntil > now
  }

  /// Something went well there.
  mutating func recovered(_ destination: UInt32) {
    destinations[destination].failures = 0
    destinations[destination].failingSince = .max
    guard destinations[destination].isClosed else { return }
    timers.remove(destination << 1 | 1)
    destinations[destination].isClosed = false
    destinations[destination].window.revive()
  }

  /// Forgets a destination for which there is no mail and about which nothing needs to be remembered.
  mutating func releaseIfUnused(_ destination: UInt32) {
    let slot = destinations[destination]
    guard
      !slot.name.isEmpty, slot.jobs == 0, slot.domains == 0, slot.active == 0, !slot.isClosed, !slot.isRunnable,
      slot.route != .asking, firstReady(at: destination) == nil
    else { return }
    destinationByName[slot.name] = nil
    release(slot.status)
    timers.remove(destination << 1 | 1)
    destinations.remove(destination, leaving: DestinationSlot())
    if slot.target != destination, slot.target != .none {
      destinations[slot.target].domains -= 1
      releaseIfUnused(slot.target)
    }
  }

  mutating func setStatus(_ status: UInt32, of destination: UInt32) {
    retain(status)
    release(destinations[destination].status)
    destinations[destination].status = status
  }
}
