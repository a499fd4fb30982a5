/// What happened to the mailboxes of a user.
enum MailboxListNews: Equatable {
  case created(FolderName)
  /// With all that is below it.
  case renamed(FolderName, to: FolderName)
  case deleted(FolderName)
  case subscribed(FolderName)
  case unsubscribed(FolderName)
  /// Annotations of a mailbox, or of the server for nil.
  case annotated(FolderName?, entries: [String])
}

/// Somebody hears of a user's mailboxes for as long as this lives.
final class MailboxListSubscription {
  private let mailboxes: UserMailboxes
  private let number: Int

  init(mailboxes: UserMailboxes, number: Int) {
    self.mailboxes = mailboxes
    self.number = number
  }

  deinit { mailboxes.removeListener(number) }
}
