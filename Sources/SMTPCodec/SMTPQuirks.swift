/// Deviations from the grammar that real software shows, each of which a parser can be told to accept.
///
/// The value of a quirk is its stable id. Clients are lenient by default, servers strict; a parser reports each one that it
/// needed.
public struct SMTPQuirks: OptionSet, Sendable, Hashable {
  /// The bits.
  public let rawValue: UInt32

  /// A set from its bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Spaces between `FROM:` or `TO:` and the path.
  ///
  ///     C: MAIL FROM: <susan@website.test>
  public static let spaceAfterColon = SMTPQuirks(rawValue: 1 << 0)

  /// A path without angle brackets.
  ///
  ///     C: MAIL FROM:susan@website.test
  public static let missingAngleBrackets = SMTPQuirks(rawValue: 1 << 1)

  /// Underscores in a domain, as Windows names have them.
  ///
  ///     C: RCPT TO:<robert@mail_2.domain.test>
  public static let underscoreInDomain = SMTPQuirks(rawValue: 1 << 2)

  /// Dots at the ends of a local part, or next to each other.
  ///
  ///     C: RCPT TO:<r..obert.@domain.test>
  public static let irregularDots = SMTPQuirks(rawValue: 1 << 3)

  /// A local part of more than 64 octets, as bounce addresses have them (up to the limit of the path).
  public static let longLocalPart = SMTPQuirks(rawValue: 1 << 4)

  /// A `HELO` or `EHLO` argument that is neither a domain nor an address literal.
  ///
  ///     C: EHLO susan's_laptop
  public static let irregularHelloName = SMTPQuirks(rawValue: 1 << 5)

  /// Spaces before the end of a command that takes no more arguments.
  public static let trailingSpace = SMTPQuirks(rawValue: 1 << 6)

  /// Lines of one reply with different codes; the last one counts.
  ///
  ///     S: 250-mail.website.test
  ///     S: 220 SIZE 1000
  public static let differingReplyCodes = SMTPQuirks(rawValue: 1 << 7)

  /// Lines that end with a bare LF.
  public static let bareLineFeed = SMTPQuirks(rawValue: 1 << 8)

  /// An EHLO keyword that joins its first parameter with an equals sign.
  ///
  ///     S: 250-AUTH=PLAIN LOGIN
  public static let equalsAfterKeyword = SMTPQuirks(rawValue: 1 << 9)

  /// Nothing beyond the grammar.
  public static let none: SMTPQuirks = []

  /// What a server accepts by default: the grammar, and any name that a client gives itself, because
  /// [RFC 5321 §4.1.4](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.4) forbids refusing mail for it.
  public static let server: SMTPQuirks = [.irregularHelloName]

  /// What a client accepts by default.
  public static let client: SMTPQuirks = [.bareLineFeed, .equalsAfterKeyword, .irregularHelloName, .underscoreInDomain]

  /// Everything in this list.
  public static let lenient = SMTPQuirks(rawValue: (1 << 10) - 1)
}
