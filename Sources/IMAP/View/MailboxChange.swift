public import IMAPCodec

/// One line that a session owes its client: what has changed in the selected mailbox.
///
/// ``MailboxView/takeChanges(_:)`` gives them in the order in which they are to be sent.
@frozen
public enum MailboxChange: Hashable, Sendable {
  /// The message at this sequence number is gone, and those behind it have moved up,
  /// [RFC 9051 §7.5.1](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.1).
  ///
  ///     S: * 22 EXPUNGE
  case expunge(UInt32)
  /// The messages with these UIDs are gone, once QRESYNC or UIDONLY is on,
  /// [RFC 7162 §3.2.10](https://www.rfc-editor.org/rfc/rfc7162#section-3.2.10).
  ///
  ///     S: * VANISHED 405,407,410:420
  case vanished(UIDSet)
  /// So many messages are in the mailbox, [RFC 9051 §7.4.1](https://www.rfc-editor.org/rfc/rfc9051#section-7.4.1).
  ///
  ///     S: * 23 EXISTS
  case exists(UInt32)
  /// The flags of a message have changed. The mod-sequence is zero where the mailbox keeps none; under UIDONLY the sequence
  /// number is not to be sent, [RFC 9586 §3.3](https://www.rfc-editor.org/rfc/rfc9586#section-3.3).
  ///
  ///     S: * 14 FETCH (UID 117 FLAGS (\Seen) MODSEQ (9031))
  ///     S: * 117 UIDFETCH (FLAGS (\Seen) MODSEQ (9031))
  case fetch(sequenceNumber: UInt32, uid: UInt32, flags: FlagSet, modSequence: UInt64)
  /// The flags of messages among these have changed, more than the view's limit remembers: they are to be looked up in the
  /// mailbox and sent, for all of them.
  case flagsForgotten(NumberRanges)
}
