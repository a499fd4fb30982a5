/// What a status response says to programs, in brackets before its text.
///
/// [RFC 9051 §7.1](https://www.rfc-editor.org/rfc/rfc9051#section-7.1), and
/// [IANA's registry](https://www.iana.org/assignments/imap-response-codes). A code that is not here, or whose arguments are not
/// its own, is ``other(_:)``.
///
///     S: A3 OK [APPENDUID 38505 3955] APPEND completed
@nonexhaustive
public enum ResponseCode: Hashable, Sendable {
  /// A code without arguments.
  case keyword(ResponseCodeKeyword)

  // MARK: Mailboxes

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
  /// `MAILBOXID`, [RFC 8474 §4.1](https://www.rfc-editor.org/rfc/rfc8474#section-4.1).
  case mailboxID(ObjectID)
  /// `ANNOTATIONS`: what the mailbox offers, [RFC 5257 §4.1](https://www.rfc-editor.org/rfc/rfc5257#section-4.1).
  case annotations(AnnotationSupport)
  /// `NEWNAME`: the mailbox has another name now, [RFC 2060 §7.1](https://www.rfc-editor.org/rfc/rfc2060#section-7.1), obsolete.
  case newName(old: QuotedText, new: QuotedText)

  // MARK: Messages

  /// `MODIFIED`: the messages that a conditional `STORE` left alone; UIDs in answer to `UID STORE`.
  ///
  /// [RFC 7162 §3.1.3](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.3)
  case modified(NumberRanges)
  /// `APPENDUID`: the UIDs of the messages that were appended, in their order.
  ///
  /// [RFC 4315 §3](https://www.rfc-editor.org/rfc/rfc4315#section-3)
  case appendUID(uidValidity: UInt32, OrderedNumbers)
  /// `COPYUID`: the UIDs of the messages that were copied, and those of the copies: the first of the one belongs to the first
  /// of the other, and so on. Both are empty by a quirk, ``IMAPQuirks/emptyCopyUID``.
  ///
  /// [RFC 4315 §3](https://www.rfc-editor.org/rfc/rfc4315#section-3)
  case copyUID(uidValidity: UInt32, source: OrderedNumbers, target: OrderedNumbers)

  // MARK: Refusals

  /// `BADCHARSET`, with the charsets that the server knows, perhaps none.
  case badCharset([QuotedText])
  /// `BADURL`: the URL in a `CATENATE` that was refused, [RFC 4469 §5](https://www.rfc-editor.org/rfc/rfc4469#section-5).
  case badURL(URLText)
  /// `BADEVENT`: the events that the server knows, [RFC 5465 §3.1](https://www.rfc-editor.org/rfc/rfc5465#section-3.1).
  case badEvent([IMAPAtom])
  /// `UNDEFINED-FILTER`: the filter that there is not, [RFC 5466 §3.1](https://www.rfc-editor.org/rfc/rfc5466#section-3.1).
  case undefinedFilter(IMAPAtom)
  /// `METADATA`: about annotations of mailboxes.
  case metadata(MetadataCode)
  /// `ANNOTATE`: about annotations of messages.
  case annotate(AnnotationRefusal)
  /// `MAXCONVERTMESSAGES`: how many messages one `CONVERT` can have.
  ///
  /// [RFC 5259 §9](https://www.rfc-editor.org/rfc/rfc5259#section-9)
  case maximumConvertMessages(UInt32)
  /// `MAXCONVERTPARTS`: how many parts one `CONVERT` can have.
  case maximumConvertParts(UInt32)
  /// `MESSAGELIMIT`: how many messages one command can have, and the lowest UID that was dealt with.
  ///
  /// [RFC 9738 §3.1](https://www.rfc-editor.org/rfc/rfc9738#section-3.1)
  case messageLimit(UInt32, lowestUID: UInt32?)
  /// `NOUPDATE`: the search of this tag is not kept up to date, [RFC 5267 §4.3.1](https://www.rfc-editor.org/rfc/rfc5267#section-4.3.1).
  case noUpdate(IMAPTag)

  // MARK: News

  /// `INPROGRESS`: how far a command has come; nil without details.
  case inProgress(CommandProgress?)
  /// `REFERRAL`: where to go instead, in order of preference.
  case referral([URLText])
  /// `URLMECH`: the mechanisms of `GENURLAUTH`, each perhaps with `=` and base64.
  ///
  /// [RFC 4467 §8](https://www.rfc-editor.org/rfc/rfc4467#section-8)
  case urlMechanisms([IMAPAtom])

  /// Any other code with its arguments, as they were written.
  case other(OtherResponseCode)
}
