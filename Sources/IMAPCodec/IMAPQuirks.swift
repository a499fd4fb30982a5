/// Deviations from the grammar that real software shows, each of which a parser can be told to accept.
///
/// The value of a quirk is its stable id. Clients are lenient by default, servers strict; a parser reports each one that it
/// needed.
public struct IMAPQuirks: OptionSet, Sendable, Hashable {
  /// The bits.
  public let rawValue: UInt64

  /// A set from its bits.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// Nothing beyond the grammar.
  public static let none: IMAPQuirks = []

  /// Everything in this list.
  public static let lenient = IMAPQuirks(rawValue: .max)

  /// What a client accepts by default: everything but bare line feeds, which may hide one response in another.
  public static let client = IMAPQuirks.lenient.subtracting(.bareLineFeed)

  /// What a server accepts by default: nothing beyond the grammar.
  public static let server = IMAPQuirks.none
}

extension IMAPQuirks {
  /// A status without text, or a response code with nothing behind it.
  ///
  ///     S: * OK [UIDNEXT 7]
  public static let missingText = IMAPQuirks(rawValue: 1 << 0)

  /// Spaces before the end of a line.
  ///
  ///     S: * SEARCH 1 2
  public static let trailingSpace = IMAPQuirks(rawValue: 1 << 1)

  /// A day of one digit without the space or zero before it.
  ///
  ///     S: * 1 FETCH (INTERNALDATE "7-Feb-2026 21:52:25 +0000")
  public static let oneDigitDay = IMAPQuirks(rawValue: 1 << 2)

  /// `()` where an envelope's address list must be `NIL`.
  public static let emptyAddressList = IMAPQuirks(rawValue: 1 << 3)

  /// `]` in a keyword, as Gmail's users make them.
  ///
  ///     S: * FLAGS (\Seen [Draft])
  public static let bracketInFlag = IMAPQuirks(rawValue: 1 << 4)

  /// Octets above 127 in a quoted string before UTF-8 was agreed on.
  public static let eightBitInQuoted = IMAPQuirks(rawValue: 1 << 5)

  /// A continuation request of the plus sign alone.
  ///
  ///     S: +
  public static let bareContinuation = IMAPQuirks(rawValue: 1 << 6)

  /// Lines that end with a bare LF.
  public static let bareLineFeed = IMAPQuirks(rawValue: 1 << 7)

  /// More than one space where one must stand.
  ///
  ///     S: *  1 EXISTS
  public static let severalSpaces = IMAPQuirks(rawValue: 1 << 8)

  /// A negative number of octets or lines, taken as zero.
  ///
  ///     S: * 1 FETCH (RFC822.SIZE -1)
  public static let negativeNumber = IMAPQuirks(rawValue: 1 << 9)

  /// Spaces between the addresses of an envelope.
  public static let spaceBetweenAddresses = IMAPQuirks(rawValue: 1 << 10)

  /// `NIL` for a body's transfer encoding, taken as `7BIT`.
  public static let nilEncoding = IMAPQuirks(rawValue: 1 << 11)

  /// No space before an opening parenthesis or a literal.
  ///
  ///     S: * FLAGS(\Seen)
  public static let missingSpace = IMAPQuirks(rawValue: 1 << 12)

  /// A body structure without its last mandatory fields.
  public static let missingBodyFields = IMAPQuirks(rawValue: 1 << 13)

  /// A number in scientific notation.
  ///
  ///     S: * 1 FETCH (RFC822.SIZE 9.3736e+06)
  public static let floatingNumber = IMAPQuirks(rawValue: 1 << 14)

  /// A space inside a capability's name.
  ///
  ///     S: * CAPABILITY IMAP4rev1 LITERAL +
  public static let spaceInCapability = IMAPQuirks(rawValue: 1 << 15)

  /// 0 for UIDNEXT, UIDVALIDITY, UNSEEN or a message's mod-sequence.
  ///
  ///     S: * OK [UIDNEXT 0] unknown
  public static let zeroIdentifier = IMAPQuirks(rawValue: 1 << 16)

  /// A COPYUID code without sets.
  ///
  ///     S: A1 OK [COPYUID 7  ] done
  public static let emptyCopyUID = IMAPQuirks(rawValue: 1 << 17)

