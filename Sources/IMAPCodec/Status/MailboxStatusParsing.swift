@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// `SP mailbox SP "(" [status-att-list] ")"`
  @_lifetime(cursor: copy cursor)
  mutating func mailboxStatus(_ cursor: inout ByteCursor) throws(SyntaxError) -> MailboxStatus {
    try space(&cursor)
    var status = MailboxStatus(try MailboxName.parse(&cursor, &context))
    try space(&cursor)
    try cursor.expect(.openParenthesis)
    var count = 0
    while cursor.next != .closeParenthesis {
      guard count < context.limits.elements else { throw cursor.error(.tooMany) }
      count &+= 1
      try statusAttribute(&cursor, &status)
      guard cursor.skip(.space) else { break }
      if cursor.next == .closeParenthesis, !context.accepts(.spaceBeforeParenthesis) { throw cursor.unexpected }
    }
    try cursor.expect(.closeParenthesis)
    return status
  }

  @_lifetime(cursor: copy cursor)
  private mutating func statusAttribute(
    _ cursor: inout ByteCursor, _ status: inout MailboxStatus
  ) throws(SyntaxError) {
    let start = cursor.offset
    let word = cursor.takeKeyword()
    guard word.count > 0 else { throw cursor.unexpected }
    let name = LayoutEntry(start, cursor.offset &- start)
    try space(&cursor)
    switch word {
    case IMAPWord("messages"): status.messages = try cursor.takeNumber32()
    case IMAPWord("uidnext"): status.uidNext = try cursor.takeNumber32()
    case IMAPWord("uidvalidity"): status.uidValidity = try cursor.takeNumber32()
    case IMAPWord("unseen"): status.unseen = try cursor.takeNumber32()
    case IMAPWord("deleted"): status.deleted = try cursor.takeNumber32()
    case IMAPWord("size"): status.size = try number(&cursor)
    case IMAPWord("recent"): status.recent = try cursor.takeNumber32()
    case IMAPWord("highestmodseq"): status.highestModSeq = try cursor.takeNumber64()
    case IMAPWord("mailboxid"):
      try cursor.expect(.openParenthesis)
      status.mailboxID = try ObjectID(cursor.take { ObjectID.allows($0) })
      try cursor.expect(.closeParenthesis)
    default:
      let value = try skipValue(&cursor)
      let view = view(cursor.bytes)
      status.others.append(ListExtension(name: view.octets(name).copied(), text: view.octets(value).copied()))
    }
  }
}
