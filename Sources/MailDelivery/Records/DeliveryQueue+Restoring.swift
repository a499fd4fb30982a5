@_spi(MailCodec) import MailWire
import SMTPCodec

extension DeliveryQueue {
  /// Takes one stored record, in the order in which those of its message were written; before the first
  /// ``advance(to:)``. Messages that were being sent are tried again soon after the start, and reports that were not
  /// settled come again.
  ///
  /// - Throws: ``RecordError``; the queue is then as it was, and other records may follow.
  public mutating func restore(_ record: Span<UInt8>) throws(RecordError) {
    guard !isStarted else { throw .late }
    var reader = try RecordReader(record)
    guard let kind = DeliveryRecord.Kind(rawValue: try reader.byte()) else { throw .corrupt }
    let id = try reader.number()
    guard id > 0, id < .max else { throw .corrupt }
    switch kind {
    case .whole: try restoreWhole(id, &reader, length: record.count)
    case .change: try restoreChange(id, &reader, length: record.count)
    case .removal: throw .corrupt
    }
    nextID = max(nextID, id + 1)
  }

  @_lifetime(reader: copy reader)
  private mutating func restoreWhole(_ id: UInt64, _ reader: inout RecordReader, length: Int) throws(RecordError) {
    var slot = MessageSlot()
    slot.id = id
    slot.isAccepted = true
    slot.wholeLength = UInt32(truncatingIfNeeded: length)
    slot.created = try reader.time()
    slot.expires = try reader.time()
    slot.holdUntil = try reader.time()
    slot.deadline = try reader.time()
    slot.size = try reader.number()
    slot.deadlineMode = try reader.byte()
    slot.body = try reader.byte()
    slot.returnContent = try reader.byte()
    slot.priority = max(-9, min(9, Int8(bitPattern: try reader.byte())))
    slot.setFlags(try reader.byte())
    slot.senderLength = try reader.short()
    slot.senderLocalLength = try reader.short()
    slot.identifierLength = try reader.short()
    slot.text = try reader.run()
    slot.answers = try reader.run()
    try slot.checkSender()
    let table = try readStatuses(&reader)
    let count = try reader.count()
    guard 1...65_535 ~= count else { throw .corrupt }
    slot.recipients.reserveCapacity(count)
    var chosen: [Int] = []
    for _ in 0..<count {
      let offset = UInt32(truncatingIfNeeded: try reader.number(upTo: UInt64(slot.text.count)))
      var recipient = RecipientSlot(
        offset: offset, addressLength: try reader.short(), localPartLength: try reader.short(),
        originalLength: try reader.short(), notify: NotifyConditions(rawValue: try reader.byte()))
      try slot.check(recipient)
      chosen.append(try Self.read(&recipient, &reader, table.count))
      slot.recipients.append(recipient)
      if !recipient.state.isFinal { slot.remaining += 1 }
    }
    guard reader.isAtEnd else { throw .corrupt }
    if let old = slotByID[id] { free(message: old) }
    let statuses = table.map { note($0) }
    for index in slot.recipients.indices where chosen[index] > 0 {
      slot.recipients[index].status = statuses[chosen[index] - 1]
      retain(statuses[chosen[index] - 1])
    }
    for status in statuses { release(status) }
    restoredAnswers += slot.answers
    slotByID[id] = messages.insert(slot)
  }

  @_lifetime(reader: copy reader)
  private mutating func restoreChange(_ id: UInt64, _ reader: inout RecordReader, length: Int) throws(RecordError) {
    guard let message = slotByID[id] else { throw .unknownMessage }
    let flags = try reader.byte()
    let table = try readStatuses(&reader)
    let count = try reader.count()
    var changes: [(index: Int, slot: RecipientSlot, status: Int)] = []
    for _ in 0..<count {
      let index = Int(truncatingIfNeeded: try reader.number(upTo: 65_535))
      guard index < messages[message].recipients.count else { throw .corrupt }
      var recipient = messages[message].recipients[index]
      let status = try Self.read(&recipient, &reader, table.count)
      changes.append((index, recipient, status))
    }
    guard reader.isAtEnd else { throw .corrupt }
    let statuses = table.map { note($0) }
    for change in changes {
      let old = messages[message].recipients[change.index]
      var slot = change.slot
      slot.status = change.status > 0 ? statuses[change.status - 1] : .none
      retain(slot.status)
      release(old.status)
      if old.state.isFinal != slot.state.isFinal { messages[message].remaining &+= slot.state.isFinal ? .max : 1 }
      messages[message].recipients[change.index] = slot
    }
    for status in statuses { release(status) }
    messages[message].setFlags(flags)
    messages[message].changeLength &+= UInt32(truncatingIfNeeded: length)
  }

  /// Reads what changes of a recipient and returns the number of its status.
  @_lifetime(reader: copy reader)
  private static func read(
    _ recipient: inout RecipientSlot, _ reader: inout RecordReader, _ statusCount: Int
  ) throws(RecordError) -> Int {
    guard let state = RecipientState(rawValue: try reader.byte()) else { throw .corrupt }
    recipient.state = state
    recipient.notices = try reader.byte()
    recipient.pending = try reader.byte() & 7
    recipient.attempts = try reader.short()
    recipient.due = try reader.time()
    recipient.lastAttempt = try reader.time()
    return Int(truncatingIfNeeded: try reader.number(upTo: UInt64(statusCount)))
  }

