import MailDelivery
import MailTestKit
import MailWire
import SMTPCodec
import Testing

@Suite struct RecordTests {
  /// Records of a message with everything in it.
  private func records() -> [[UInt8]] {
    let host = QueueHost()
    let message = host.message {
      $0.size = 70_000
      $0.body = .eightBitMIME
      $0.isInternationalised = true
      $0.requiresTLS = true
      $0.priority = -9
      $0.holdUntil = .zero + .seconds(1)
      $0.deliverBy = DeliverBy(.zero + .seconds(9000), .notify)
      $0.dsn.returnContent = .full
      $0.dsn.envelopeIdentifier = try? EnvelopeIdentifier("QQ314159")
    }
    host.enqueue(message, to: "a@domain.test", "b@domain.test", "\"c d\"@[192.0.2.7]")
    host.pass(1)
    host.ready {
      $0.offersRequireTLS = true
      $0.offersSMTPUTF8 = true
      $0.offersEightBitMIME = true
    }
    host.answer(QueueHost.reply(450, "4.2.1 later"), QueueHost.reply(550, "5.1.1 no"))
    return host.store.values.first ?? []
  }

  @Test func whatIsStoredComesBack() {
    let stored = records()
    check(stored.count >= 2, "\(stored.count)")
    var queue = DeliveryQueue()
    for record in stored {
      do throws(RecordError) { try queue.restore(record.span) } catch { check(false, "\(error)") }
    }
    queue.advance(to: .zero + .seconds(100))
    let id = QueueID(1)
    check(queue.states(of: id) == [.scheduled, .failed, .scheduled], "\(String(describing: queue.states(of: id)))")
    guard case .event(.resolve(let name)) = nextEvent(&queue, after: 200) else {
      return check(false, "no route is asked")
    }
    check(name == [UInt8]("[192.0.2.7]".utf8))
  }

  private func nextEvent(_ queue: inout DeliveryQueue, after seconds: Int64) -> Output<DeliveryEvent> {
    queue.advance(to: .zero + .seconds(seconds))
    while true {
      let output = queue.poll()
      if case .event(.report) = output { continue }
      if case .event(.resolve(let name)) = output, name.first != 91 { continue }
      return output
    }
  }

  /// Damage is noticed, and nothing that is noticed changes the queue.
  @Test func damagedRecordsAreRefused() {
    let stored = records()
    var random = SplitMix64(seed: 5)
    for record in stored {
      for length in 0..<record.count { check(refuses(Array(record.prefix(length)), after: []), "cut to \(length)") }
      for index in record.indices {
        var damaged = record
        damaged[index] ^= 1 << UInt8(random.below(8))
        check(refuses(damaged, after: []), "changed at \(index)")
      }
    }
    check(refuses(stored[1], after: []), "a change without its message")
  }

  /// Damage with a checksum that fits, as an enemy would write it, never traps, and what is taken can be worked with.
  @Test func forgedRecordsNeverTrap() {
    let stored = records()
    var random = SplitMix64(seed: 6)
    var taken = 0
    for _ in 0..<1500 {
      var queue = DeliveryQueue()
      for record in stored {
        var body = Array(record.dropLast(4))
        for _ in 0...random.below(2) { body[random.below(body.count)] = UInt8(truncatingIfNeeded: random.next()) }
        if random.below(8) == 0 { body.removeLast(random.below(body.count - 3)) }
        let sum = checksum(body)
        body += [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: sum >> $0) }
        do throws(RecordError) {
          try queue.restore(body.span)
          taken += 1
        } catch {}
      }
      work(&queue)
    }
    check(taken > 20, "\(taken)")
  }

  private func work(_ queue: inout DeliveryQueue) {
    queue.advance(to: .zero + .seconds(100))
    for step in 0..<200 {
      switch queue.poll() {
      case .event(.resolve(let name)):
        queue.resolved(name, .hosts([QueueHost.hop("mx1.test")], site: nil), validFor: .seconds(60))
      case .event(.connect(let session, _)): try? queue.sessionReady(session, .local)
      case .event(.send(let session, let transaction)):
        try? queue.transactionEnded(session, transaction.recipients.map { _ in .delivered })
      case .event(.report(let report)): queue.settle(report)
      case .event: break
      case .wait(let wait):
        guard let deadline = wait.deadline, step < 150 else { return }
        queue.advance(to: deadline)
      case .write, .transport, .trace: break
      }
    }
  }

  private func refuses(_ record: [UInt8], after earlier: [[UInt8]]) -> Bool {
    var queue = DeliveryQueue()
    do throws(RecordError) {
      for record in earlier { try queue.restore(record.span) }
      try queue.restore(record.span)
      return false
    } catch {
      return queue.messageCount == 0
    }
  }

  private func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
    }
    return ~sum
  }
}
