import MailWire

/// All mail of this host: a Maildir for each account, named by its address.
final class MailStore {
  let accounts: Accounts
  private let directory: String
  private var names = UniqueNames()
  private var lockedNames: Set<String> = []
  /// Held for as long as the process lives: two servers would take each other's messages in progress for leftovers.
  private let lock: Descriptor

  /// Makes what is missing and clears away what a killed server left half written.
  init(directory: String, accounts: Accounts) throws(SystemError) {
    self.accounts = accounts
    self.directory = directory
    try Files.makeFolder(directory)
    lock = try Files.lockFolder(directory)
    for account in accounts.all {
      try maildir(of: account).create()
      try maildir(of: account).removeLeftovers(of: names, before: Clock.microsecondsSince1970 / 1_000_000)
    }
  }

  func maildir(of account: Account) -> Maildir { Maildir(path: directory + "/" + account.name) }

  /// Begins a message to `recipients`, of whom there is at least one.
  func beginDelivery(to recipients: [Account]) throws(SystemError) -> Delivery {
    try Delivery(in: maildir(of: recipients[0]), unique: names.next(at: Clock.microsecondsSince1970))
  }

  /// A name that no other message has.
  func nextName() -> String { names.next(at: Clock.microsecondsSince1970) }

  /// Where mail for other hosts waits.
  var spoolPath: String { directory + "/queue" }

  /// Locks a maildrop for one session; false when another one has it.
  func lockMaildrop(of account: Account) -> Bool { lockedNames.insert(account.name).inserted }

  /// Ends the lock.
  func unlockMaildrop(of account: Account) { lockedNames.remove(account.name) }
}
