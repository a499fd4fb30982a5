@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// `SP mailbox-list`
  @_lifetime(cursor: copy cursor)
  mutating func list(_ cursor: inout ByteCursor, _ kind: ListResponse.Kind) throws(SyntaxError) -> ListResponse {
    try value(&cursor)
    try cursor.expect(.openParenthesis)
    var attributes: [Flag] = []
    while cursor.next != .closeParenthesis {
      guard attributes.count < context.limits.elements else { throw cursor.error(.tooMany) }
      let start = cursor.offset
      _ = cursor.skip(.backslash)
      _ = cursor.take { ASCIIClass.atom.contains($0) }
      do throws(SyntaxError) {
        attributes.append(try Flag(cursor.bytes.extracting(start..<cursor.offset)))
      } catch { throw SyntaxError(error.code, at: start &+ error.offset) }
      guard cursor.skip(.space) else { break }
      if cursor.next == .closeParenthesis, !context.accepts(.spaceBeforeParenthesis) { throw cursor.unexpected }
    }
    try cursor.expect(.closeParenthesis)
    try space(&cursor)
    let delimiter = try delimiter(&cursor)
    try space(&cursor)
    let name = try MailboxName.parse(&cursor, &context)
    var extensions: [ListExtension] = []
    if cursor.next == .space, cursor.remaining > 1, cursor.bytes[cursor.offset &+ 1] == .openParenthesis {
      cursor.offset &+= 1
      extensions = try listExtensions(&cursor)
    }
    return ListResponse(checked: name, kind, attributes, delimiter, extensions)
  }

  /// `DQUOTE QUOTED-CHAR DQUOTE / nil`
  @_lifetime(cursor: copy cursor)
  private mutating func delimiter(_ cursor: inout ByteCursor) throws(SyntaxError) -> UInt8? {
    if cursor.skipNil() { return nil }
    let start = cursor.offset
    let entry = try quoted(&cursor)
    guard entry.count <= 1 else { throw SyntaxError(.unexpectedByte, at: start) }
    if entry.count == 0 {
      guard context.accepts(.nilForString) else { throw SyntaxError(.empty, at: start) }
      return nil
    }
    return view(cursor.bytes).octets(entry)[0]
  }

  /// `"(" [mbox-list-extended-item *(SP mbox-list-extended-item)] ")"`
  @_lifetime(cursor: copy cursor)
  private mutating func listExtensions(_ cursor: inout ByteCursor) throws(SyntaxError) -> [ListExtension] {
    var extensions: [ListExtension] = []
    try cursor.expect(.openParenthesis)
    if cursor.skip(.closeParenthesis) { return extensions }
    repeat {
      guard extensions.count < context.limits.elements else { throw cursor.error(.tooMany) }
      let name = try cursor.takeAString(&context).copied()
      try space(&cursor)
      let value = try skipValue(&cursor)
      extensions.append(ListExtension(name: name, text: view(cursor.bytes).octets(value).copied()))
    } while cursor.skip(.space)
    try cursor.expect(.closeParenthesis)
    return extensions
  }
}
