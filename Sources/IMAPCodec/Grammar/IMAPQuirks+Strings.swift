extension IMAPQuirks {
  /// A backslash in a quoted string before a character that needs none.
  ///
  ///     S: * LIST () "\/" INBOX
  public static let needlessEscape = IMAPQuirks(rawValue: 1 << 45)

  /// `NIL` where a string must be; read as empty.
  ///
  ///     S: ("text" "plain" ("charset" NIL) NIL NIL "7bit" 5 1)
  public static let nilForString = IMAPQuirks(rawValue: 1 << 46)

  /// NUL in a literal that is no `literal8`, or a `literal8` where none may stand.
  public static let zeroInLiteral = IMAPQuirks(rawValue: 1 << 47)

  /// A literal with a plus sign from a server, [RFC 9051 §9](https://www.rfc-editor.org/rfc/rfc9051#section-9).
  ///
  ///     S: * LIST () "/" {5+}
  public static let nonSynchronisingResponse = IMAPQuirks(rawValue: 1 << 49)

  /// A `FETCH` item that does not match its grammar; kept as text beside the others.
  public static let malformedItem = IMAPQuirks(rawValue: 1 << 48)
}
