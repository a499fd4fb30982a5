@_spi(MailCodec) import MailWire

extension IMAPCommand {
  /// The commands about mailboxes.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  static func mailboxes(
    _ word: IMAPWord, _ cursor: inout ByteCursor, _ context: inout ParseContext, from start: Int
  ) throws(SyntaxError) -> IMAPCommand {
    switch word {
    case IMAPWord("select"):
      return .select(try mailbox(&cursor, &context), try selectParameters(&cursor, &context))
    case IMAPWord("examine"):
      return .examine(try mailbox(&cursor, &context), try selectParameters(&cursor, &context))
    case IMAPWord("status"):
      let name = try mailbox(&cursor, &context)
      try cursor.requireSpace(&context)
      return .status(name, try StatusItems.parse(&cursor, &context))
    case IMAPWord("list"): return .list(try ListRequest.parse(&cursor, &context))
    case IMAPWord("lsub"):
      return .listSubscribed(reference: try mailbox(&cursor, &context), try pattern(&cursor, &context))
    case IMAPWord("xlist"):
      return .listSpecial(reference: try mailbox(&cursor, &context), try pattern(&cursor, &context))
    case IMAPWord("rlist"):
      return .listRemote(reference: try mailbox(&cursor, &context), try pattern(&cursor, &context))
    case IMAPWord("rlsub"):
      return .listRemoteSubscribed(reference: try mailbox(&cursor, &context), try pattern(&cursor, &context))
    case IMAPWord("create"): return .create(try mailbox(&cursor, &context), try parameters(&cursor, &context))
    case IMAPWord("delete"): return .delete(try mailbox(&cursor, &context))
    case IMAPWord("rename"): return .rename(try mailbox(&cursor, &context), try mailbox(&cursor, &context))
    case IMAPWord("subscribe"): return .subscribe(try mailbox(&cursor, &context))
    case IMAPWord("unsubscribe"):
      return .unsubscribe(try mailbox(&cursor, &context))
    case IMAPWord("append"):
      return .append(try mailbox(&cursor, &context), try AppendMessage.parse(&cursor, &context))
    case IMAPWord("noop"): return .noop
    default: return try others(word, &cursor, &context, from: start)
    }
  }

  @_lifetime(cursor: copy cursor)
  private static func pattern(
    _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> MailboxPattern {
    try cursor.requireSpace(&context)
    return try MailboxPattern.parse(&cursor, &context)
  }

  /// A list of parameters if there is one.
  @_lifetime(cursor: copy cursor)
  private static func parameters(
    _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> [IMAPParameter] {
    guard cursor.skipSpaceBeforeList() else { return [] }
    return try IMAPParameter.parseList(&cursor, &context)
  }

  @_lifetime(cursor: copy cursor)
  private static func selectParameters(
    _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> SelectParameters {
    guard cursor.skipSpaceBeforeList() else { return SelectParameters() }
    return try SelectParameters.parse(&cursor, &context)
  }
}
