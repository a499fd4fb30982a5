public import IMAPCodec

/// A mailbox at the moment when it is selected.
///
/// [RFC 9051 §6.3.2](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.2).
public struct MailboxSnapshot: Sendable {
  /// The UIDs of its messages, ascending.
  public var uids: NumberRanges
  /// `UIDVALIDITY`
  public var uidValidity: UInt32
  /// The UID that the next message gets at least; one more than the highest when it is less.
  public var uidNext: UInt32
  /// The flags that its messages can have. Default the system flags.
  public var flags: FlagSet
  /// Those that are kept; nil, the default, means all of ``flags``.
  public var permanentFlags: FlagSet?
  /// The mailbox's mod-sequence, [RFC 7162](https://www.rfc-editor.org/rfc/rfc7162); nil, the default, says `NOMODSEQ` when
  /// `CONDSTORE` is offered.
  public var highestModSequence: UInt64?
  /// The first message without `\Seen`, for IMAP4rev1; nil, the default, when there is none or nobody looked.
  public var firstUnseenUID: UInt32?
  /// `MAILBOXID`, [RFC 8474](https://www.rfc-editor.org/rfc/rfc8474). Default nil.
  public var identifier: ObjectID?
  /// Whether nothing can be changed, even by `SELECT`. Default false.
  public var isReadOnly = false

  /// A mailbox of these messages.
  public init(uids: NumberRanges, uidValidity: UInt32, uidNext: UInt32 = 0, flags: FlagSet) {
    self.uids = uids
    self.uidValidity = uidValidity
    self.uidNext = uidNext
    self.flags = flags
  }
}
