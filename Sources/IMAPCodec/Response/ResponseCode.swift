/// What a status response says to programs, in brackets before its text.
///
/// [RFC 9051 §7.1](https://www.rfc-editor.org/rfc/rfc9051#section-7.1)
///
///     S: A3 OK [APPENDUID 38505 3955] APPEND completed
@nonexhaustive
public enum ResponseCode: Hashable, Sendable {
  /// A code without arguments.
  case keyword(ResponseCodeKeyword)
  /// `CAPABILITY`
  case capabilities([IMAPCapability])
  /// `PERMANENTFLAGS`: the flags that the client can change for good.
  case permanentFlags(FlagSet)
  /// `UIDNEXT`: the next message's UID, or a lower bound of it.
  case uidNext(UInt32)
  /// `UIDVALIDITY`: UIDs that were learnt under another value are void.
  case uidValidity(UInt32)
  /// `UNSEEN`: the first message without `\Seen`, IMAP4rev1 only.
  case unseen(UInt32)
  /// `HIGHESTMODSEQ`, [RFC 7162 §3.1.2.1](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.2.1).
  case highestModSeq(UInt64)
  /// `MODIFIED`: the messages that a conditional `STORE` left alone; UIDs in answer to `UID STORE`.
  case modified(NumberRanges)
  /// `APPENDUID`: the UIDs of the messages that were appended.
  case appendUID(uidValidity: UInt32, UIDSet)
  /// `COPYUID`: the UIDs of the messages that were copied, and those of the copies: the lowest of
  /// the one is the lowest of the other, and so on, for both are held ascending, as servers send them.
  case copyUID(uidValidity: UInt32, source: UIDSet, target: UIDSet)
  /// `MAILBOXID`, [RFC 8474 §4.1](https://www.rfc-editor.org/rfc/rfc8474#section-4.1).
  case mailboxID(ObjectID)
  /// Any other code with its arguments, as they were written.
  case other(OtherResponseCode)
}
