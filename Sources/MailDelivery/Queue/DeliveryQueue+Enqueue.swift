@_spi(MailCodec) public import MailWire
import SMTPCodec

extension DeliveryQueue {
  /// Takes a message over: ``DeliveryEvent/accepted(_:)`` or ``DeliveryEvent/refused(_:)`` follows.
  ///
  /// - Parameter report: the report that the message makes, from ``DeliveryEvent/report(_:)``; storing the one settles the
  ///   other, so that a crash neither loses nor repeats it.
  /// - Throws: ``MisuseError/tooMany`` beyond 65,535 recipients, ``MisuseError/badArgument`` without any or for an unknown
  ///   report, ``MisuseError/outOfSequence`` before the first ``advance(to:)``.
  public mutating func enqueue(
    _ message: DeliveryMessage, to recipients: [DeliveryRecipient], answering report: DeliveryReport? = nil
  ) throws(MisuseError) -> QueueID {
    guard isStarted else { throw .outOfSequence }
    guard !recipients.isEmpty else { throw .badArgument }
    guard recipients.count <= 65_535 else { throw .tooMany }
    var answers: [UInt8] = []
    if let report {
      guard let outstanding = reports[report.number] else { throw .badArgument }
      answers = outstanding.answers
    }
    var slot = MessageSlot(message, created: now, schedule: configuration.schedule)
    slot.id = nextID
    slot.answers = answers
    nextID += 1
    slot.recipients.reserveCapacity(recipients.count)
    for recipient in recipients { slot.append(recipient) }
    slot.remaining = UInt32(recipients.count)
    let id = QueueID(slot.id)
    let isLoop = message.hops >= configuration.hopLimit
    let index = messages.insert(slot)
    slotByID[id.number] = index
    if isLoop { failLoop(index) }
    persistWhole(index)
    if let report { settle(report) }
    return id
  }

  /// [RFC 5321 §6.3](https://www.rfc-editor.org/rfc/rfc5321#section-6.3): refused for good, because it comes back for ever.
  private mutating func failLoop(_ message: UInt32) {
    let status = note(
      DeliveryStatus(code: EnhancedStatusCode(5, 4, 6), stage: .routing, reply: nil, host: []))
    for recipient in messages[message].recipients.indices { finish(message, recipient, .failed, status) }
    release(status)
  }

  /// Starts delivery of a message that is stored.
  mutating func accept(_ message: UInt32) {
    messages[message].isAccepted = true
    if reportQueue[message] != nil { reportable.append(message) }
    guard messages[message].remaining > 0 else { return retire(message) }
    let due = max(now, messages[message].holdUntil)
    makeJobs(message) { _ in due }
  }

  /// Makes a job for each domain among the recipients that are left.
  mutating func makeJobs(_ message: UInt32, due: (Int) -> Int64) {
    var jobByKey: [JobKey: UInt32] = [:]
    var made: [UInt32] = []
    let isSingle = messages[message].recipients.count == 1
    for index in messages[message].recipients.indices {
      let recipient = messages[message].recipients[index]
      guard !recipient.state.isFinal else { continue }
      let name = messages[message].domain(of: recipient)
      let key = JobKey(domain: name, due: due(index))
      if !isSingle, let job = jobByKey[key] {
        prepend(UInt32(index), to: job)
      } else {
        let job = insertJob(message: message, domain: destination(named: name), due: key.due)
        prepend(UInt32(index), to: job)
        made.append(job)
        if !isSingle { jobByKey[key] = job }
      }
    }
    for job in made {
      reverse(job)
      schedule(job)
    }
  }

  private struct JobKey: Hashable {
    let domain: [UInt8]
    let due: Int64
  }

  /// The destination with this name, made if there is none.
  mutating func destination(named name: [UInt8]) -> UInt32 {
    if let found = destinationByName[name] { return found }
    var slot = DestinationSlot()
    slot.name = name
    slot.window = ConcurrencyWindow(configuration.concurrency)
    let index = destinations.insert(slot)
    destinations[index].target = index
    destinationByName[name] = index
    return index
  }
}

