/// A condition of `SEARCH`, as a tree.
///
/// [RFC 9051 §6.4.4](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.4). Trees deeper than ``IMAPLimits/nesting`` are not
/// read.
///
///     C: A1 SEARCH OR FROM smith (SUBJECT report NOT SEEN)
@nonexhaustive
public enum SearchKey: Hashable, Sendable {
  /// `ALL`: every message.
  case all
  /// `ANSWERED`: the flag is set.
  case answered
  /// `DELETED`: the flag is set.
  case deleted
  /// `DRAFT`: the flag is set.
  case draft
  /// `FLAGGED`: the flag is set.
  case flagged
  /// `NEW`: recent and not seen; gone from IMAP4rev2.
  case new
  /// `OLD`: not recent; gone from IMAP4rev2.
  case old
  /// `RECENT`: `\\Recent`; gone from IMAP4rev2.
  case recent
  /// `SEEN`: the flag is set.
  case seen
  /// `UNANSWERED`: the flag is not set.
  case unanswered
  /// `UNDELETED`: the flag is not set.
  case undeleted
  /// `UNDRAFT`: the flag is not set.
  case undraft
  /// `UNFLAGGED`: the flag is not set.
  case unflagged
  /// `UNSEEN`: the flag is not set.
  case unseen
  /// `KEYWORD`: the flag is set.
  case keyword(Flag)
  /// `UNKEYWORD`: the flag is not set.
  case unkeyword(Flag)
  /// `BEFORE`: arrived before the day.
  case before(IMAPDate)
  /// `ON`: arrived on the day.
  case on(IMAPDate)
  /// `SINCE`: arrived on the day or later.
  case since(IMAPDate)
  /// `SENTBEFORE`: its Date field is before the day.
  case sentBefore(IMAPDate)
  /// `SENTON`: its Date field is the day.
  case sentOn(IMAPDate)
  /// `SENTSINCE`: its Date field is the day or later.
  case sentSince(IMAPDate)
  /// `SAVEDBEFORE`: saved before the day. [RFC 8514](https://www.rfc-editor.org/rfc/rfc8514).
  case savedBefore(IMAPDate)
  /// `SAVEDON`: saved on the day. [RFC 8514](https://www.rfc-editor.org/rfc/rfc8514).
  case savedOn(IMAPDate)
  /// `SAVEDSINCE`: saved on the day or later. [RFC 8514](https://www.rfc-editor.org/rfc/rfc8514).
  case savedSince(IMAPDate)
  /// `BCC`: the Bcc field holds it.
  case bcc(IMAPString)
  /// `BODY`: the body holds it.
  case body(IMAPString)
  /// `CC`: the Cc field holds it.
  case cc(IMAPString)
  /// `FROM`: the From field holds it.
  case from(IMAPString)
  /// `SUBJECT`: the Subject field holds it.
  case subject(IMAPString)
  /// `TEXT`: header or body hold it.
  case text(IMAPString)
  /// `TO`: the To field holds it.
  case to(IMAPString)
  /// `HEADER`: the field holds the string, or is there at all when the string is empty.
  case header(IMAPString, IMAPString)
  /// `LARGER`: more octets.
  case larger(UInt64)
  /// `SMALLER`: fewer octets.
  case smaller(UInt64)
  /// `OLDER`: arrived at least so many seconds ago, [RFC 5032](https://www.rfc-editor.org/rfc/rfc5032).
  case older(UInt32)
  /// `YOUNGER`: arrived within so many seconds, [RFC 5032](https://www.rfc-editor.org/rfc/rfc5032).
  case younger(UInt32)
  /// `MODSEQ`: at least this mod-sequence, [RFC 7162 §3.1.5](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.5).
  case modSeq(ModSeqKey)
  /// `SAVEDATESUPPORTED`: the mailbox keeps save dates, [RFC 8514](https://www.rfc-editor.org/rfc/rfc8514).
  case saveDateSupported
  /// `EMAILID`: [RFC 8474](https://www.rfc-editor.org/rfc/rfc8474).
  case emailID(IMAPString)
  /// `THREADID`: [RFC 8474](https://www.rfc-editor.org/rfc/rfc8474).
  case threadID(IMAPString)
  /// `FILTER`: a filter that the server has by this name, [RFC 5466](https://www.rfc-editor.org/rfc/rfc5466).
  case filter(IMAPString)
  /// `X-GM-RAW`: Gmail's own language.
  case gmailRaw(IMAPString)
  /// `X-GM-LABELS`: a label of Gmail's.
  case gmailLabel(IMAPString)
  /// `X-GM-MSGID`: Gmail's message id.
  case gmailMessageID(UInt64)
  /// `X-GM-THRID`: Gmail's thread id.
  case gmailThreadID(UInt64)
  /// A set of numbers: messages by their places.
  case sequence(SequenceSet)
  /// `UID`: messages by their identifiers.
  case uid(UIDSet)
  /// `NOT`: the key does not hold.
  indirect case not(SearchKey)
  /// `OR`: one of two keys holds.
  indirect case or(SearchKey, SearchKey)
  /// `FUZZY`: the key holds approximately, [RFC 6203](https://www.rfc-editor.org/rfc/rfc6203).
  indirect case fuzzy(SearchKey)
  /// Keys in parentheses: all hold. An empty list is written as `(ALL)`.
  case and([SearchKey])
  /// A key that is not in this list, and all that follows it up to the end or the closing parenthesis, since nobody here
  /// knows how many arguments it has.
  case unknown(IMAPToken, [IMAPValue])
}
