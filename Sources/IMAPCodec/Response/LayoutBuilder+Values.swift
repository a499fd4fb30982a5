@_spi(MailCodec) import MailWire

// What the responses besides FETCH read: strings as values, and lists of anything.

extension LayoutBuilder {
  /// `astring` as a value.
  @_lifetime(cursor: copy cursor)
  mutating func astringValue(_ cursor: inout ByteCursor) throws(SyntaxError) -> IMAPString {
    IMAPString(unchecked: try cursor.takeAString(&context).copied())
  }

  /// `string` as a value.
  @_lifetime(cursor: copy cursor)
  mutating func stringValue(_ cursor: inout ByteCursor) throws(SyntaxError) -> IMAPString {
    IMAPString(unchecked: try cursor.takeString(&context).copied())
  }

  /// `nstring` as a value.
  @_lifetime(cursor: copy cursor)
  mutating func nstringValue(_ cursor: inout ByteCursor) throws(SyntaxError) -> IMAPString? {
    cursor.skipNil() ? nil : try stringValue(&cursor)
  }

  /// `nstring / literal8` as octets.
  @_lifetime(cursor: copy cursor)
  mutating func contentValue(_ cursor: inout ByteCursor) throws(SyntaxError) -> [UInt8]? {
    let entry = cursor.next == .tilde ? try literal8(&cursor) : try nstring(&cursor)
    return entry.isNull ? nil : view(cursor.bytes).octets(entry).copied()
  }

  /// `mailbox`
  @_lifetime(cursor: copy cursor)
  mutating func mailboxValue(_ cursor: inout ByteCursor) throws(SyntaxError) -> MailboxName {
    try MailboxName.parse(&cursor, &context)
  }

  /// `atom` as a value.
  @_lifetime(cursor: copy cursor)
  mutating func atomValue(_ cursor: inout ByteCursor) throws(SyntaxError) -> IMAPAtom {
    IMAPAtom(validated: ValidatedToken(try cursor.takeAtom().copied()))
  }

  /// A name and the text of a value, both as they stand; the name was read from `start` on.
  @_lifetime(cursor: copy cursor)
  mutating func opaqueItem(from start: Int, _ cursor: inout ByteCursor) throws(SyntaxError) -> ListExtension {
    let name = LayoutEntry(start, cursor.offset &- start)
    try space(&cursor)
    let value = try skipValue(&cursor)
    let view = view(cursor.bytes)
    return ListExtension(name: view.octets(name).copied(), text: view.octets(value).copied())
  }

  /// Whether another element of a list follows its space; spaces before the closing parenthesis only by a quirk.
  @_lifetime(cursor: copy cursor)
  mutating func isAnother(_ cursor: inout ByteCursor) throws(SyntaxError) -> Bool {
    guard cursor.next == .space else { return false }
    try space(&cursor)
    guard cursor.next == .closeParenthesis else { return true }
    guard context.accepts(.spaceBeforeParenthesis) else { throw cursor.unexpected }
    return false
  }

  /// Whether a space and something behind it follow, and not just spaces before the line's end, which what reads the end
  /// judges; the space is read.
  @_lifetime(cursor: copy cursor)
  mutating func isMoreOnLine(_ cursor: inout ByteCursor) throws(SyntaxError) -> Bool {
    var ahead = cursor
    guard ahead.skipAll(.space) > 0, let next = ahead.next, next != .carriageReturn, next != .lineFeed else {
      return false
    }
    try space(&cursor)
    return true
  }

  /// The error for one element too many.
  @inline(__always)
  func checkCount(_ count: Int, _ cursor: borrowing ByteCursor) throws(SyntaxError) {
    guard count < context.limits.elements else { throw SyntaxError(.tooMany, at: cursor.offset) }
  }
}

extension IMAPWriter {
  /// Strings in parentheses, in the form of `string`.
  mutating func writeStrings(_ strings: [IMAPString]) {
    writeList(strings) { string, writer in writer.writeString(string.bytes.span) }
  }

  /// `nstring / literal8`
  mutating func writeContent(_ content: [UInt8]?) { writeNString(content?.span) }
}
