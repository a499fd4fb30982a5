@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// `SP mailbox SP "(" [status-att-list] ")"`
  @_lifetime(cursor: copy cursor)
  mutating func mailboxStatus(_ cursor: inout ByteCursor) throws(SyntaxError) -> MailboxStatus {
    try value(&cursor)
    var status = MailboxStatus(try mailboxValue(&cursor))
    try value(&cursor)
    try cursor.expect(.openParenthesis)
    var count = 0
    while cursor.next != .closeParenthesis {
      guard count < context.limits.elements else { throw cursor.error(.tooMany) }
      count &+= 1
      try statusAttribute(&cursor, &status)
      guard try isAnother(&cursor) else { break }
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
    switch word {
    case IMAPWord("messages"): status.messages = try number32(&cursor)
    case IMAPWord("uidnext"):
      try space(&cursor)
      status.uidNext = try nonZero(&cursor)
    case IMAPWord("uidvalidity"):
      try space(&cursor)
      status.uidValidity = try nonZero(&cursor)
    case IMAPWord("unseen"): status.unseen = try number32(&cursor)
    case IMAPWord("deleted"): status.deleted = try number32(&cursor)
    case IMAPWord("size"):
      try space(&cursor)
      status.size = try number(&cursor)
    case IMAPWord("recent"): status.recent = try number32(&cursor)
    case IMAPWord("highestmodseq"):
      try space(&cursor)
      status.highestModSeq = try cursor.takeNumber64()
    case IMAPWord("deleted-storage"):
      try space(&cursor)
      status.deletedStorage = try number(&cursor)
    case IMAPWord("appendlimit"):
      try space(&cursor)
      status.appendLimit = cursor.skipNil() ? .unlimited : .octets(try cursor.takeNumber32())
    case IMAPWord("mailboxid"):
      try value(&cursor)
      try cursor.expect(.openParenthesis)
      status.mailboxID = try ObjectID(cursor.take { ObjectID.allows($0) })
      try cursor.expect(.closeParenthesis)
    default:
      status.others.append(try opaqueItem(from: start, &cursor))
    }
  }

  @_lifetime(cursor: copy cursor)
  private mutating func number32(_ cursor: inout ByteCursor) throws(SyntaxError) -> UInt32 {
    try space(&cursor)
    return try cursor.takeNumber32()
  }
}
