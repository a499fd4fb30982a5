import IMAPCodec
@_spi(MailCodec) import MailWire

extension MailReader {
  /// Gives the command of the task's present step.
  mutating func proceed() {
    guard let task = current else { return }
    do throws(Failure) {
      guard let command = try command(of: task) else { return finish() }
      do throws(MisuseError) {
        current?.command = try client.send(command)
      } catch {
        throw .impossible(error)
      }
    } catch {
      fail(error)
    }
  }

  mutating func fail(_ failure: Failure) {
    guard let task = current else { return }
    current = nil
    events.append(.failed(task.id, failure))
  }

  /// The command of the task's present step; nil when there is nothing left to ask.
  private func command(of task: MailReaderTask) throws(Failure) -> IMAPCommand? {
    switch (task.kind, task.step) {
    case (.folders, .status(let index)):
      guard let items = try? StatusItems(Self.statusItems) else { return nil }
      return .status(task.folders[index].name, items)
    case (.folders(let pattern), _): return listing(pattern)
    case (.open(let name, isReadOnly: true), _): return .examine(name, SelectParameters())
    case (.open(let name, isReadOnly: false), _): return .select(name, SelectParameters())
    case (.messages(let uid, let count), _): return try page(before: uid, count)
    case (.description(let uid), _):
      return try fetching(uid, [.uid, .envelope, .bodyStructure], [])
    case (.part(let uid, let section), .undecoded): return try fetching(uid, .uid, [.body(section, isPeek: true, nil)])
    case (.part(let uid, let section), _):
      if undoesEncoding(of: section) { return try fetching(uid, .uid, [.binary(section.path, isPeek: true, nil)]) }
      return try fetching(uid, .uid, [.body(section, isPeek: true, nil)])
    case (.search(let keys), _): return .search(SearchProgram(keys), isUID: true)
    case (.flags(let uids, let request), _): return .store(.uid(uids), request)
    case (.move(let uids, _), .mark):
      return .store(.uid(uids), StoreRequest(.add, FlagSet(.deleted), isSilent: true))
    case (.move(let uids, _), .expunge):
      return client.capabilities.has("UIDPLUS", orRevision2: true) ? .expunge(uids) : nil
    case (.move(let uids, let name), _):
      return client.capabilities.has("MOVE", orRevision2: true) ? .move(.uid(uids), name) : .copy(.uid(uids), name)
    case (.append(let name, let message), _): return .append(name, message)
    case (.other(let command), _): return command
    case (.logout, _): return .logout
    }
  }

  /// Whether the server takes the transfer encoding off a section: only whole parts have one.
  func undoesEncoding(of section: SectionSpecifier) -> Bool {
    section.content == .all && !section.path.isEmpty && client.capabilities.has("BINARY", orRevision2: true)
  }

  private static let statusItems: StatusItems.Known = [.messages, .unseen, .uidNext, .uidValidity]

  /// `LIST`, with as much at once as the server can say.
  private func listing(_ pattern: MailboxPattern) -> IMAPCommand {
    var returning: [IMAPParameter] = []
    let capabilities = client.capabilities
    if capabilities.has("SPECIAL-USE", orRevision2: true), capabilities.has("LIST-EXTENDED", orRevision2: true),
      let use = try? IMAPParameter(IMAPToken("SPECIAL-USE"))
    {
      returning.append(use)
    }
    if capabilities.has("LIST-STATUS", orRevision2: true), let status = Self.statusParameter {
      returning.append(status)
    }
    return .list(ListRequest(OneOrMore(pattern), returning: returning.isEmpty ? nil : returning))
  }

  private static var statusParameter: IMAPParameter? {
    let names = ["MESSAGES", "UNSEEN", "UIDNEXT", "UIDVALIDITY"]
    let items = names.compactMap { try? IMAPToken($0) }.map { IMAPValue.token($0) }
    guard let name = try? IMAPToken("STATUS"), let list = try? IMAPValue.list(items) else { return nil }
    return try? IMAPParameter(name, list)
  }

  /// `FETCH` of a page by sequence numbers, which hold since nothing else is in flight; nil for an empty one.
  private func page(before uid: UInt32?, _ count: UInt32) throws(Failure) -> IMAPCommand? {
    guard let mailbox = client.mailbox else { throw .impossible(.outOfSequence) }
    var last = mailbox.count
    if let uid {
      guard let number = mailbox.messages.sequenceNumber(of: uid) else { throw .missing }
      last = number - 1
    }
    guard last > 0 else { return nil }
    let first = last > count ? last - count + 1 : 1
    guard let set = try? SequenceSet(first...last),
      let items = try? FetchItems([.uid, .flags, .internalDate, .size, .envelope])
    else { throw .impossible(.badArgument) }
    return .fetch(.sequence(set), items, FetchModifiers())
  }

  private func fetching(
    _ uid: UInt32, _ attributes: FetchAttributes, _ others: [FetchRequestItem]
  ) throws(Failure) -> IMAPCommand {
    guard let set = try? UIDSet(uid), let items = try? FetchItems(attributes, others) else {
      throw .impossible(.badArgument)
    }
    return .fetch(.uid(set), items, FetchModifiers())
  }
}
