/// Deviations from the grammar that real software shows, each of which a parser can be told to accept.
///
/// The value of a quirk is its stable id. Clients are lenient by default, servers strict; a parser reports each one that it
/// needed.
public struct POP3Quirks: OptionSet, Sendable, Hashable {
  /// The bits.
  public let rawValue: UInt32

  /// A set from its bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Zeros before a number.
  ///
  ///     C: RETR 007
  public static let leadingZeros = POP3Quirks(rawValue: 1 << 0)

  /// Spaces behind the last argument of a command, or behind the last field of a listing.
  public static let trailingSpace = POP3Quirks(rawValue: 1 << 1)

  /// More than one space between a keyword and a number, or between the fields of a listing.
  ///
  ///     S: 1    120
  public static let severalSpaces = POP3Quirks(rawValue: 1 << 2)

  /// Lines that end with a bare LF. The end of a message is CRLF, dot, CRLF all the same.
  public static let bareLineFeed = POP3Quirks(rawValue: 1 << 3)

  /// A status indicator in lower or mixed case.
  ///
  ///     S: +Ok ready
  public static let statusCase = POP3Quirks(rawValue: 1 << 4)

  /// A continuation request of the plus sign alone, without its space.
  ///
  ///     C: AUTH PLAIN
  ///     S: +
  public static let bareContinuation = POP3Quirks(rawValue: 1 << 5)

  /// `+OK` where a continuation request must stand.
  ///
  ///     C: AUTH PLAIN
  ///     S: +OK go on
  public static let positiveContinuation = POP3Quirks(rawValue: 1 << 6)

  /// An `AUTH` line that its initial response makes longer than 255 octets.
  public static let longInitialResponse = POP3Quirks(rawValue: 1 << 7)

  /// Nothing beyond the grammar.
  public static let none: POP3Quirks = []

  /// What a server accepts by default: what has one meaning only and is seen often.
  public static let server: POP3Quirks = [.leadingZeros, .trailingSpace, .longInitialResponse]

  /// What a client accepts by default: everything, because nothing in this list is dangerous to a reader of responses.
  public static let client = lenient

  /// Everything in this list.
  public static let lenient = POP3Quirks(rawValue: (1 << 8) - 1)
}
