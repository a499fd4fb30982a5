/// Why something cannot be done with a mailbox.
enum MailboxError: Error, CustomStringConvertible {
  /// The disk says no.
  case system(SystemError)
  /// There is no such mailbox, or it is gone meanwhile.
  case missing
  /// There is one already.
  case exists
  /// The name cannot be one of a mailbox here.
  case badName
  /// INBOX can neither be deleted nor made.
  case isInbox
  /// Another mailbox has the special use already.
  case specialUseTaken
  /// A mailbox has as many keywords as it can have.
  case tooManyKeywords
  /// An annotation is larger than ``MailboxAnnotations/maximumSize``.
  case annotationTooLarge
  /// There are ``MailboxAnnotations/maximumCount`` annotations already.
  case tooManyAnnotations
  /// The mailbox has given out its last UID, or there are as many mailboxes or subscriptions as there can be.
  case full
  /// One of the messages is gone meanwhile.
  case messageGone
  /// The index could not be written, nor put back to what it was; the mailbox can only be read until it is opened anew.
  case broken

  var description: String {
    switch self {
    case .system(let error): error.description
    case .missing: "no such mailbox"
    case .exists: "the mailbox exists"
    case .badName: "not a name for a mailbox"
    case .isInbox: "not with INBOX"
    case .specialUseTaken: "another mailbox has this use"
    case .tooManyKeywords: "too many keywords"
    case .annotationTooLarge: "the annotation is too large"
    case .tooManyAnnotations: "too many annotations"
    case .full: "no room for more"
    case .messageGone: "the message is gone"
    case .broken: "the index cannot be written"
    }
  }
}

/// Runs what fails with a ``SystemError`` where a ``MailboxError`` is expected.
func onDisk<Result: ~Copyable>(_ body: () throws(SystemError) -> Result) throws(MailboxError) -> Result {
  do throws(SystemError) { return try body() } catch { throw .system(error) }
}
