@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// `SP mailbox *(SP identifier SP rights)`
  @_lifetime(cursor: copy cursor)
  mutating func accessControlList(_ cursor: inout ByteCursor) throws(SyntaxError) -> AccessControlList {
    try value(&cursor)
    var list = AccessControlList(try mailboxValue(&cursor), [])
    while try isMoreOnLine(&cursor) {
      try checkCount(list.entries.count, cursor)
      let identifier = try astringValue(&cursor)
      try space(&cursor)
      list.entries.append(AccessControlList.Entry(identifier, try rights(&cursor)))
    }
    return list
  }

  /// `SP mailbox SP identifier SP rights *(SP rights)`
  @_lifetime(cursor: copy cursor)
  mutating func grantableRights(_ cursor: inout ByteCursor) throws(SyntaxError) -> GrantableRights {
    try value(&cursor)
    let mailbox = try mailboxValue(&cursor)
    try value(&cursor)
    let identifier = try astringValue(&cursor)
    try value(&cursor)
    let required = try rights(&cursor)
    var optional: [AccessRights] = []
    while try isMoreOnLine(&cursor) {
      try checkCount(optional.count, cursor)
      optional.append(try rights(&cursor))
    }
    return GrantableRights(mailbox, identifier: identifier, required: required, optional: optional)
  }

  /// `rights`: an `astring` of lower-case letters and digits.
  @_lifetime(cursor: copy cursor)
  mutating func rights(_ cursor: inout ByteCursor) throws(SyntaxError) -> AccessRights {
    let start = cursor.offset
    let text = try astringValue(&cursor)
    do throws(SyntaxError) {
      return try AccessRights(text.bytes.span)
    } catch { throw SyntaxError(error.code, at: start) }
  }
}
