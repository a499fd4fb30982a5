import MailWire

/// All mail of this host: a Maildir for each account, named by its address.
final class MailStore {
  let accounts: Accounts
  private let directory: String
  private let names: NameSource
  /// What IMAP knows of all mail.
  let hub: MailboxHub
  private var lockedNames: Set<String> = []
  /// Held for as long as the process lives: two servers would take each other's messages in progress for leftovers.
  private let lock: Descriptor

  /// Makes what is missing and clears away what a killed server left half written.
  init(directory: String, accounts: Accounts) throws(SystemError) {
    self.accounts = accounts
    self.directory = directory
    let names = NameSource()
    self.names = names
    hub = MailboxHub(environment: MailboxEnvironment(nextName: { names.next() }))
    try Files.makeFolder(directory)
    lock = try Files.lockFolder(directory)
    for account in accounts.all {
      try maildir(of: account).create()
      try removeLeftovers(of: account)
    }
  }

  /// What a killed server had taken in already is no leftover.
  private func removeLeftovers(of account: Account) throws(SystemError) {
    let folders: [Maildir]
    do throws(MailboxError) { folders = try hub.recover(maildir(of: account)) } catch {
      // Mail is kept: whoever opens the mailbox hears of the error.
      return Console.complaint("cannot look after the mail of \(account.name): \(error)")
    }
    for folder in folders {
      try folder.removeLeftovers(of: names.names, before: Clock.microsecondsSince1970 / 1_000_000)
    }
  }

  func maildir(of account: Account) -> Maildir { Maildir(path: directory + "/" + account.name) }

  /// Begins a message to `recipients`, of whom there is at least one.
  func beginDelivery(to recipients: [Account]) throws(SystemError) -> Delivery {
    try Delivery(in: maildir(of: recipients[0]), unique: names.next())
  }

  /// Puts a message into `maildirs`, and into a folder under another name if it is told; sessions hear of it.
  func commit(
    _ delivery: consuming Delivery, to maildirs: [Maildir], and place: (folder: String, name: String)? = nil
  ) throws(SystemError) {
    let file = try delivery.commit(to: maildirs, and: place)
    hub.delivered(file, to: maildirs)
  }

  /// A name that no other message has.
  func nextName() -> String { names.next() }

  /// Where mail for other hosts waits.
  var spoolPath: String { directory + "/queue" }

  /// Locks a maildrop for one session; false when another one has it.
  func lockMaildrop(of account: Account) -> Bool { lockedNames.insert(account.name).inserted }

  /// Ends the lock.
  func unlockMaildrop(of account: Account) { lockedNames.remove(account.name) }
}
