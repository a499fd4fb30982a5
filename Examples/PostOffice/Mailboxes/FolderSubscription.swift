/// Somebody hears of a mailbox for as long as this lives.
final class FolderSubscription {
  let folder: MailFolder
  private let number: Int

  init(folder: MailFolder, number: Int) {
    self.folder = folder
    self.number = number
  }

  deinit { folder.removeListener(number) }
}
