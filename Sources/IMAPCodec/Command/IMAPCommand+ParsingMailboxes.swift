@_spi(MailCodec) import MailWire

extension IMAPCommand {
  /// The commands about mailboxes.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  static func mailboxes(
    _ word: Keyword, _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> IMAPCommand? {
    switch (word.low, word.count) {
    case (packed("select"), 6):
      return .select(try mailbox(&cursor, &context), try SelectParameters(try parameters(&cursor, &context)))
    case (packed("examine"), 7):
      return .examine(try mailbox(&cursor, &context), try SelectParameters(try parameters(&cursor, &context)))
    case (packed("status"), 6):
      let name = try mailbox(&cursor, &context)
      try cursor.requireSpace(&context)
      return .status(name, try StatusItems.parse(&cursor, &context))
    case (packed("list"), 4): return .list(try ListRequest.parse(&cursor, &context))
    case (packed("lsub"), 4):
      return .listSubscribed(reference: try mailbox(&cursor, &context), try pattern(&cursor, &context))
    case (packed("xlist"), 5):
      return .listSpecial(reference: try mailbox(&cursor, &context), try pattern(&cursor, &context))
    case (packed("create"), 6): return .create(try mailbox(&cursor, &context), try parameters(&cursor, &context))
    case (packed("delete"), 6): return .delete(try mailbox(&cursor, &context))
    case (packed("rename"), 6): return .rename(try mailbox(&cursor, &context), try mailbox(&cursor, &context))
    case (packed("subscribe"), 9) where word.hasTail("subscribe"): return .subscribe(try mailbox(&cursor, &context))
    case (packed("unsubscribe"), 11) where word.hasTail("unsubscribe"):
      return .unsubscribe(try mailbox(&cursor, &context))
    case (packed("append"), 6):
      return .append(try mailbox(&cursor, &context), try AppendMessage.parse(&cursor, &context))
    default: return nil
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
    guard cursor.remaining > 1, cursor.next == .space, cursor.bytes[cursor.offset &+ 1] == .openParenthesis else {
      return []
    }
    cursor.offset &+= 1
    return try IMAPParameter.parseList(&cursor, &context)
  }
}
