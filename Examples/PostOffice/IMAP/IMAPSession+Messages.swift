import IMAP
import IMAPCodec
import MailWire

/// The selected mailbox.
extension IMAPSession {
  func select(_ mailbox: MailboxName, _ parameters: SelectParameters) throws(HostError) {
    leave()
    let folder = try folder(mailbox)
    let status = try onMailboxes { () throws(MailboxError) in
      try folder.refresh(isUrgent: true)
      if !machine.isReadOnly { _ = try folder.takeRecent() }
      return try folder.status()
    }
    var snapshot = MailboxSnapshot(
      uids: folder.index.uids, uidValidity: status.uidValidity, uidNext: status.uidNext, flags: folder.knownFlags)
    var permanent = folder.knownFlags
    if let anyKeyword = try? Flag("\\*") { permanent.insert(anyKeyword) }
    snapshot.permanentFlags = permanent
    snapshot.highestModSequence = status.highestModSequence
    snapshot.firstUnseenUID = status.firstUnseen
    snapshot.identifier = try? ObjectID(status.objectID)
    try onMachine { () throws(MisuseError) in try machine.open(snapshot) }
    enter(folder)
    try complete()
  }

  func close() throws(HostError) {
    let folder = try selected()
    // Nobody wants to hear of what goes now.
    leave()
    if !machine.isReadOnly {
      try onMailboxes { () throws(MailboxError) in _ = try folder.expunge(deleted(in: folder)) }
    }
    try complete()
  }

  func expunge(_ uids: NumberRanges?) throws(HostError) {
    let folder = try selected()
    guard try canChange() else { return }
    try onMailboxes { () throws(MailboxError) in
      try folder.refresh()
      let deleted = deleted(in: folder)
      try folder.expunge(uids.map { deleted.intersection($0) } ?? deleted)
    }
    let sequence = folder.index.highestModSequence
    try complete(StatusResponse(.ok, uids == nil ? nil : .highestModSeq(sequence), "Expunged"))
  }

  /// The messages that are marked, of those that the client knows.
  private func deleted(in folder: MailFolder) -> NumberRanges {
    var uids: [UInt32] = []
    folder.index.forEach { if $0.flags.contains(.deleted) { uids.append($0.uid) } }
    return NumberRanges(ascending: uids)
  }

  /// Refuses the command in a mailbox that was opened for reading.
  private func canChange() throws(HostError) -> Bool {
    guard machine.isReadOnly else { return true }
    try complete(StatusResponse(.no, .keyword(.noPermission), "Opened for reading"))
    return false
  }

  func store(_ request: StoreRequest, _ uids: NumberRanges, isUID: Bool) throws(HostError) {
    let folder = try selected()
    guard case .flags(let flags) = request.target, request.unknown.isEmpty else {
      return try complete(.notImplemented)
    }
    guard try canChange() else { return }
    let action: FlagAction =
      switch request.action {
      case .add: .add
      case .remove: .remove
      case .replace: .replace
      }
    isSilent = request.isSilent
    defer { isSilent = false }
    let outcome = try onMailboxes { () throws(MailboxError) in
      try folder.store(action, flags, of: uids, unchangedSince: request.unchangedSince)
    }
    try tell(outcome, request, of: uids, in: folder)
    guard !outcome.modified.isEmpty else { return try complete() }
    let modified = isUID ? outcome.modified : machine.mailbox?.sequenceNumbers(of: outcome.modified)
    try complete(StatusResponse(.ok, .modified(modified ?? outcome.modified), "Some were changed meanwhile"))
  }

  /// Tells the flags of all messages that a `STORE` named; of a silent one no more than the mod-sequence.
  private func tell(
    _ outcome: FlagOutcome, _ request: StoreRequest, of uids: NumberRanges, in folder: MailFolder
  ) throws(HostError) {
    let told = request.isSilent ? outcome.changed : uids.subtracting(outcome.modified)
    if request.isSilent, !machine.tellsModSequences { return }
    for uid in folder.index.uids(in: told) {
      guard let message = folder.index[uid], machine.mailbox?.sequenceNumber(of: uid) != nil else { continue }
      try onMachine { () throws(MisuseError) in
        try machine.sendMessage(
          uid, flags: request.isSilent ? nil : folder.flags(of: message), modSequence: message.modSequence)
      }
    }
  }

  /// Tells flags that the session has not kept.
  func tellFlags(of uids: NumberRanges) throws(HostError) {
    let folder = try selected()
    for uid in folder.index.uids(in: uids) {
      guard let message = folder.index[uid], machine.mailbox?.sequenceNumber(of: uid) != nil else { continue }
      try onMachine { () throws(MisuseError) in
        try machine.sendMessage(uid, flags: folder.flags(of: message), modSequence: message.modSequence)
      }
    }
  }

  func copy(_ uids: NumberRanges, to mailbox: MailboxName, isMove: Bool) throws(HostError) {
    let folder = try selected()
    if isMove, try !canChange() { return }
    let target: MailFolder
    do throws(HostError) { target = try self.folder(mailbox) } catch .mailbox(.missing) {
      return try complete(.tryCreate)
    }
    guard !folder.index.uids(in: uids).isEmpty else { return try complete() }
    let copied = try onMailboxes { () throws(MailboxError) in try folder.copy(uids, to: target) }
    var code: ResponseCode?
    if let sources = try? OrderedNumbers(copied.sources), let targets = try? OrderedNumbers(copied.targets) {
      code = .copyUID(uidValidity: target.index.uidValidity, source: sources, target: targets)
    }
    guard isMove else { return try complete(StatusResponse(.ok, code, "Copied")) }
    // The client must know where they are before they go, RFC 6851 section 4.3.
    try send(.status(StatusResponse(.ok, code, "Moved")))
    try onMailboxes { () throws(MailboxError) in
      _ = try folder.expunge(NumberRanges(ascending: copied.sources))
    }
    try complete()
  }
}
