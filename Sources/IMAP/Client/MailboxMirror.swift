public import IMAPCodec
import MailWire

/// What a client knows of the mailbox that is selected, as the server's responses have told it so far.
///
/// [RFC 9051 §6.3.2](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.2),
/// [§7.5](https://www.rfc-editor.org/rfc/rfc9051#section-7.5).
public struct MailboxMirror: Sendable {
  /// The mailbox.
  public let name: MailboxName
  /// Whether nothing in it can be changed: `EXAMINE`, or the server said `READ-ONLY`.
  public internal(set) var isReadOnly: Bool
  /// Which UID stands at which sequence number; UIDs that no response has named are unknown.
  public internal(set) var messages = SequenceMap()
  /// `FLAGS`: those that the mailbox knows.
  public internal(set) var flags: FlagSet?
  /// `PERMANENTFLAGS`: those that can be changed for good; nil means all.
  public internal(set) var permanentFlags: FlagSet?
  /// `UIDVALIDITY`; a UID means nothing under another one.
  public internal(set) var uidValidity: UInt32?
  /// `UIDNEXT`: no message that arrives later has a lower UID.
  public internal(set) var uidNext: UInt32?
  /// `HIGHESTMODSEQ` as the server said it last; nil when the mailbox keeps no mod-sequences.
  public internal(set) var highestModSeq: UInt64?
  /// `UNSEEN`: the first message without `\Seen` when the mailbox was selected, IMAP4rev1 only.
  public internal(set) var firstUnseen: UInt32?
  /// `RECENT`, IMAP4rev1 only.
  public internal(set) var recent: UInt32?
  /// `MAILBOXID`, [RFC 8474](https://www.rfc-editor.org/rfc/rfc8474).
  public internal(set) var mailboxID: ObjectID?

  /// The UIDs that the last response has removed, until the machine has told of them.
  var gone = NumberRanges()

  /// How many messages there are.
  public var count: UInt32 { messages.count }

  init(_ name: MailboxName, isReadOnly: Bool) {
    self.name = name
    self.isReadOnly = isReadOnly
  }
}
