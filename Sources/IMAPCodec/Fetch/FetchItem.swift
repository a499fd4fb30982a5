/// An item of a `FETCH` response besides those that ``FetchResponse`` has properties for.
@nonexhaustive
public enum FetchItem: Hashable, Sendable {
  /// `ENVELOPE`
  case envelope(MessageEnvelope)
  /// `BODYSTRUCTURE`, with extension data.
  case bodyStructure(BodyStructure)
  /// `BODY`, without extension data.
  case body(BodyStructure)
  /// `BODY[…]`, `BINARY[…]`, `RFC822`, `RFC822.HEADER`, `RFC822.TEXT`
  case section(FetchSection)
  /// `BINARY.SIZE[…]`: the size of a part without its transfer encoding.
  case binarySize(SectionPath, UInt64)
  /// `EMAILID`, [RFC 8474 §5.1](https://www.rfc-editor.org/rfc/rfc8474#section-5.1).
  case emailID(ObjectID)
  /// `THREADID`, nil when the server has no threads, [RFC 8474 §5.2](https://www.rfc-editor.org/rfc/rfc8474#section-5.2).
  case threadID(ObjectID?)
  /// `PREVIEW`, UTF-8, nil when there is none yet, [RFC 8970 §3.2](https://www.rfc-editor.org/rfc/rfc8970#section-3.2).
  case preview([UInt8]?)
  /// `SAVEDATE`, nil when it is unknown, [RFC 8514 §4.3](https://www.rfc-editor.org/rfc/rfc8514#section-4.3).
  case saveDate(IMAPDateTime?)
  /// `X-GM-MSGID`
  case gmailMessageID(UInt64)
  /// `X-GM-THRID`
  case gmailThreadID(UInt64)
  /// `X-GM-LABELS`, in modified UTF-7.
  case gmailLabels([[UInt8]])
  /// An item that this library does not know (`ANNOTATION` is one): its name and the text of its value.
  case unknown(UnknownFetchItem)
  /// An item that did not match its grammar, see ``IMAPQuirks/malformedItem``.
  case malformed(MalformedFetchItem)
}
