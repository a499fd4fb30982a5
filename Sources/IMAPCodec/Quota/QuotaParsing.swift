@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// `SP quota-root-name SP "(" [quota-resource *(SP quota-resource)] ")"`
  @_lifetime(cursor: copy cursor)
  mutating func quota(_ cursor: inout ByteCursor) throws(SyntaxError) -> QuotaResponse {
    try value(&cursor)
    var response = QuotaResponse(try astringValue(&cursor), [])
    try value(&cursor)
    try cursor.expect(.openParenthesis)
    if cursor.next == .space { try skipSpaces(&cursor, .spaceBeforeParenthesis) }
    if cursor.skip(.closeParenthesis) { return response }
    repeat {
      try checkCount(response.resources.count, cursor)
      let resource = try atomValue(&cursor)
      try space(&cursor)
      let usage = try number(&cursor)
      try space(&cursor)
      response.resources.append(QuotaUsage(resource, usage: usage, limit: try number(&cursor)))
    } while try isAnother(&cursor)
    try cursor.expect(.closeParenthesis)
    return response
  }

  /// `SP mailbox *(SP quota-root-name)`
  @_lifetime(cursor: copy cursor)
  mutating func quotaRoot(_ cursor: inout ByteCursor) throws(SyntaxError) -> QuotaRootResponse {
    try value(&cursor)
    var response = QuotaRootResponse(try mailboxValue(&cursor), [])
    while try isMoreOnLine(&cursor) {
      try checkCount(response.roots.count, cursor)
      response.roots.append(try astringValue(&cursor))
    }
    return response
  }
}
