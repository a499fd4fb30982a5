/// Why a message cannot be had.
@frozen
public enum MaildropError: Error, Hashable, Sendable {
  /// The maildrop has no message of this number.
  case noSuchMessage
  /// The message is marked as deleted.
  case deleted
}
