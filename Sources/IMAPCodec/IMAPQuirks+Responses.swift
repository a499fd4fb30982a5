extension IMAPQuirks {
  /// A line of another protocol, by its reply code, where a response must stand.
  ///
  ///     S: 421 Server is busy
  public static let foreignLine = IMAPQuirks(rawValue: 1 << 54)

  /// An untagged response whose name is no atom; kept as it came.
  ///
  ///     S: * (NOTICE) maintenance
  public static let irregularName = IMAPQuirks(rawValue: 1 << 55)

  /// A status without the asterisk before it.
  ///
  ///     S: OK [ALERT] enable IMAP first
  public static let missingAsterisk = IMAPQuirks(rawValue: 1 << 56)

  /// Text before the asterisk of a `BYE`, which is dropped.
  ///
  ///     S: session invalidated* BYE connection closed
  public static let textBeforeBye = IMAPQuirks(rawValue: 1 << 57)

  /// A multipart that is described as a single part, with the parameters again where its parts should be.
  ///
  ///     S: ("multipart" "related" ("boundary" "x") NIL NIL "7BIT" 400 ("boundary" "x") NIL NIL NIL)
  public static let multipartAsBasicPart = IMAPQuirks(rawValue: 1 << 58)

  /// A thread in more parentheses than it needs.
  ///
  ///     S: * THREAD ((3))(4 (5))
  public static let needlessThreadList = IMAPQuirks(rawValue: 1 << 59)

  /// A disposition and a language that have changed places.
  ///
  ///     S: ("text" "plain" NIL NIL NIL "7bit" 5 1 NIL "en" ("inline" NIL))
  public static let swappedDisposition = IMAPQuirks(rawValue: 1 << 60)
}
