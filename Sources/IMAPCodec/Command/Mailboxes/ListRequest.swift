/// What `LIST` asks for.
///
/// [RFC 9051 §6.3.9](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.9),
/// [RFC 5258](https://www.rfc-editor.org/rfc/rfc5258). Without options and with one pattern, it is the `LIST` of
/// [RFC 3501](https://www.rfc-editor.org/rfc/rfc3501), which every server knows.
///
///     C: A1 LIST (SUBSCRIBED) "" ("INBOX" "Archive/%") RETURN (CHILDREN STATUS (UNSEEN))
public struct ListRequest: Hashable, Sendable {
  /// Which mailboxes: `SUBSCRIBED`, `REMOTE`, `RECURSIVEMATCH`, `SPECIAL-USE` and others; nil for no list of options.
  public let selection: [IMAPParameter]?
  /// The name before the patterns, empty as a rule.
  public let reference: MailboxName
  /// The patterns.
  public let patterns: OneOrMore<MailboxPattern>
  /// Whether the patterns stand in parentheses although there is one.
  let hasPatternList: Bool
  /// What is told of each: `CHILDREN`, `SUBSCRIBED`, `SPECIAL-USE`, `STATUS (…)`, `MYRIGHTS`, `METADATA (…)` and others; nil
  /// for no list of options.
  public let returning: [IMAPParameter]?

  /// A request.
  public init(
    _ patterns: OneOrMore<MailboxPattern>, reference: MailboxName = .empty,
    selection: [IMAPParameter]? = nil, returning: [IMAPParameter]? = nil
  ) {
    self.init(
      patterns, reference: reference, selection: selection, returning: returning, hasPatternList: patterns.count > 1)
  }

  init(
    _ patterns: OneOrMore<MailboxPattern>, reference: MailboxName, selection: [IMAPParameter]?,
    returning: [IMAPParameter]?, hasPatternList: Bool
  ) {
    self.selection = selection
    self.reference = reference
    self.patterns = patterns
    self.hasPatternList = hasPatternList
    self.returning = returning
  }
}
