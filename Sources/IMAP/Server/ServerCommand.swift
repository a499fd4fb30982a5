import IMAPCodec
import MailWire

/// A command that the machine or its host is at.
struct ServerCommand {
  /// What is awaited.
  enum Phase: Hashable {
    /// The host's word whether a message may come.
    case offered
    /// The message, up to the next text of the command.
    case receiving
    /// The host's completion.
    case answering
    /// A line of `AUTHENTICATE`.
    case exchange
    /// `DONE`
    case idle
  }

  /// What follows from its completion.
  enum Kind {
    case authentication
    case unauthentication
    case opening
    case closing
    case search(SearchReturn?)
    case sort(SearchReturn?)
    case fetch(FetchItems)
    case other
  }

  let tag: IMAPTag
  let kind: Kind
  var phase = Phase.answering
  /// Whether it names messages by UIDs, and is answered so.
  var isUID = false
  /// What may be told about the mailbox while it runs and at its end.
  var policy = MailboxView.Policy.all
  /// The message that is announced, and where in the command.
  var literal: LiteralHeader?
  var position: AppendContinuation.Position?
  /// How the host has completed it, while contents are still under way.
  var completion: StatusResponse?
  /// How far an exchange of `AUTHENTICATE LOGIN` is; nil for `PLAIN`.
  var login: [[UInt8]]?
}

/// A response that the host streams contents of, or that waits behind such a one.
struct ServerTransfer: Sendable {
  /// Whose contents they are.
  let uid: UInt32
  /// What stands before, between and behind the contents.
  let pieces: [[UInt8]]
  /// How many octets each content has.
  let sizes: [UInt64]
  /// Which content is at hand, and how much of it is missing.
  var index = 0
  var left: UInt64 = 0
  /// Whether the host knows that there is room.
  var isAskedFor = false
}
