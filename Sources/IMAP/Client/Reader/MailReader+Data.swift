import IMAPCodec
@_spi(MailCodec) import MailWire

extension MailReader {
  /// Takes data that the present task has asked for.
  mutating func collect(_ response: UntaggedResponse) {
    switch response {
    case .list(let list):
      guard let count = current?.folders.count, count < limits.rows else { return exceed() }
      current?.places[list.name] = count
      current?.folders.append(MailFolder(list))
    case .mailboxStatus(let status):
      guard let index = current?.places[status.name] else { return }
      current?.folders[index].status = status
    case .fetch(let fetch): collect(fetch)
    case .search(let result): collect(try? NumberRanges(result.numbers))
    case .extendedSearch(let result): collect(result.all?.set)
    case .status(let status):
      if case .copyUID = status.code { current?.copies = status.code }
      if status.condition != .bye { tell(response) }
    default: break
    }
  }

  private mutating func collect(_ numbers: NumberRanges?) {
    if let numbers { current?.found.formUnion(numbers) }
  }

  private mutating func exceed() {
    events.append(.violation(ProtocolViolation(.responseTooLong, .tolerated)))
  }

  private mutating func collect(_ fetch: FetchResponse) {
    guard let task = current else { return }
    switch task.kind {
    case .messages(_, let count):
      guard fetch.envelope != nil, let row = MessageSummary(fetch) else { return tell(.fetch(fetch)) }
      guard task.rows.count < count, task.rows.count < limits.rows else { return exceed() }
      current?.rows.append(row)
    case .description:
      current?.envelope = fetch.envelope ?? task.envelope
      current?.structure = fetch.bodyStructure ?? task.structure
    case .part:
      for section in fetch.sections {
        guard case .inline(let bytes) = section.octets else { continue }
        beginContent(for: task.command)
        if isForwarding, !bytes.isEmpty { events.append(.content(bytes)) }
        isForwarding = false
      }
    default: tell(.fetch(fetch))
    }
  }

  mutating func beginContent(for id: IMAPClient.CommandID?) {
    isForwarding = false
    guard let task = current, let id, id == task.command, case .part(_, let section) = task.kind, !task.hasContent
    else {
      return
    }
    isForwarding = true
    current?.hasContent = true
    var isDecoded = false
    if case .first = task.step { isDecoded = undoesEncoding(of: section) }
    events.append(.contentBegins(isDecoded: isDecoded, for: task.id))
  }

  /// Tells the host news.
  mutating func tell(_ response: UntaggedResponse) {
    switch response {
    case .exists(let count): events.append(.arrived(count: count))
    case .fetch(let fetch):
      guard let flags = fetch.flags, let uid = fetch.uid ?? client.mailbox?.messages.uid(at: fetch.number) else {
        return
      }
      events.append(.flagsChanged(uid: uid, flags))
    case .status(let status):
      let isAlert = status.code == .keyword(.alert)
      if isAlert || status.condition != .ok { events.append(.notice(status)) }
    default: break
    }
  }
}
