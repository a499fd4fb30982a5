public import IMAPCodec
@_spi(MailCodec) public import MailWire

extension IMAPServer {
  /// Answers `SELECT` and `EXAMINE` with the mailbox; ``sendMessage(_:flags:internalDate:size:modSequence:items:)`` may follow
  /// for a client that resynchronises, then ``complete(_:)``.
  ///
  ///     S: * FLAGS (\Answered \Flagged \Deleted \Seen \Draft)
  ///     S: * 172 EXISTS
  ///     S: * OK [UIDVALIDITY 3857529045] UIDs valid
  ///
  /// - Throws: `outOfSequence` when no mailbox is being selected, `badArgument` for a UIDVALIDITY of zero, `closed`.
  public mutating func open(_ mailbox: MailboxSnapshot) throws(MisuseError) {
    guard !core.isOver else { throw .closed }
    guard let running, case .opening = running.kind, view == nil else { throw .outOfSequence }
    guard mailbox.uidValidity > 0 else { throw .badArgument }
    var options: MailboxView.Options = []
    if isEnabled("QRESYNC") { options.insert(.qresync) }
    if isEnabled("UIDONLY") { options.insert(.uidOnly) }
    let view = MailboxView(
      uids: mailbox.uids, uidNext: mailbox.uidNext, highestModSequence: mailbox.highestModSequence ?? 0,
      options: options, limits: configuration.limits.view)
    self.view = view
    if mailbox.isReadOnly { isReadOnly = true }
    send(.untagged(.flags(mailbox.flags)))
    send(.untagged(.exists(view.count)))
    if !isEnabled("IMAP4rev2") { send(.untagged(.recent(0))) }
    if let uid = mailbox.firstUnseenUID, let number = view.sequenceNumber(of: uid), !isEnabled("IMAP4rev2") {
      tell(.unseen(number), "First unseen")
    }
    tell(.permanentFlags(isReadOnly ? FlagSet() : mailbox.permanentFlags ?? mailbox.flags), "Permanent flags")
    tell(.uidValidity(mailbox.uidValidity), "UIDs valid")
    if view.uidNext > 0 { tell(.uidNext(view.uidNext), "Predicted next UID") }
    if let sequence = mailbox.highestModSequence {
      tell(.highestModSeq(sequence), "Highest")
    } else if announces("CONDSTORE") {
      tell(.keyword(.noModSeq), "No mod-sequences here")
    }
    if let identifier = mailbox.identifier { tell(.mailboxID(identifier), "Mailbox") }
  }

  private mutating func tell(_ code: ResponseCode, _ text: String) {
    send(.untagged(.status(StatusResponse(.ok, code, text))))
  }

  private func announces(_ name: StaticString) -> Bool {
    let name = StaticName(name)
    return configuration.additionalCapabilities.contains { name.matches($0.bytes) }
  }

  // MARK: Messages

  /// Tells what a client asked of a message, by its UID; the machine writes the sequence number, and the UID where it belongs.
  ///
  /// Sections made with a size instead of content are streamed: ``IMAPServerEvent/contentWanted(uid:)`` asks for their octets, one
  /// section after the other, in the order in which they were announced. More may be sent meanwhile, the completion too: it
  /// waits. Of a large mailbox, send some thousand messages and then ``awaitRoom()``.
  ///
  ///     S: * 2 FETCH (UID 9 FLAGS (\Seen) BODY[1] {2048}
  ///
  /// - Parameter flags: nil when they were not asked for.
  /// - Throws: `badArgument` when the client does not know such a message, `outOfSequence` without a selected mailbox,
  ///   `closed`.
  public mutating func sendMessage(
    _ uid: UInt32, flags: FlagSet? = nil, internalDate: IMAPDateTime? = nil, size: UInt64? = nil,
    modSequence: UInt64? = nil, items: [FetchItem] = []
  ) throws(MisuseError) {
    guard !core.isOver else { throw .closed }
    guard let view else { throw .outOfSequence }
    guard let number = view.sequenceNumber(of: uid) else { throw .badArgument }
    let response: FetchResponse
    do throws(SyntaxError) {
      response = try row(
        number, uid, isUIDWanted: isUIDWanted, flags: flags, internalDate: internalDate, size: size,
        modSequence: modSequence, items: items)
    } catch {
      throw .badArgument
    }
    if flags != nil { self.view?.flagsTold(uid: uid) }
    var sizes: [UInt64] = []
    for case .section(let section) in items {
      if case .streamed(let header) = section.octets { sizes.append(header.size) }
    }
    write(.fetch(response), of: uid, sizes)
  }

  private var isUIDWanted: Bool {
    guard let running else { return false }
    if case .fetch(let items) = running.kind, items.attributes.contains(.uid) { return true }
    return running.isUID
  }

  private func row(
    _ number: UInt32, _ uid: UInt32, isUIDWanted: Bool, flags: FlagSet?, internalDate: IMAPDateTime? = nil,
    size: UInt64? = nil, modSequence: UInt64?, items: [FetchItem] = []
  ) throws(SyntaxError) -> FetchResponse {
    let isByUID = isEnabled("UIDONLY")
    let hasUID = isUIDWanted || isEnabled("QRESYNC")
    return try FetchResponse(
      isByUID ? uid : number, isUIDFetch: isByUID, uid: hasUID && !isByUID ? uid : nil, flags: flags,
      internalDate: internalDate, size: size, modSeq: tellsModSequences ? modSequence : nil, items: items)
  }

  // MARK: News

  /// Says that messages have come, in UIDs above all others.
  public mutating func messagesAppeared(_ uids: NumberRanges, modSequence: UInt64 = 0) {
    view?.appear(uids, modSequence: modSequence)
    pushChanges()
  }

  /// Says that messages are gone, by whose doing ever.
  public mutating func messagesExpunged(_ uids: NumberRanges, modSequence: UInt64 = 0) {
    view?.expunge(uids, modSequence: modSequence)
    pushChanges()
  }

  /// Says that a message has other flags, by whose doing ever; not for this session's own `STORE` with `.SILENT`.
  public mutating func flagsChanged(_ uid: UInt32, flags: FlagSet, modSequence: UInt64 = 0) {
    view?.flagsChanged(uid: uid, flags: flags, modSequence: modSequence)
    pushChanges()
  }

  private mutating func pushChanges() {
    if running?.phase == .idle, core.isOpen { tellChanges(.all) }
  }

  /// Tells what the client may hear now.
  mutating func tellChanges(_ policy: MailboxView.Policy) {
    guard let changes = view?.takeChanges(policy) else { return }
    for change in changes {
      switch change {
      case .expunge(let number): send(.untagged(.expunge(number)))
      case .vanished(let uids): send(.untagged(.vanished(earlier: false, uids)))
      case .exists(let count): send(.untagged(.exists(count)))
      case .fetch(let number, let uid, let flags, let modSequence):
        let sequence = modSequence > 0 ? modSequence : nil
        guard
          let response = try? row(
            number, uid, isUIDWanted: running?.isUID ?? false, flags: flags, modSequence: sequence)
        else { continue }
        send(.untagged(.fetch(response)))
      case .flagsForgotten(let uids): events.append(.flagsWanted(uids))
      }
    }
  }
}
