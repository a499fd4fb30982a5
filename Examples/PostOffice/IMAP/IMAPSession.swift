import IMAP
import IMAPCodec
import MailWire

/// Somebody who reads his mail where it lies: what the events of ``IMAPServer`` mean to this host.
final class IMAPSession: Connection<IMAPServer> {
  let store: MailStore
  let maximumSize: UInt64
  private var user: UserMailboxes?
  /// The selected mailbox; what happens in it is heard for as long as it is.
  private var subscription: FolderSubscription?
  /// What is left of a `FETCH`.
  var fetch: FetchWork?
  /// The messages that are being appended.
  var append: AppendWork?
  /// Whether the news are of a `STORE` of this session that wants no answer.
  var isSilent = false

  init(
    configuration: IMAPServerConfiguration, store: MailStore, maximumSize: UInt64, descriptor: consuming Descriptor,
    loop: EventLoop, trace: ((TraceRecord) -> Void)?
  ) {
    self.store = store
    self.maximumSize = maximumSize
    super.init(machine: IMAPServer(configuration: configuration), descriptor: descriptor, loop: loop, trace: trace)
  }

  override func handle(_ event: IMAPServerEvent) throws(MisuseError) {
    switch event {
    case .authenticate(let credentials): try logIn(credentials)
    case .command(let command, let uids): try answering { () throws(HostError) in try run(command, uids) }
    case .content(let bytes): takeContent(bytes)
    case .endOfContent: break
    case .appendContinues(let continuation):
      try answering { () throws(HostError) in try continueAppend(continuation) }
    case .contentWanted: try answering { () throws(HostError) in try sendPart() }
    case .roomToWrite: try answering { () throws(HostError) in try continueFetch() }
    case .flagsWanted(let uids): try answering { () throws(HostError) in try tellFlags(of: uids) }
    case .closed:
      subscription = nil
      fetch = nil
      append = nil
    case .encrypted, .enabled, .quirks, .violation: break
    }
  }

  override func shutDown() {
    machine.shutDown()
    drain()
  }

  private func logIn(_ credentials: Credentials) throws(MisuseError) {
    guard let account = store.accounts.authenticate(credentials) else {
      return try machine.complete(.authenticationFailed)
    }
    do throws(MailboxError) { user = try store.hub.mailboxes(in: store.maildir(of: account)) } catch {
      Console.complaint("cannot open the mail of \(account.name): \(error)")
      return try machine.complete(.temporaryFailure)
    }
    try machine.complete()
  }

  /// Does what may fail on the disk: then the command is answered so.
  private func answering(_ body: () throws(HostError) -> Void) throws(MisuseError) {
    do throws(HostError) { try body() } catch {
      fetch = nil
      append = nil
      switch error {
      case .misuse(let error): throw error
      case .mailbox(let error):
        if case .system(let error) = error { Console.complaint("IMAP: \(error)") }
        try machine.complete(error.response)
      }
    }
  }

  // MARK: What the session has open

  /// The mailboxes of whoever has logged in.
  func mailboxes() throws(HostError) -> UserMailboxes {
    guard let user else { throw .misuse(.outOfSequence) }
    return user
  }

  /// The selected mailbox.
  func selected() throws(HostError) -> MailFolder {
    guard let subscription else { throw .misuse(.outOfSequence) }
    return subscription.folder
  }

  /// The folder that a client names.
  func name(_ name: MailboxName) throws(HostError) -> FolderName {
    guard let name = FolderName(name) else { throw .mailbox(.badName) }
    return name
  }

  /// Opens the mailbox that a client names.
  func folder(_ mailbox: MailboxName) throws(HostError) -> MailFolder {
    let name = try name(mailbox)
    let user = try mailboxes()
    return try onMailboxes { () throws(MailboxError) in try user.open(name) }
  }

  /// Forgets the selected mailbox.
  func leave() { subscription = nil }

  /// Hears of whatever happens in the mailbox from now on.
  func enter(_ folder: MailFolder) {
    subscription = folder.subscribe { [weak self] news in self?.hear(news) }
  }

  private func hear(_ news: FolderNews) {
    switch news {
    case .appeared(let uids, let modSequence): machine.messagesAppeared(uids, modSequence: modSequence)
    case .expunged(let uids, let modSequence): machine.messagesExpunged(uids, modSequence: modSequence)
    case .flagsChanged(let changes, let modSequence):
      guard !isSilent else { break }
      for change in changes { machine.flagsChanged(change.uid, flags: change.flags, modSequence: modSequence) }
    case .keywordsAdded:
      if let folder = subscription?.folder { try? machine.send(.flags(folder.knownFlags)) }
    case .renamed: break
    case .deleted: machine.shutDown()
    }
    // Another session's doing is told at once to whoever waits for it.
    drain()
  }
}

/// Why a command cannot be carried out.
enum HostError: Error {
  /// The mailbox says no; the client is told.
  case mailbox(MailboxError)
  /// A fault of this program.
  case misuse(MisuseError)
}

/// Runs what fails with a ``MailboxError`` where a ``HostError`` is expected.
func onMailboxes<Result>(_ body: () throws(MailboxError) -> Result) throws(HostError) -> Result {
  do throws(MailboxError) { return try body() } catch { throw .mailbox(error) }
}

/// Runs what the machine may refuse where a ``HostError`` is expected.
func onMachine(_ body: () throws(MisuseError) -> Void) throws(HostError) {
  do throws(MisuseError) { try body() } catch { throw .misuse(error) }
}

extension MailboxError {
  /// How a client is told.
  var response: StatusResponse {
    switch self {
    case .missing: .noSuchMailbox
    case .exists: StatusResponse(.no, .keyword(.alreadyExists), "There is one already")
    case .badName, .isInbox: StatusResponse(.no, .keyword(.cannot), "Not with this name")
    case .specialUseTaken: StatusResponse(.no, .keyword(.useAttribute), "Another mailbox has this use")
    case .full, .tooManyKeywords, .tooManyAnnotations: StatusResponse(.no, .keyword(.limit), "As many as there can be")
    case .annotationTooLarge: StatusResponse(.no, .keyword(.limit), "Too large")
    case .messageGone: StatusResponse(.no, .keyword(.expungeIssued), "A message is gone")
    case .system, .broken: .temporaryFailure
    }
  }
}
