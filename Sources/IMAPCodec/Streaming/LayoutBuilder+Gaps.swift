@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// Begins with a unit of which literals may have been streamed.
  mutating func reset(_ unit: borrowing IMAPUnitView) throws(SyntaxError) {
    try reset(unit.text.count)
    context.reset(gaps: unit.gaps)
  }

  /// `nstring`, or `literal8` too: the octets of a message, which may have been streamed.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  mutating func content(_ cursor: inout ByteCursor, isBinary: Bool) throws(SyntaxError) -> LayoutEntry {
    if !context.gaps.isEmpty, let entry = streamed(&cursor, isBinary: isBinary) { return entry }
    return isBinary && cursor.next == .tilde ? try literal8(&cursor) : try nstring(&cursor)
  }

  /// The same as a value, `literal8` included.
  @_lifetime(cursor: copy cursor)
  mutating func messageOctets(_ cursor: inout ByteCursor) throws(SyntaxError) -> MessageOctets {
    let entry = try content(&cursor, isBinary: true)
    return view(cursor.bytes).messageOctets(entry)
  }

  /// The header of a literal that was streamed, if one is next.
  @_lifetime(cursor: copy cursor)
  private func streamed(_ cursor: inout ByteCursor, isBinary: Bool) -> LayoutEntry? {
    let start = cursor.offset
    var ahead = cursor
    guard isBinary || ahead.next != .tilde, let header = try? ahead.takeHeader(), !header.isNonSynchronising,
      context.isGap(ahead.offset)
    else { return nil }
    cursor.offset = ahead.offset
    return LayoutEntry(streamed: start, ahead.offset &- start)
  }
}

extension LayoutView {
  /// The octets of a message at a place of the table.
  func messageOctets(_ entry: LayoutEntry) -> MessageOctets {
    if entry.isNull { return .none }
    guard entry.isStreamed else { return .inline(octets(entry).copied()) }
    var cursor = ByteCursor(bytes)
    cursor.offset = entry.start
    return (try? cursor.takeHeader()).map { .streamed($0) } ?? .none
  }
}

extension ByteCursor {
  /// A literal's header in a response, its line ending included.
  @_lifetime(self: copy self)
  fileprivate mutating func takeHeader() throws(SyntaxError) -> LiteralHeader {
    var context = ParseContext(quirks: .bareLineFeed)
    return try takeLiteralHeader(&context)
  }
}
