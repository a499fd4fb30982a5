@_spi(MailCodec) import MailWire
import SMTPCodec

extension DeliveryQueue {
  /// How soon a job that should have expired is looked at again, when its last attempt is still to come.
  private static var recheck: Int64 { 600_000_000_000 }

  /// When a message is given up: its own time, or that of `BY=…;R`, but not right after the clock has jumped.
  func effectiveExpiry(_ message: UInt32) -> Int64 {
    let slot = messages[message]
    let isBound = slot.deadlineMode == DeliverBy.Mode.return.rawValue
    return max(isBound ? min(slot.expires, slot.deadline) : slot.expires, noExpiryBefore)
  }

  /// Sets the timer of a waiting or ready job to what comes first.
  mutating func setTimer(_ job: UInt32) {
    let slot = jobs[job]
    var time: Int64
    if slot.state == .waiting {
      time = slot.due
    } else {
      let expiry = effectiveExpiry(slot.message)
      time = expiry > now ? expiry : now &+ Self.recheck
    }
    if let notice = nextNotice(job) { time = min(time, notice) }
    timers.set(job << 1, to: time)
  }

  /// When the next notice is due about a recipient of the job.
  private func nextNotice(_ job: UInt32) -> Int64? {
    let message = jobs[job].message
    guard messages[message].senderLength > 0 else { return nil }
    var first: Int64?
    var index = jobs[job].first
    while index != .none {
      let recipient = messages[message].recipients[Int(index)]
      if let time = nextNotice(message, recipient) { first = min(first ?? time, time) }
      index = recipient.next
    }
    return first
  }

  private func nextNotice(_ message: UInt32, _ recipient: RecipientSlot) -> Int64? {
    guard recipient.notify.wantsDelay else { return nil }
    var time: Int64?
    let notices = configuration.schedule.delayNotices
    if Int(recipient.notices) < min(notices.count, 255) {
      let start = Instant(nanoseconds: max(messages[message].created, messages[message].holdUntil))
      time = Timeout(notices[Int(recipient.notices)]).after(start).nanoseconds
    }
    if messages[message].deadlineMode == DeliverBy.Mode.notify.rawValue,
      recipient.pending & RecipientSlot.deadlineNoticed == 0
    {
      time = min(time ?? .max, messages[message].deadline)
    }
    return time
  }

  mutating func jobTimerFired(_ job: UInt32) {
    sendNotices(job)
    if jobs[job].state == .waiting, jobs[job].due <= now {
      take(job)
      return makeReady(job)
    }
    if jobs[job].state == .ready, effectiveExpiry(jobs[job].message) <= now {
      let list = jobs[job].list
      let domain = jobs[job].domain
      // The destination failed after this job was ready to go: that was its last attempt, too.
      if destinations[list].lastFailure >= jobs[job].due { return expire(job, destinations[list].status) }
      if destinations[domain].lastFailure >= jobs[job].due { return expire(job, destinations[domain].status) }
      // Not before a while has passed, so that messages which expire one after the other share an attempt.
      reopen(list)
    }
    setTimer(job)
  }

  private mutating func expire(_ job: UInt32, _ status: UInt32) {
    take(job)
    retain(status)
    let indices = recipients(of: job)
    let message = jobs[job].message
    for index in indices {
      let own = messages[message].recipients[Int(index)].status
      let hasReply = own != .none && statuses[own].status?.reply != nil
      finish(message, Int(index), .expired, hasReply ? own : status)
    }
    release(status)
    conclude(job, indices)
  }

  /// Asks for the notices whose time has come; several that were missed are one.
  private mutating func sendNotices(_ job: UInt32) {
    let message = jobs[job].message
    guard messages[message].senderLength > 0 else { return }
    var changed: [UInt32] = []
    let count = min(configuration.schedule.delayNotices.count, 255)
    for index in recipients(of: job) {
      let place = Int(index)
      var isDue = false
      while let time = nextNotice(message, messages[message].recipients[place]), time <= now {
        isDue = true
        let isDeadline =
          messages[message].deadlineMode == DeliverBy.Mode.notify.rawValue && messages[message].deadline <= now
        if isDeadline { messages[message].recipients[place].pending |= RecipientSlot.deadlineNoticed }
        if Int(messages[message].recipients[place].notices) < count, !isDeadline || time != messages[message].deadline {
          messages[message].recipients[place].notices += 1
        }
      }
      guard isDue else { continue }
      changed.append(index)
      requestReport(message, index, RecipientSlot.delayReport)
    }
    if !changed.isEmpty { persistChange(message, changed) }
  }
}
