import IMAPCodec
import MailWire

/// A command between its giving and its completion.
struct ClientCommand: Sendable {
  /// What the machine itself does with the answer.
  enum Role: Hashable, Sendable {
    case capability
    case startTLS
    case authenticate
    case enable
    case select(MailboxName, isReadOnly: Bool)
    case deselect
    case unauthenticate
    case idle
    case logout
    case other
  }

  let id: IMAPClient.CommandID
  /// Whether the machine asks by itself and the host hears nothing of the answer.
  let isInternal: Bool
  let isOrdered: Bool
  let role: Role
  let traits: ClientCommandTraits
  let interest: ClientInterest
  /// The tag of its present sending, nil before it; `IDLE` is sent several times.
  var tag: IMAPTag?
  /// The command until it is written; nil after that, so that no secret stays.
  var command: IMAPCommand?
  /// What to answer to the challenges of `AUTHENTICATE`, and whether that is all there is to say.
  var answers: [Secret] = []
  var isAutomatic = false
  /// How many removals of messages had been told when the command was given, if its sequence numbers depend on that.
  var removals: UInt64?
  /// Whether an `IDLE` ends as soon as it has begun.
  var isDoneWanted = false
  /// The end of what was written of it, in octets since the first of the connection.
  var end: UInt64 = 0
  /// Whether all of it was written.
  var isWhole = false
}

/// What a command needs of others, and does to them.
///
/// [RFC 9051 §5.5](https://www.rfc-editor.org/rfc/rfc9051#section-5.5)
struct ClientCommandTraits: OptionSet, Sendable {
  let rawValue: UInt16

  /// It names messages by sequence numbers: no `EXPUNGE` may come before it runs.
  static let usesNumbers = Self(rawValue: 1)
  /// The server may send `EXPUNGE` while it runs.
  static let mayExpunge = Self(rawValue: 2)
  /// It is about the selected mailbox.
  static let needsMailbox = Self(rawValue: 4)
  /// It selects another mailbox or none.
  static let changesMailbox = Self(rawValue: 8)
  /// Nothing else is in flight with it.
  static let isAlone = Self(rawValue: 16)
  /// It refers to `$`.
  static let usesSavedResult = Self(rawValue: 32)
  /// It sets `$`.
  static let savesResult = Self(rawValue: 64)
}

extension ClientCommandTraits {
  /// Whether a command of these traits may be written while one of the others is in flight.
  func mayFollow(_ other: Self, isSelected: Bool) -> Bool {
    if contains(.isAlone) || other.contains(.isAlone) { return false }
    if contains(.usesNumbers), other.contains(.mayExpunge) { return false }
    if contains(.usesSavedResult), other.contains(.savesResult) { return false }
    if contains(.needsMailbox), other.contains(.changesMailbox) { return false }
    // What the server says of the old mailbox must not be taken for news of the new one.
    if contains(.changesMailbox) { return !isSelected && other.isDisjoint(with: [.needsMailbox, .changesMailbox]) }
    return true
  }
}
