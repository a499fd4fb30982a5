// Jobs and the lists that they are in. A job is in one list of its destination, waiting or ready, in the list of its
// message, and in the heap unless it is being sent or held.

extension DeliveryQueue {
  mutating func insertJob(message: UInt32, domain: UInt32, due: Int64) -> UInt32 {
    var slot = JobSlot()
    slot.message = message
    slot.domain = domain
    slot.due = due
    slot.priority = messages[message].priority
    slot.nextOfMessage = messages[message].jobs
    let job = jobs.insert(slot)
    if slot.nextOfMessage != .none { jobs[slot.nextOfMessage].previousOfMessage = job }
    messages[message].jobs = job
    destinations[domain].jobs += 1
    return job
  }

  /// Removes a job that is in no list but its message's.
  mutating func removeJob(_ job: UInt32) {
    let slot = jobs[job]
    if slot.previousOfMessage == .none {
      messages[slot.message].jobs = slot.nextOfMessage
    } else {
      jobs[slot.previousOfMessage].nextOfMessage = slot.nextOfMessage
    }
    if slot.nextOfMessage != .none { jobs[slot.nextOfMessage].previousOfMessage = slot.previousOfMessage }
    timers.remove(job << 1)
    jobs.remove(job, leaving: JobSlot())
    destinations[slot.domain].jobs -= 1
    releaseIfUnused(slot.domain)
  }

  mutating func prepend(_ recipient: UInt32, to job: UInt32) {
    messages[jobs[job].message].recipients[Int(recipient)].next = jobs[job].first
    jobs[job].first = recipient
    jobs[job].count += 1
  }

  /// Recipients are prepended and must be in their order.
  mutating func reverse(_ job: UInt32) {
    let message = jobs[job].message
    var previous = UInt32.none
    var current = jobs[job].first
    while current != .none {
      let next = messages[message].recipients[Int(current)].next
      messages[message].recipients[Int(current)].next = previous
      previous = current
      current = next
    }
    jobs[job].first = previous
  }

  /// The recipients of a job, in order.
  func recipients(of job: UInt32) -> [UInt32] {
    var result: [UInt32] = []
    result.reserveCapacity(Int(jobs[job].count))
    var current = jobs[job].first
    while current != .none {
      result.append(current)
      current = messages[jobs[job].message].recipients[Int(current)].next
    }
    return result
  }

  mutating func setRecipients(_ recipients: ArraySlice<UInt32>, of job: UInt32) {
    let message = jobs[job].message
    var next = UInt32.none
    for index in recipients.reversed() {
      messages[message].recipients[Int(index)].next = next
      next = index
    }
    jobs[job].first = next
    jobs[job].count = UInt32(recipients.count)
  }

  // MARK: Waiting and ready

  /// Puts a job that is in no list where its due time says.
  mutating func schedule(_ job: UInt32) {
    if messages[jobs[job].message].isHeld {
      jobs[job].state = .held
      return timers.remove(job << 1)
    }
    guard jobs[job].due > now else { return makeReady(job) }
    jobs[job].state = .waiting
    let domain = jobs[job].domain
    jobs[job].list = domain
    destinations[domain].waiting = linking(job, into: destinations[domain].waiting)
    setTimer(job)
  }

  /// Puts a job that is in no list behind those that are ready for its destination.
  mutating func makeReady(_ job: UInt32, first: Bool = false) {
    jobs[job].state = .ready
    let domain = jobs[job].domain
    let isKnown = destinations[domain].route == .known && destinations[domain].validUntil > now
    let list = isKnown ? destinations[domain].target : domain
    jobs[job].list = list
    let level = readyLevel(jobs[job].priority, at: list)
    if first {
      destinations[list].ready[level].list = linkingFirst(job, into: destinations[list].ready[level].list)
    } else {
      destinations[list].ready[level].list = linking(job, into: destinations[list].ready[level].list)
    }
    setTimer(job)
    if isKnown { touch(list) } else { ask(domain) }
  }

  /// The index of the list with this priority, made if there is none: at most 19.
  private mutating func readyLevel(_ priority: Int8, at destination: UInt32) -> Int {
    var index = 0
    while index < destinations[destination].ready.count {
      let found = destinations[destination].ready[index].priority
      if found == priority { return index }
      if found < priority { break }
      index += 1
    }
    destinations[destination].ready.insert((priority, JobList()), at: index)
    return index
  }

  /// The ready job that goes next.
  func firstReady(at destination: UInt32) -> UInt32? {
    for level in destinations[destination].ready where !level.list.isEmpty { return level.list.head }
    return nil
  }

  /// Takes a job out of its destination's list and out of the heap.
  mutating func take(_ job: UInt32) {
    timers.remove(job << 1)
    let list = jobs[job].list
    switch jobs[job].state {
    case .waiting:
      destinations[list].waiting = unlinking(job, from: destinations[list].waiting)
    case .ready:
      let priority = jobs[job].priority
      if let level = destinations[list].ready.firstIndex(where: { $0.priority == priority }) {
        destinations[list].ready[level].list = unlinking(job, from: destinations[list].ready[level].list)
      }
    case .free, .sending, .held:
      break
    }
    jobs[job].list = .none
  }

  private mutating func linking(_ job: UInt32, into old: JobList) -> JobList {
    var list = old
    jobs[job].previous = list.tail
    jobs[job].next = .none
    if list.tail == .none { list.head = job } else { jobs[list.tail].next = job }
    list.tail = job
    return list
  }

  private mutating func linkingFirst(_ job: UInt32, into old: JobList) -> JobList {
    var list = old
    jobs[job].next = list.head
    jobs[job].previous = .none
    if list.head == .none { list.tail = job } else { jobs[list.head].previous = job }
    list.head = job
    return list
  }

  private mutating func unlinking(_ job: UInt32, from old: JobList) -> JobList {
    var list = old
    let (previous, next) = (jobs[job].previous, jobs[job].next)
    if previous == .none { list.head = next } else { jobs[previous].next = next }
    if next == .none { list.tail = previous } else { jobs[next].previous = previous }
    jobs[job].previous = .none
    jobs[job].next = .none
    return list
  }
}
