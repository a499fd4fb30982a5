public import MailWire

/// A condition of `SEARCH`, as a tree.
///
/// [RFC 9051 §6.4.4](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.4). Trees deeper than ``IMAPLimits/nesting`` are not
/// read, and none of more than ``NestingDepth/maximum`` levels can be made. The keys that hold others are made by functions of
/// their names, which count the levels.
///
///     let key = try SearchKey.or(.from(IMAPString("smith")), .not(.seen))
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
  case keyword(IMAPAtom)
  /// `UNKEYWORD`: the flag is not set.
  case unkeyword(IMAPAtom)
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
  case larger(Number64)
  /// `SMALLER`: fewer octets.
  case smaller(Number64)
  /// `OLDER`: arrived at least so many seconds ago, [RFC 5032](https://www.rfc-editor.org/rfc/rfc5032).
  case older(NonZeroNumber)
  /// `YOUNGER`: arrived within so many seconds, [RFC 5032](https://www.rfc-editor.org/rfc/rfc5032).
  case younger(NonZeroNumber)
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
  /// `UIDAFTER`: messages with higher identifiers, [RFC 9738 §3.3](https://www.rfc-editor.org/rfc/rfc9738#section-3.3).
  case uidAfter(NonZeroNumber)
  /// `UIDBEFORE`: messages with lower identifiers, [RFC 9738 §3.3](https://www.rfc-editor.org/rfc/rfc9738#section-3.3).
  case uidBefore(NonZeroNumber)
  /// `NOT`: the key does not hold.
  indirect case not(SearchKey, NestingDepth)
  /// `OR`: one of two keys holds.
  indirect case or(SearchKey, SearchKey, NestingDepth)
  /// `FUZZY`: the key holds approximately, [RFC 6203](https://www.rfc-editor.org/rfc/rfc6203).
  indirect case fuzzy(SearchKey, NestingDepth)
  /// Keys in parentheses, at least one: all hold.
  case and([SearchKey], NestingDepth)
  /// A key that is not in this list, and all that follows it up to the end or the closing parenthesis, since nobody here
  /// knows how many arguments it has. Where other keys follow, it is written in parentheses.
  case unknown(IMAPToken, [IMAPValue], NestingDepth)
}

extension SearchKey {
  /// `NOT`: the key does not hold.
  ///
  /// - Throws: ``SyntaxError`` with the code `tooMany` beyond ``NestingDepth/maximum`` levels.
  public static func not(_ key: SearchKey) throws(SyntaxError) -> SearchKey {
    .not(key, try NestingDepth(around: key.depth))
  }

  /// `OR`: one of two keys holds.
  ///
  /// - Throws: ``SyntaxError``, as ``not(_:)``.
  public static func or(_ left: SearchKey, _ right: SearchKey) throws(SyntaxError) -> SearchKey {
    .or(left, right, try NestingDepth(around: Swift.max(left.depth, right.depth)))
  }

  /// `FUZZY`: the key holds approximately, [RFC 6203](https://www.rfc-editor.org/rfc/rfc6203).
  ///
  /// - Throws: ``SyntaxError``, as ``not(_:)``.
  public static func fuzzy(_ key: SearchKey) throws(SyntaxError) -> SearchKey {
    .fuzzy(key, try NestingDepth(around: key.depth))
  }

  /// Keys in parentheses: all hold. One unknown key alone is itself, since it may have the parentheses anyway.
  ///
  /// - Throws: ``SyntaxError`` with the code `empty` for none, `tooMany` as ``not(_:)``.
  public static func and(_ keys: [SearchKey]) throws(SyntaxError) -> SearchKey {
    guard let first = keys.first else { throw SyntaxError(.empty, at: 0) }
    if keys.count == 1, case .unknown = first { return first }
    var depth = 0
    for key in keys { depth = Swift.max(depth, key.depth) }
    return .and(keys, try NestingDepth(around: depth))
  }

  /// A key of an extension with all its arguments.
  ///
  /// - Throws: ``SyntaxError`` with the code `badToken` for a name that would be read as something else, `tooMany` as
  ///   ``not(_:)``.
  public static func unknown(_ name: IMAPToken, _ arguments: [IMAPValue]) throws(SyntaxError) -> SearchKey {
    let key = SearchKey.unknown(name, arguments, try NestingDepth(around: IMAPValue.depth(of: arguments)))
    guard name.word != IMAPWord("charset"), name.word != IMAPWord("return"), isUnknown(name) else {
      throw SyntaxError(.badToken, at: 0)
    }
    return key
  }

  /// The levels of the tree: 0 for a key that holds no other.
  var depth: Int {
    switch self {
    case .not(_, let depth), .or(_, _, let depth), .fuzzy(_, let depth), .and(_, let depth),
      .unknown(_, _, let depth):
      depth.levels
    default: 0
    }
  }
}