  /// A response code without its status, or without its asterisk too.
  ///
  ///     S: * [COPYUID 38505 304 3956]
  public static let untaggedCode = IMAPQuirks(rawValue: 1 << 18)

  /// Message number 0.
  ///
  ///     S: * 0 FETCH (FLAGS ())
  public static let zeroMessageNumber = IMAPQuirks(rawValue: 1 << 19)

  /// The atom `NIL` as the name of a mailbox.
  ///
  ///     S: * LIST () "/" NIL
  public static let nilMailbox = IMAPQuirks(rawValue: 1 << 20)

  /// An unquoted mailbox name with a tab or another control character.
  public static let controlInName = IMAPQuirks(rawValue: 1 << 21)

  /// An envelope in one more pair of parentheses.
  public static let wrappedEnvelope = IMAPQuirks(rawValue: 1 << 22)

  /// A negative mod-sequence, ignored.
  ///
  ///     S: * 1 FETCH (MODSEQ (-1))
  public static let negativeModSeq = IMAPQuirks(rawValue: 1 << 23)

  /// A line end between a literal that was announced too short and what follows it.
  public static let strayLineEnd = IMAPQuirks(rawValue: 1 << 24)

  /// A body section without its value, taken as `NIL`.
  ///
  ///     S: * 1 FETCH (BODY[2] )
  public static let missingBodyValue = IMAPQuirks(rawValue: 1 << 25)

  /// An envelope that ends before its last fields.
  public static let shortEnvelope = IMAPQuirks(rawValue: 1 << 26)

  /// `NIL` among the addresses of an envelope.
  public static let nilInAddressList = IMAPQuirks(rawValue: 1 << 27)

  /// A host such as `MISSING_DOMAIN`, or angle brackets around an address's parts.
  public static let irregularHost = IMAPQuirks(rawValue: 1 << 28)

  /// A media type without its type or subtype, or with `NIL` for it.
  public static let irregularMediaType = IMAPQuirks(rawValue: 1 << 29)

  /// A disposition that is no list, or that stands where the language must.
  public static let bareDisposition = IMAPQuirks(rawValue: 1 << 30)

  /// `NIL` among a body's languages.
  public static let nilInLanguages = IMAPQuirks(rawValue: 1 << 31)

  /// A multipart without parts.
  ///
  ///     S: (NIL "alternative")
  public static let emptyMultipart = IMAPQuirks(rawValue: 1 << 32)

  /// A description where a multipart's disposition must stand.
  public static let descriptionInMultipart = IMAPQuirks(rawValue: 1 << 33)

  /// `()` for the body structure of an enclosed message.
  public static let emptyMessageBody = IMAPQuirks(rawValue: 1 << 34)

  /// An enclosed message without its envelope and structure.
  public static let messageAsBasicPart = IMAPQuirks(rawValue: 1 << 35)

  /// A quotation mark inside a quoted string without a backslash.
  public static let unescapedQuote = IMAPQuirks(rawValue: 1 << 36)

  /// `SEARCH` in answer to `SEARCH RETURN`, or `(MODSEQ n)` inside `ESEARCH`.
  public static let searchForExtendedSearch = IMAPQuirks(rawValue: 1 << 37)

  /// A space before a closing parenthesis, or behind an opening one.
  ///
  ///     S: * FLAGS (\Seen )
  public static let spaceBeforeParenthesis = IMAPQuirks(rawValue: 1 << 38)

  /// `()` where a list has at least one element, or `NIL` must stand.
  ///
  ///     S: * ID ()
  public static let emptyList = IMAPQuirks(rawValue: 1 << 39)

  /// An empty line between two responses.
  public static let blankLine = IMAPQuirks(rawValue: 1 << 40)

  /// Octets above 127 in an atom.
  public static let eightBitInAtom = IMAPQuirks(rawValue: 1 << 41)

  /// `*` or `%` in an unquoted mailbox name.
  ///
  ///     S: * LIST () "/" What%
  public static let wildcardInName = IMAPQuirks(rawValue: 1 << 42)

  /// A `BYE` with a tag.
  ///
  ///     S: A1 BYE overloaded
  public static let taggedBye = IMAPQuirks(rawValue: 1 << 43)

  /// Zeros before a number that has none.
  ///
  ///     C: A1 FETCH 007 FLAGS
  public static let leadingZero = IMAPQuirks(rawValue: 1 << 44)
}