extension MessageSlot {
  init(_ message: DeliveryMessage, created: Int64, schedule: RetrySchedule) {
    self.created = created
    size = message.size
    body = message.body.map { $0.recordCode } ?? 0
    isInternationalised = message.isInternationalised
    requiresTLS = message.requiresTLS
    priority = max(-9, min(9, message.priority))
    returnContent = message.dsn.returnContent?.rawValue ?? 0
    if let hold = message.holdUntil { holdUntil = hold.nanoseconds }
    if let by = message.deliverBy {
      deadline = by.deadline.nanoseconds
      deadlineMode = by.mode.rawValue
    }
    if case .mailbox(let mailbox) = message.sender {
      text = mailbox.bytes
      senderLength = UInt16(truncatingIfNeeded: mailbox.bytes.count)
      senderLocalLength = UInt16(truncatingIfNeeded: mailbox.localPart.bytes.count)
    }
    if let identifier = message.dsn.envelopeIdentifier {
      text += identifier.encoded
      identifierLength = UInt16(truncatingIfNeeded: identifier.encoded.count)
    }
    let start = Instant(nanoseconds: max(created, holdUntil))
    expires = schedule.expires(from: start, isReport: senderLength == 0).nanoseconds
  }

  mutating func append(_ recipient: DeliveryRecipient) {
    let original = recipient.dsn.originalRecipient?.encoded ?? []
    recipients.append(
      RecipientSlot(
        offset: UInt32(truncatingIfNeeded: text.count),
        addressLength: UInt16(truncatingIfNeeded: recipient.mailbox.bytes.count),
        localPartLength: UInt16(truncatingIfNeeded: recipient.mailbox.localPart.bytes.count),
        originalLength: UInt16(truncatingIfNeeded: original.count), notify: recipient.dsn.notify))
    text += recipient.mailbox.bytes
    text += original
  }

  /// The recipient's domain or address literal in lower case.
  func domain(of recipient: RecipientSlot) -> [UInt8] {
    let start = Int(recipient.offset) + Int(recipient.localPartLength) + 1
    return text[start..<(Int(recipient.offset) + Int(recipient.addressLength))].map { $0.asciiLowercased }
  }

  func value(of recipient: RecipientSlot) -> DeliveryRecipient {
    let start = Int(recipient.offset)
    let end = start + Int(recipient.addressLength)
    var dsn = RecipientDSNParameters(notify: recipient.notify)
    if recipient.originalLength > 0 {
      dsn.originalRecipient = try? OriginalRecipient(
        parameter: text[end..<(end + Int(recipient.originalLength))].span)
    }
    let mailbox = Mailbox(unchecked: [UInt8](text[start..<end]), localPartLength: Int(recipient.localPartLength))
    return DeliveryRecipient(mailbox, dsn: dsn)
  }

  var sender: Mailbox? {
    guard senderLength > 0 else { return nil }
    return Mailbox(unchecked: [UInt8](text[..<Int(senderLength)]), localPartLength: Int(senderLocalLength))
  }

  var dsn: MessageDSNParameters {
    var dsn = MessageDSNParameters(returnContent: ReturnContent(rawValue: returnContent))
    if identifierLength > 0 {
      let start = Int(senderLength)
      dsn.envelopeIdentifier = try? EnvelopeIdentifier(
        parameter: text[start..<(start + Int(identifierLength))].span)
    }
    return dsn
  }

  var value: DeliveryMessage {
    var message = DeliveryMessage(from: sender.map { .mailbox($0) } ?? .null)
    message.size = size
    message.body = BodyType(recordCode: body)
    message.isInternationalised = isInternationalised
    message.requiresTLS = requiresTLS
    message.dsn = dsn
    message.priority = priority
    if holdUntil > .min { message.holdUntil = Instant(nanoseconds: holdUntil) }
    if let mode = DeliverBy.Mode(rawValue: deadlineMode) {
      message.deliverBy = DeliverBy(Instant(nanoseconds: deadline), mode)
    }
    return message
  }
}

extension BodyType {
  var recordCode: UInt8 {
    switch self {
    case .sevenBit: 1
    case .eightBitMIME: 2
    case .binaryMIME: 3
    }
  }

  init?(recordCode: UInt8) {
    switch recordCode {
    case 1: self = .sevenBit
    case 2: self = .eightBitMIME
    case 3: self = .binaryMIME
    default: return nil
    }
  }
}
