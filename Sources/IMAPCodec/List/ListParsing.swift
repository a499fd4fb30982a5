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
      guard try isAnother(&cursor) else { break }
    }
    try cursor.expect(.closeParenthesis)
    try space(&cursor)
    let delimiter = try delimiter(&cursor)
    try space(&cursor)
    let name = try listedName(&cursor)
    var extensions: [ListExtension] = []
    if cursor.next == .space, cursor.remaining > 1, cursor.bytes[cursor.offset &+ 1] == .openParenthesis {
      cursor.offset &+= 1
      extensions = try listExtensions(&cursor)
    }
    return ListResponse(checked: name, kind, attributes, delimiter, extensions)
  }

  /// `mailbox`, and what servers write when they forget to quote one.
  @_lifetime(cursor: copy cursor)
  private mutating func listedName(_ cursor: inout ByteCursor) throws(SyntaxError) -> MailboxName {
    let start = cursor.offset
    var quirks = IMAPQuirks.none
    var ahead = cursor
    if ahead.skipNil() { quirks = .nilMailbox }
    ahead.offset = start
    guard let first = ahead.next, first != .quote, first != .openBrace else { return try mailboxValue(&cursor) }
    while let byte = ahead.next, byte != .space, byte != .carriageReturn, byte != .lineFeed {
      if !ASCIIClass.astring.contains(byte) {
        switch byte {
        case .asterisk, 37: quirks.formUnion(.wildcardInName)
        case 0x80...: quirks.formUnion(.eightBitInAtom)
        case 1..<32, 127: quirks.formUnion(.controlInName)
        default: throw ahead.unexpected
        }
      }
      ahead.offset &+= 1
    }
    guard ahead.offset > start else { throw cursor.unexpected }
    // `NIL` is an atom like others, so that there is nothing to refuse.
    guard quirks == .nilMailbox || context.quirks.isSuperset(of: quirks) else {
      throw SyntaxError(.unexpectedByte, at: start)
    }
    _ = context.accepts(quirks)
    cursor.offset = ahead.offset
    return MailboxName(unchecked: cursor.bytes.extracting(start..<cursor.offset).copied())
  }

  /// `DQUOTE QUOTED-CHAR DQUOTE / nil`
  @_lifetime(cursor: copy cursor)
  mutating func delimiter(_ cursor: inout ByteCursor) throws(SyntaxError) -> UInt8? {
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
      let name = try astringValue(&cursor)
      try value(&cursor)
      let text = try skipValue(&cursor)
      let octets = view(cursor.bytes).octets(text).copied()
      extensions.append(ListExtension(name: name.bytes, text: octets))
    } while try isAnother(&cursor)
    try cursor.expect(.closeParenthesis)
    return extensions
  }
}
