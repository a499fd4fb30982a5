@_spi(MailCodec) import MailWire

/// Which mailboxes `NOTIFY` watches, or `ESEARCH` searches.
///
/// [RFC 5465 §6](https://www.rfc-editor.org/rfc/rfc5465#section-6): `filter-mailboxes`;
/// [RFC 7377 §2.2](https://www.rfc-editor.org/rfc/rfc7377#section-2.2).
///
///     C: A1 NOTIFY SET (subtree (Archive "Sent Items") (MessageNew MessageExpunge))
public enum MailboxFilter: Hashable, Sendable {
  /// `selected`: the mailbox that is selected.
  case selected
  /// `selected-delayed`: the same, but expunges are told only where a command allows it; not in `ESEARCH`.
  case selectedDelayed
  /// `inboxes`: where mail may arrive.
  case inboxes
  /// `personal`: the user's own.
  case personal
  /// `subscribed`: the user's subscriptions.
  case subscribed
  /// `subtree`: these and all below them.
  case subtree(OneOrMore<MailboxName>)
  /// `subtree-one`: these and those right below them, [RFC 7377 §2.2.1](https://www.rfc-editor.org/rfc/rfc7377#section-2.2.1).
  case subtreeOne(OneOrMore<MailboxName>)
  /// `mailboxes`: these.
  case mailboxes(OneOrMore<MailboxName>)

  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> MailboxFilter {
    let start = cursor.offset
    switch cursor.takeName() {
    case IMAPWord("selected"): return .selected
    case IMAPWord("selected-delayed"): return .selectedDelayed
    case IMAPWord("inboxes"): return .inboxes
    case IMAPWord("personal"): return .personal
    case IMAPWord("subscribed"): return .subscribed
    case IMAPWord("subtree"): return .subtree(try mailboxes(&cursor, &context))
    case IMAPWord("subtree-one"): return .subtreeOne(try mailboxes(&cursor, &context))
    case IMAPWord("mailboxes"): return .mailboxes(try mailboxes(&cursor, &context))
    default: throw SyntaxError(cursor.isAtEnd ? .unexpectedEnd : .badToken, at: cursor.isAtEnd ? cursor.offset : start)
    }
  }

  /// `one-or-more-mailbox`.
  @_lifetime(cursor: copy cursor)
  private static func mailboxes(
    _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> OneOrMore<MailboxName> {
    try cursor.requireSpace(&context)
    guard cursor.skip(.openParenthesis) else { return OneOrMore(try MailboxName.parse(&cursor, &context)) }
    var names: [MailboxName] = []
    repeat {
      guard names.count < context.limits.elements else { throw cursor.error(.tooMany) }
      names.append(try MailboxName.parse(&cursor, &context))
    } while cursor.skip(.space)
    try cursor.expect(.closeParenthesis)
    return OneOrMore(unchecked: names)
  }

  func write(to writer: inout IMAPWriter) {
    switch self {
    case .selected: writer.append("selected")
    case .selectedDelayed: writer.append("selected-delayed")
    case .inboxes: writer.append("inboxes")
    case .personal: writer.append("personal")
    case .subscribed: writer.append("subscribed")
    case .subtree(let names): Self.write("subtree ", names, to: &writer)
    case .subtreeOne(let names): Self.write("subtree-one ", names, to: &writer)
    case .mailboxes(let names): Self.write("mailboxes ", names, to: &writer)
    }
  }

  private static func write(_ name: StaticString, _ names: OneOrMore<MailboxName>, to writer: inout IMAPWriter) {
    writer.append(name)
    writer.writeList(names.elements) { name, writer in name.write(to: &writer) }
  }
}
