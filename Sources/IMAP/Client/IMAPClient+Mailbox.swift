@_spi(MailCodec) import IMAPCodec
@_spi(MailCodec) import MailWire

extension IMAPClient {
  /// The mailbox that news are about.
  var currentMailbox: MailboxMirror? { openingMailbox ?? mailbox }

  /// Notes what a response says about the session and the mailbox.
  mutating func note(_ response: UntaggedResponse, isAskedFor: Bool) {
    switch response {
    case .capability(let list): learn(list, from: .untagged)
    case .enabled(let list):
      guard inFlight.contains(where: { $0.role == .enable }) else { return tolerate(.unsolicitedResponse) }
      for name in list where !enabled.contains(name) { enabled.append(name) }
    case .status(let status): noteStatus(status)
    case .flags, .exists, .recent, .expunge, .vanished, .fetch:
      let isConsistent =
        if openingMailbox != nil {
          openingMailbox?.note(response) ?? true
        } else {
          mailbox?.note(response) ?? true
        }
      if !isConsistent { tolerate(.unexpectedResponse) }
      switch response {
      case .expunge, .vanished(earlier: false, _): removals += 1
      case .exists where !isConsistent: removals += 1
      default: break
      }
    default: break
    }
  }

  /// Tells of the UIDs that a response has removed.
  mutating func tellExpunged() {
    guard openingMailbox == nil, let gone = mailbox?.gone, !gone.isEmpty else { return }
    mailbox?.gone = NumberRanges()
    events.append(.expunged(gone))
  }

  private mutating func noteStatus(_ status: StatusResponse) {
    switch status.code {
    case .capabilities(let list): learn(list, from: .untagged)
    case .keyword(.closed):
      // What came before was about the mailbox that was selected until now.
      if let opening = openingMailbox {
        openingMailbox = MailboxMirror(opening.name, isReadOnly: opening.isReadOnly)
      }
      mailbox = nil
      if state == .selected { state = .authenticated }
      isExpectationStale = true
    default: noteCode(status.code)
    }
  }

  /// Notes what a code says about the mailbox.
  mutating func noteCode(_ code: ResponseCode?) {
    if openingMailbox != nil { openingMailbox?.note(code) } else { mailbox?.note(code) }
  }
}

extension MailboxMirror {
  /// Notes a response; false when it does not fit what was said before.
  mutating func note(_ response: UntaggedResponse) -> Bool {
    switch response {
    case .flags(let set): flags = set
    case .recent(let number): recent = number
    case .exists(let number): return noteCount(number)
    case .expunge(let number):
      if let uid = messages.uid(at: number) { gone = NumberRanges(positive: [uid...uid]) }
      return messages.expunge(at: number)
    case .vanished(earlier: false, let uids): return noteVanished(uids.ranges)
    case .fetch(let fetch): return noteFetch(fetch)
    default: break
    }
    return true
  }

  private mutating func noteCount(_ number: UInt32) -> Bool {
    if number >= count {
      messages.append(unknown: number - count)
      return true
    }
    // Messages have gone that nobody told of: which ones is unknown.
    messages = SequenceMap()
    messages.append(unknown: number)
    return false
  }

  private mutating func noteFetch(_ fetch: FetchResponse) -> Bool {
    guard let uid = fetch.uid else { return fetch.number > 0 && fetch.number <= count }
    if let next = uidNext, uid >= next, uid < UInt32.max { uidNext = uid + 1 }
    return fetch.isUIDFetch || messages.setUID(uid, at: fetch.number)
  }

  /// Removes messages by UID, those whose UIDs are not known too: they stand between the neighbours that are.
  private mutating func noteVanished(_ uids: NumberRanges) -> Bool {
    gone = messages.expunge(uids)
    let missing = uids.closedCount - gone.closedCount
    guard missing > 0 else { return true }
    guard missing > Self.singleRemovals else { return removeUnknown(uids.subtracting(gone)) }
    // Taking so many out one by one would cost more than learning the UIDs again.
    let unknown = UInt64(count) - messages.uids.closedCount
    let left = UInt64(count) - min(missing, unknown)
    messages = SequenceMap()
    messages.append(unknown: UInt32(left))
    return missing <= unknown
  }

  /// Removes messages whose UIDs are not known: each stands between the neighbours that are.
  private mutating func removeUnknown(_ uids: NumberRanges) -> Bool {
    var isConsistent = true
    for uid in uids.numbers(limit: Int(Self.singleRemovals)) {
      let number = messages.countThrough(uid: uid)
      if number > 0, messages.uid(at: number) == nil { messages.expunge(at: number) } else { isConsistent = false }
    }
    return isConsistent
  }

  /// The most messages of unknown UID that are taken out one by one.
  private static let singleRemovals: UInt64 = 1_000

  /// Notes what a code says.
  mutating func note(_ code: ResponseCode?) {
    switch code {
    case .permanentFlags(let set): permanentFlags = set
    case .uidNext(let uid): uidNext = uid
    case .uidValidity(let value): uidValidity = value
    case .unseen(let number): firstUnseen = number
    case .highestModSeq(let value): highestModSeq = value
    case .mailboxID(let id): mailboxID = id
    case .keyword(.noModSeq): highestModSeq = nil
    case .keyword(.readOnly): isReadOnly = true
    case .keyword(.readWrite): isReadOnly = false
    default: break
    }
  }
}
