@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// `SP namespace SP namespace SP namespace`
  @_lifetime(cursor: copy cursor)
  mutating func namespaces(_ cursor: inout ByteCursor) throws(SyntaxError) -> NamespaceResponse {
    try value(&cursor)
    var response = NamespaceResponse()
    response.personal = try namespaceList(&cursor)
    try value(&cursor)
    response.otherUsers = try namespaceList(&cursor)
    try value(&cursor)
    response.shared = try namespaceList(&cursor)
    return response
  }

  /// `"(" 1*namespace-descr ")" / nil`
  @_lifetime(cursor: copy cursor)
  private mutating func namespaceList(_ cursor: inout ByteCursor) throws(SyntaxError) -> [MailboxNamespace] {
    var namespaces: [MailboxNamespace] = []
    if cursor.skipNil() { return namespaces }
    try cursor.expect(.openParenthesis)
    while cursor.next == .openParenthesis {
      try checkCount(namespaces.count, cursor)
      namespaces.append(try namespace(&cursor))
      if cursor.next == .space { try skipSpaces(&cursor, .severalSpaces) }
    }
    if namespaces.isEmpty, !context.accepts(.emptyList) { throw cursor.unexpected }
    try cursor.expect(.closeParenthesis)
    return namespaces
  }

  /// `"(" string SP (DQUOTE QUOTED-CHAR DQUOTE / nil) *(SP string SP "(" string *(SP string) ")") ")"`
  @_lifetime(cursor: copy cursor)
  private mutating func namespace(_ cursor: inout ByteCursor) throws(SyntaxError) -> MailboxNamespace {
    try cursor.expect(.openParenthesis)
    let prefix = try stringValue(&cursor)
    try space(&cursor)
    let delimiter = try delimiter(&cursor)
    var parameters: [MailboxNamespace.Parameter] = []
    while try isAnother(&cursor) {
      try checkCount(parameters.count, cursor)
      let name = try stringValue(&cursor)
      try value(&cursor)
      try cursor.expect(.openParenthesis)
      var values: [IMAPString] = []
      repeat {
        try checkCount(values.count, cursor)
        values.append(try stringValue(&cursor))
      } while try isAnother(&cursor)
      try cursor.expect(.closeParenthesis)
      parameters.append(MailboxNamespace.Parameter(checked: name, values))
    }
    try cursor.expect(.closeParenthesis)
    return MailboxNamespace(checked: prefix, delimiter, parameters)
  }
}
