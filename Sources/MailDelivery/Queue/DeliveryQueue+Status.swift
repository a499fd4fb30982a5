@_spi(MailCodec) import MailWire
import SMTPCodec

// What was last heard, shared by all that heard the same: a site that is down explains a hundred thousand recipients with
// one status.

extension DeliveryQueue {
  /// A status with one use: the caller releases it when he has handed it on.
  mutating func note(_ status: DeliveryStatus) -> UInt32 {
    statuses.insert(StatusSlot(status: status, uses: 1))
  }

  mutating func note(
    _ verdict: DeliveryVerdict, _ problem: DeliveryProblem, at stage: DeliveryStage, host: [UInt8],
    like known: UInt32 = .none
  ) -> UInt32 {
    var reply: SMTPReply?
    if case .reply(let found) = problem {
      // A report quotes a few lines; the rest of a long reply is not worth keeping for days.
      reply =
        found.text.count <= 512 ? found : SMTPReply(found.code, found.status, bytes: [UInt8](found.text.prefix(512)))
    }
    let status = DeliveryStatus(code: verdict.status, stage: stage, reply: reply, host: host)
    if known != .none, statuses[known].status == status {
      retain(known)
      return known
    }
    return note(status)
  }

  mutating func retain(_ status: UInt32) {
    if status != .none { statuses[status].uses += 1 }
  }

  mutating func release(_ status: UInt32) {
    guard status != .none else { return }
    statuses[status].uses -= 1
    if statuses[status].uses == 0 { statuses.remove(status, leaving: StatusSlot()) }
  }

  mutating func setStatus(_ status: UInt32, message: UInt32, recipient: Int) {
    messages[message].recipients[recipient].lastAttempt = now
    let old = messages[message].recipients[recipient].status
    guard old != status else { return }
    retain(status)
    messages[message].recipients[recipient].status = status
    release(old)
  }
}
