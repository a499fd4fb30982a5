/// The mailboxes of all users. Whatever this process does to mail goes through here, so that every session hears of it at
/// once.
final class MailboxHub {
  private let environment: MailboxEnvironment
  private var users: [String: UserMailboxes] = [:]

  init(environment: MailboxEnvironment) { self.environment = environment }

  /// The mailboxes of the user whose mail lies in `maildir`; the same object for everybody.
  func mailboxes(in maildir: Maildir) throws(MailboxError) -> UserMailboxes {
    if let user = users[maildir.path] { return user }
    let user = try UserMailboxes(path: maildir.path, environment: environment)
    users[maildir.path] = user
    return user
  }

  /// Takes in what a killed process had begun to append, so that what is left in `tmp` is waste.
  func recover(_ maildir: Maildir) throws(MailboxError) -> [Maildir] {
    let user = try mailboxes(in: maildir)
    var folders: [Maildir] = []
    for name in try user.names() {
      let folder = Maildir(path: user.folderPath(name))
      try onDisk { () throws(SystemError) in try folder.create() }
      folders.append(folder)
      let isEmpty = try onDisk { () throws(SystemError) in try Files.names(in: folder.path + "/tmp").isEmpty }
      if !isEmpty { _ = try user.open(name) }
    }
    return folders
  }

  /// A message was put into `new` of these Maildirs under this name.
  func delivered(_ file: String, to maildirs: [Maildir]) {
    for maildir in maildirs {
      guard let inbox = users[maildir.path]?.opened(.inbox) else { continue }
      Self.explaining(maildir) { () throws(MailboxError) in try inbox.arrived(file) }
    }
  }

  /// Messages were removed from the Maildir.
  func removed(from maildir: Maildir) {
    guard let inbox = users[maildir.path]?.opened(.inbox) else { return }
    Self.explaining(maildir) { () throws(MailboxError) in try inbox.refresh(isUrgent: true) }
  }

  /// Takes in what other programs did to mailboxes that somebody listens to, and closes those that nobody needs.
  func tend() {
    for (path, user) in users {
      user.closeIdle(at: Clock.now)
      for folder in user.opened where folder.isWatched {
        Self.explaining(Maildir(path: path)) { () throws(MailboxError) in try folder.refresh() }
      }
    }
  }

  /// Whether somebody listens to a mailbox.
  var isWatched: Bool { users.values.contains { $0.opened.contains(where: \.isWatched) } }

  private static func explaining(_ maildir: Maildir, _ body: () throws(MailboxError) -> Void) {
    do throws(MailboxError) { try body() } catch {
      Console.complaint("cannot look through \(maildir.path): \(error)")
    }
  }
}