  @_lifetime(reader: copy reader)
  private func readStatuses(_ reader: inout RecordReader) throws(RecordError) -> [DeliveryStatus] {
    let count = try reader.count()
    var table: [DeliveryStatus] = []
    for _ in 0..<count {
      let statusClass = try reader.byte()
      guard statusClass == 2 || statusClass == 4 || statusClass == 5 else { throw .corrupt }
      let subject = UInt16(truncatingIfNeeded: try reader.number(upTo: 999))
      let detail = UInt16(truncatingIfNeeded: try reader.number(upTo: 999))
      guard let stage = DeliveryStage(rawValue: try reader.byte()) else { throw .corrupt }
      let host = try reader.run()
      let number = try reader.short()
      var reply: SMTPReply?
      if number > 0 {
        guard let code = SMTPReplyCode(number) else { throw .corrupt }
        let packed = Int(truncatingIfNeeded: try reader.number(upTo: 1_000_000))
        var status: EnhancedStatusCode?
        let digit = UInt8(truncatingIfNeeded: number / 100)
        if packed > 0, digit == 2 || digit == 4 || digit == 5 {
          let own = packed - 1
          let (subject, detail) = own.quotientAndRemainder(dividingBy: 1000)
          status = EnhancedStatusCode(digit, UInt16(truncatingIfNeeded: subject), UInt16(truncatingIfNeeded: detail))
        }
        reply = SMTPReply(code, status, bytes: try reader.run())
      }
      table.append(
        DeliveryStatus(code: EnhancedStatusCode(statusClass, subject, detail), stage: stage, reply: reply, host: host))
    }
    return table
  }

  // MARK: The start

  /// Makes the jobs of restored messages. Those that are overdue, such as those that were being sent, are spread over a
  /// while, so that a restart is no flood.
  mutating func startAfterRestoring() {
    settleRestoredAnswers()
    let spread = max(1, Timeout(configuration.restartSpread).nanoseconds)
    let latest = Timeout(configuration.schedule.intervals.longest).after(Instant(nanoseconds: now)).nanoseconds
    for message in 0..<messages.bound where messages[message].id != 0 {
      guard messages[message].remaining > 0 else {
        queueRestoredReports(message)
        retire(message)
        continue
      }
      let chance = Int64(bitPattern: generator.next() >> 1) % spread
      let overdue = now &+ chance
      let bound = max(latest, messages[message].holdUntil)
      let due = messages[message].recipients.map { recipient in
        // A clock that was wrong when the record was written must not keep the message for years.
        recipient.due <= now ? overdue : min(recipient.due, bound)
      }
      makeJobs(message) { due[$0] }
      queueRestoredReports(message)
    }
  }

  private mutating func queueRestoredReports(_ message: UInt32) {
    for index in messages[message].recipients.indices {
      let recipient = messages[message].recipients[index]
      guard recipient.reportAction != nil else { continue }
      requestReport(message, UInt32(index), recipient.pending)
    }
  }

  /// A report that is in the queue was made, whatever the record of the message says that it is about.
  private mutating func settleRestoredAnswers() {
    let answers = restoredAnswers
    restoredAnswers = []
    var cursor = AnswerCursor(bytes: answers)
    while let id = cursor.number(), let count = cursor.number() {
      for _ in 0..<min(count, 65_535) {
        guard let index = cursor.number(), let bits = cursor.byte() else { return }
        guard let message = slotByID[id], index < messages[message].recipients.count else { continue }
        messages[message].recipients[Int(index)].pending &= ~bits
      }
    }
  }
}

private struct AnswerCursor {
  let bytes: [UInt8]
  var offset = 0

  mutating func byte() -> UInt8? {
    guard offset < bytes.count else { return nil }
    offset += 1
    return bytes[offset - 1]
  }

  mutating func number() -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while let next = byte() {
      guard shift < 64 else { return nil }
      value |= UInt64(next & 127) << shift
      if next < 128 { return value }
      shift += 7
    }
    return nil
  }
}

extension RecordReader {
  @_lifetime(self: copy self)
  fileprivate mutating func short() throws(RecordError) -> UInt16 {
    UInt16(truncatingIfNeeded: try number(upTo: 65_535))
  }
}

extension MessageSlot {
  fileprivate mutating func setFlags(_ flags: UInt8) {
    isInternationalised = flags & 1 != 0
    requiresTLS = flags & 2 != 0
    isHeld = flags & 4 != 0
    isCancelled = flags & 8 != 0
  }

  fileprivate func checkSender() throws(RecordError) {
    guard Int(senderLength) + Int(identifierLength) <= text.count else { throw .corrupt }
    guard senderLength > 0 else { return }
    try checkAddress(at: 0, length: Int(senderLength), localPart: Int(senderLocalLength))
  }

  fileprivate func check(_ recipient: RecipientSlot) throws(RecordError) {
    let end = Int(recipient.offset) + Int(recipient.addressLength)
    guard end + Int(recipient.originalLength) <= text.count else { throw .corrupt }
    try checkAddress(
      at: Int(recipient.offset), length: Int(recipient.addressLength), localPart: Int(recipient.localPartLength))
  }

  /// An address goes into commands as it is: nothing in it may end one.
  private func checkAddress(at start: Int, length: Int, localPart: Int) throws(RecordError) {
    guard localPart > 0, localPart + 1 < length, start + length <= text.count, text[start + localPart] == 64 else {
      throw .corrupt
    }
    for index in start..<(start + length) where text[index].isASCIIControl { throw .corrupt }
  }
}
