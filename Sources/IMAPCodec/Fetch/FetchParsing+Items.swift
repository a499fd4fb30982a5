@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// The items that are not in every response.
  @inline(never)
  @_lifetime(cursor: copy cursor)
  mutating func otherFetchItem(
    _ name: IMAPWord, from start: Int, _ cursor: inout ByteCursor, _ head: inout FetchHead
  ) throws(SyntaxError) {
    switch name {
    case IMAPWord("body"): try section(.bodySection, from: start, &cursor, &head)
    case IMAPWord("binary"): try section(.binary, from: start, &cursor, &head)
    case IMAPWord("rfc822"): try section(.rfc822, from: start, &cursor, &head)
    case IMAPWord("rfc822.header"): try section(.rfc822Header, from: start, &cursor, &head)
    case IMAPWord("rfc822.text"): try section(.rfc822Text, from: start, &cursor, &head)
    case IMAPWord("binary.size"): try binarySize(from: start, &cursor, &head)
    case IMAPWord("emailid"): try identifier(.emailID, isOptional: false, &cursor, &head)
    case IMAPWord("threadid"): try identifier(.threadID, isOptional: true, &cursor, &head)
    case IMAPWord("preview"):
      try value(&cursor)
      begin(.preview, &head)
      entries.append(try nstring(&cursor))
    case IMAPWord("savedate"): try saveDate(&cursor, &head)
    case IMAPWord("x-gm-msgid"): try gmailNumber(.gmailMessageID, &cursor, &head)
    case IMAPWord("x-gm-thrid"): try gmailNumber(.gmailThreadID, &cursor, &head)
    case IMAPWord("x-gm-labels"): try gmailLabels(&cursor, &head)
    default: try unknownItem(from: start, &cursor, &head)
    }
  }

  /// A section of the message and its content.
  ///
  ///     BODY[HEADER.FIELDS (DATE)]<0> {37}
  @_lifetime(cursor: copy cursor)
  private mutating func section(
    _ kind: FetchItemKind, from start: Int, _ cursor: inout ByteCursor, _ head: inout FetchHead
  ) throws(SyntaxError) {
    begin(kind, &head)
    let nameStart = cursor.offset
    var origin = LayoutEntry.null
    if kind == .bodySection {
      _ = try SectionSpecifier.parse(&cursor, &context)
    } else if kind == .binary {
      try sectionPath(&cursor)
    }
    let name = LayoutEntry(nameStart, cursor.offset &- nameStart)
    if kind == .bodySection || kind == .binary, cursor.skip(.lessThan) {
      origin = LayoutEntry(number: try cursor.takeNumber64())
      try cursor.expect(.greaterThan)
    }
    entries.append(name)
    entries.append(origin)
    if try isValueMissing(&cursor) {
      entries.append(.null)
    } else {
      try value(&cursor)
      entries.append(try content(&cursor, isBinary: kind == .binary))
    }
  }

  /// Whether the item ends where its value should be.
  @_lifetime(cursor: copy cursor)
  private mutating func isValueMissing(_ cursor: inout ByteCursor) throws(SyntaxError) -> Bool {
    var ahead = cursor
    _ = ahead.skip(.space)
    guard ahead.next == .closeParenthesis, context.accepts(.missingBodyValue) else { return false }
    cursor.offset = ahead.offset
    return true
  }

  /// `section-binary`: `"[" [section-part] "]"`
  @_lifetime(cursor: copy cursor)
  private mutating func sectionPath(_ cursor: inout ByteCursor) throws(SyntaxError) {
    try cursor.expect(.openBracket)
    _ = try SectionPath.parse(&cursor, &context)
    try cursor.expect(.closeBracket)
  }

  /// `BINARY.SIZE[1] 4096`, [RFC 3516 §4.3](https://www.rfc-editor.org/rfc/rfc3516#section-4.3).
  @_lifetime(cursor: copy cursor)
  private mutating func binarySize(
    from start: Int, _ cursor: inout ByteCursor, _ head: inout FetchHead
  ) throws(SyntaxError) {
    begin(.binarySize, &head)
    let nameStart = cursor.offset
    try sectionPath(&cursor)
    entries.append(LayoutEntry(nameStart, cursor.offset &- nameStart))
    try value(&cursor)
    entries.append(LayoutEntry(number: try number(&cursor)))
  }

  /// `"(" objectid ")"`, [RFC 8474 §7](https://www.rfc-editor.org/rfc/rfc8474#section-7).
  @_lifetime(cursor: copy cursor)
  private mutating func identifier(
    _ kind: FetchItemKind, isOptional: Bool, _ cursor: inout ByteCursor, _ head: inout FetchHead
  ) throws(SyntaxError) {
    try value(&cursor)
    begin(kind, &head)
    if isOptional, cursor.skipNil() { return entries.append(.null) }
    try cursor.expect(.openParenthesis)
    let start = cursor.offset
    let identifier = cursor.take { ObjectID.allows($0) }
    guard !identifier.isEmpty else { throw cursor.unexpected }
    guard identifier.count <= 255 else { throw SyntaxError(.tooLong, at: start + 255) }
    try cursor.expect(.closeParenthesis)
    entries.append(LayoutEntry(start, identifier.count))
  }

  /// `date-time / nil`, [RFC 8514 §4.3](https://www.rfc-editor.org/rfc/rfc8514#section-4.3).
  @_lifetime(cursor: copy cursor)
  private mutating func saveDate(_ cursor: inout ByteCursor, _ head: inout FetchHead) throws(SyntaxError) {
    try value(&cursor)
    begin(.saveDate, &head)
    if cursor.skipNil() { return entries.append(.null) }
    let start = cursor.offset
    _ = try IMAPDateTime.parse(&cursor, &context)
    entries.append(LayoutEntry(start, cursor.offset &- start))
  }

  @_lifetime(cursor: copy cursor)
  private mutating func gmailNumber(
    _ kind: FetchItemKind, _ cursor: inout ByteCursor, _ head: inout FetchHead
  ) throws(SyntaxError) {
    try value(&cursor)
    begin(kind, &head)
    // These are unsigned numbers of 64 bits, one more than IMAP's own.
    guard let number = cursor.takeNumber() else { throw cursor.error(.badNumber) }
    entries.append(LayoutEntry(number: number))
  }

  /// `"(" [label *(SP label)] ")"`, where a label is an atom, perhaps behind a backslash, or a string; Gmail sends `NIL` too.
  @_lifetime(cursor: copy cursor)
  private mutating func gmailLabels(_ cursor: inout ByteCursor, _ head: inout FetchHead) throws(SyntaxError) {
    try value(&cursor)
    begin(.gmailLabels, &head)
    let slot = reserve(1)
    try cursor.expect(.openParenthesis)
    let first = entries.count
    while cursor.next != .closeParenthesis {
      guard entries.count &- first < context.limits.elements else { throw cursor.error(.tooMany) }
      switch cursor.next {
      case .quote, .openBrace:
        entries.append(try string(&cursor))
      default:
        let start = cursor.offset
        if cursor.skipNil() {
          guard context.accepts(.nilForString) else { throw SyntaxError(.unexpectedByte, at: start) }
          break
        }
        let label = cursor.take { ASCIIClass.astring.contains($0) || $0 == .backslash || $0 >= 0x80 }
        guard !label.isEmpty else { throw cursor.unexpected }
        entries.append(LayoutEntry(start, label.count))
      }
      guard cursor.skip(.space) else { break }
    }
    try cursor.expect(.closeParenthesis)
    entries[slot] = LayoutEntry(first, entries.count &- first)
  }

  /// An item that this library does not know: its name, section included, and its value as they stand.
  @_lifetime(cursor: copy cursor)
  private mutating func unknownItem(
    from start: Int, _ cursor: inout ByteCursor, _ head: inout FetchHead
  ) throws(SyntaxError) {
    if cursor.next == .openBracket { try skipBrackets(&cursor) }
    begin(.unknown, &head)
    entries.append(LayoutEntry(start, cursor.offset &- start))
    try value(&cursor)
    entries.append(try skipValue(&cursor))
  }

  /// Skips a section in brackets, whatever it holds, and what touches it.
  @_lifetime(cursor: copy cursor)
  mutating func skipBrackets(_ cursor: inout ByteCursor) throws(SyntaxError) {
    while let byte = cursor.next, byte != .closeBracket {
      guard byte >= 32, byte != 127 else { throw cursor.unexpected }
      if byte == .quote { _ = try quoted(&cursor) } else { cursor.offset &+= 1 }
    }
    try cursor.expect(.closeBracket)
    _ = cursor.take { $0 > 32 && $0 != 40 && $0 != 41 && $0 != 127 }
  }
}
