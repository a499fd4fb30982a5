public import IMAPCodec
@_spi(MailCodec) public import MailWire

extension MailReader {
  /// Lists mailboxes with their attributes, special use and counts.
  ///
  /// - Parameter pattern: which ones; nil for all, `%` for those of the first level.
  /// - Throws: `tooMany`, `closed`, as every task.
  @discardableResult
  public mutating func listFolders(_ pattern: MailboxPattern? = nil) throws(MisuseError) -> TaskID {
    if let pattern { return try give(.folders(pattern)) }
    guard let all = try? MailboxPattern("*") else { throw .badArgument }
    return try give(.folders(all))
  }

  /// Opens a mailbox; news are told of it from then on.
  @discardableResult
  public mutating func open(_ name: MailboxName, isReadOnly: Bool = false) throws(MisuseError) -> TaskID {
    try give(.open(name, isReadOnly: isReadOnly))
  }

  /// Lists a page of the open mailbox: the newest messages, or those before the oldest of the page before.
  ///
  /// - Parameters:
  ///   - uid: the first row of the page before; nil for the newest messages.
  ///   - count: how many rows, at least 1.
  /// - Throws: `badArgument` for no rows; `tooMany`, `closed`.
  @discardableResult
  public mutating func listMessages(before uid: UInt32? = nil, count: UInt32) throws(MisuseError) -> TaskID {
    guard count > 0 else { throw .badArgument }
    return try give(.messages(before: uid, count: count))
  }

  /// Asks for the header's addresses and the parts of a message.
  @discardableResult
  public mutating func describe(_ uid: UInt32) throws(MisuseError) -> TaskID { try give(.description(uid)) }

  /// Fetches a part of a message, or all of it. The message is not marked as read: ``setFlags(_:of:_:)`` does that.
  @discardableResult
  public mutating func fetch(_ uid: UInt32, _ section: SectionSpecifier) throws(MisuseError) -> TaskID {
    try give(.part(uid, section))
  }

  /// Searches the open mailbox.
  @discardableResult
  public mutating func search(_ keys: [SearchKey]) throws(MisuseError) -> TaskID { try give(.search(keys)) }

  /// Adds, removes or replaces flags of messages.
  @discardableResult
  public mutating func setFlags(
    _ action: StoreRequest.Action, of uids: UIDSet, _ flags: FlagSet
  ) throws(MisuseError) -> TaskID {
    try give(.flags(uids, StoreRequest(action, flags)))
  }

  /// Moves messages to another mailbox: with `MOVE`, or with `COPY`, `\Deleted` and `UID EXPUNGE`.
  ///
  /// [RFC 6851 §3.3](https://www.rfc-editor.org/rfc/rfc6851#section-3.3)
  @discardableResult
  public mutating func move(_ uids: UIDSet, to name: MailboxName) throws(MisuseError) -> TaskID {
    try give(.move(uids, name))
  }

  /// Adds a message of so many octets to a mailbox; ``MailReaderEvent/contentWanted(_:)`` asks for them.
  @discardableResult
  public mutating func append(
    _ size: UInt64, to name: MailboxName, flags: FlagSet? = nil, date: IMAPDateTime? = nil
  ) throws(MisuseError) -> TaskID {
    let message = AppendMessage(.literal(AppendMessage.Content(size: size)), flags: flags, date: date)
    return try give(.append(name, message))
  }

  /// Gives the next octets of the message.
  ///
  /// - Throws: `contentNotExpected` when none are asked for, `tooLong` beyond the size that was given, `closed`.
  public mutating func sendContent(_ bytes: Span<UInt8>) throws(MisuseError) { try client.sendContent(bytes) }

  /// Ends the message, all octets of which have been given.
  ///
  /// - Throws: `contentNotExpected` when octets are missing or none are asked for, `closed`.
  public mutating func finishContent() throws(MisuseError) { try client.finishContent() }

  /// Carries out any other command that has no data of its own in its answer: `CREATE`, `RENAME`, `DELETE`, `SUBSCRIBE`.
  ///
  /// - Throws: `badArgument` for `IDLE`, and for a command that brings a message or begins or ends the session.
  @discardableResult
  public mutating func run(_ command: IMAPCommand) throws(MisuseError) -> TaskID {
    switch command {
    case .idle, .append, .replace, .login, .authenticate, .startTLS, .unauthenticate, .logout: throw .badArgument
    default: return try give(.other(command))
    }
  }

  /// Asks for news between the tasks, with `IDLE`, until ``stopWatching()``.
  ///
  /// - Throws: `notOffered` where the server has no `IDLE`: ask with ``run(_:)`` and `NOOP` from time to time.
  public mutating func watch() throws(MisuseError) {
    guard !client.core.isOver else { throw .closed }
    if isReady { try client.requireOffer(of: .idle) }
    isWatching = true
  }

  /// Ends ``watch()``.
  public mutating func stopWatching() {
    isWatching = false
    guard idle != nil, !isEndingIdle else { return }
    isEndingIdle = true
    try? client.finishIdle()
  }

  /// Logs out behind the tasks that were given.
  public mutating func quit() throws(MisuseError) { try give(.logout) }

  /// Ends the connection at once, whatever is under way.
  public mutating func close() { client.close() }

  @discardableResult
  private mutating func give(_ kind: MailReaderTask.Kind) throws(MisuseError) -> TaskID {
    guard !client.core.isOver else { throw .closed }
    guard queuedCount < limits.queuedCommands else { throw .tooMany }
    taskCount += 1
    let id = TaskID(number: taskCount)
    queuedCount += 1
    queue.append(MailReaderTask(id: id, kind: kind))
    return id
  }
}
