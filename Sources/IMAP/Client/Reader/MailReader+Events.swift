import IMAPCodec
@_spi(MailCodec) import MailWire

extension MailReader {
  mutating func handle(_ event: IMAPClientEvent) {
    switch event {
    case .ready: logIn()
    case .completed(let id, let status): complete(id, status)
    case .notSent(let id):
      if id == current?.command { fail(.impossible(.outOfSequence)) }
    case .response(let response, for: let id):
      if let id, id == current?.command { collect(response) } else { tell(response) }
    case .contentBegins(_, _, for: let id): beginContent(for: id)
    case .content(let part):
      if isForwarding { events.append(.content(part)) }
    case .endOfContent: isForwarding = false
    case .contentWanted:
      if let task = current { events.append(.contentWanted(task.id)) }
    case .idling:
      if isWatching { events.append(.watching) }
    case .expunged(let uids): events.append(.expunged(uids))
    case .violation(let violation): events.append(.violation(violation))
    case .closed(let reason): events.append(.closed(reason))
    case .greeting, .encrypted, .capabilities, .challenge, .quirks: break
    @unknown default: break
    }
  }

  // MARK: Login

  private mutating func logIn() {
    guard client.state == .notAuthenticated else { return becomeReady() }
    guard let credentials else { return }
    self.credentials = nil
    do throws(MisuseError) {
      login = try client.authenticate(credentials)
    } catch {
      events.append(.loginFailed(.impossible(error)))
      leave()
    }
  }

  private mutating func becomeReady() {
    credentials = nil
    isReady = true
    events.append(.ready)
  }

  private mutating func leave() {
    do throws(MisuseError) { _ = try client.send(.logout) } catch { client.close() }
  }

  // MARK: Completion

  private mutating func complete(_ id: IMAPClient.CommandID, _ status: StatusResponse) {
    let isOK = status.condition == .ok
    if id == login {
      login = nil
      if isOK { return becomeReady() }
      events.append(.loginFailed(.refused(status)))
      return leave()
    }
    if id == idle {
      idle = nil
      isEndingIdle = false
      if !isOK {
        isWatching = false
        events.append(.watchEnded(status))
      }
      return
    }
    guard let task = current, id == task.command else { return }
    current?.command = nil
    if isOK { return conclude(task, status) }
    switch (task.kind, task.step) {
    // The folder has gone in the meantime, or nobody may look into it.
    case (.folders, .status(let index)): askStatus(behind: index)
    // The transfer encoding is one that the server does not know.
    case (.part(_, let section), .first) where undoesEncoding(of: section) && !task.hasContent:
      current?.step = .undecoded
      proceed()
    default: fail(.refused(status))
    }
  }

  /// Goes on with the next step, or ends the task.
  private mutating func conclude(_ task: MailReaderTask, _ status: StatusResponse) {
    switch (task.kind, task.step) {
    case (.folders, .first): askStatus(behind: -1)
    case (.folders, .status(let index)): askStatus(behind: index)
    case (.move, .first):
      if case .copyUID = status.code { current?.copies = status.code }
      guard !client.capabilities.has("MOVE", orRevision2: true) else { return finish() }
      current?.step = .mark
      proceed()
    case (.move, .mark):
      current?.step = .expunge
      proceed()
    case (.append, _):
      current = nil
      var uid: UInt32?
      if case .appendUID(_, let numbers) = status.code { uid = numbers[0] }
      events.append(.appended(uid: uid, for: task.id))
    default: finish()
    }
  }

  /// Asks for the counts of the next folder that has none yet, unless the server has told them with the list.
  private mutating func askStatus(behind index: Int) {
    guard let task = current else { return }
    let isToldWithList = client.capabilities.has("LIST-STATUS", orRevision2: true)
    let next = task.folders.indices.first { place in
      place > index && task.folders[place].isSelectable && task.folders[place].status == nil
    }
    guard !isToldWithList, let next else { return finish() }
    current?.step = .status(next)
    proceed()
  }

  /// Says what has come of the task.
  mutating func finish() {
    guard let task = current else { return }
    current = nil
    switch task.kind {
    case .folders: events.append(.folders(task.folders, for: task.id))
    case .open:
      if let mailbox = client.mailbox { events.append(.opened(mailbox, for: task.id)) }
    case .messages: events.append(.messages(task.rows.sorted { $0.uid < $1.uid }, for: task.id))
    case .description:
      guard task.envelope != nil || task.structure != nil else { return events.append(.failed(task.id, .missing)) }
      events.append(.description(task.envelope, task.structure, for: task.id))
    case .part: events.append(task.hasContent ? .done(task.id) : .failed(task.id, .missing))
    case .search: events.append(.found(task.found, for: task.id))
    case .move:
      let hasMove = client.capabilities.has("MOVE", orRevision2: true)
      let isRemoved = hasMove || client.capabilities.has("UIDPLUS", orRevision2: true)
      events.append(.moved(task.copies, removed: isRemoved, for: task.id))
    case .flags, .append, .other, .logout: events.append(.done(task.id))
    }
  }
}
