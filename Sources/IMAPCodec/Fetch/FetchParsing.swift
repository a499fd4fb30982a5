@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// `msg-att`: the items in their parentheses.
  ///
  /// [RFC 9051 §7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2). An item that does not match its grammar is kept
  /// as text; the others stand.
  @_lifetime(cursor: copy cursor)
  mutating func fetchItems(_ cursor: inout ByteCursor, _ head: inout FetchHead) throws(SyntaxError) {
    if cursor.next == .space { try skipSpaces(&cursor, .severalSpaces) }
    try cursor.expect(.openParenthesis)
    guard !cursor.skip(.closeParenthesis) else { return }
    var count = 0
    repeat {
      if usualItems(&cursor, &head, &count) { return }
      guard count < context.limits.elements else { throw cursor.error(.tooMany) }
      count &+= 1
      try fetchItem(&cursor, &head)
      if cursor.skip(.closeParenthesis) { return }
      if let next = cursor.next, next == .carriageReturn || next == .lineFeed {
        try skipLineEnds(&cursor)
        if cursor.skip(.closeParenthesis) { return }
      }
      try cursor.expect(.space)
      if cursor.next == .space { try skipSpaces(&cursor, .severalSpaces) }
    } while !(cursor.next == .closeParenthesis && context.accepts(.spaceBeforeParenthesis))
    try cursor.expect(.closeParenthesis)
  }

  /// Line ends behind a literal that was announced too short.
  @inline(never)
  @_lifetime(cursor: copy cursor)
  private mutating func skipLineEnds(_ cursor: inout ByteCursor) throws(SyntaxError) {
    var ahead = cursor
    while ahead.skip(.carriageReturn) || ahead.skip(.lineFeed) {}
    guard ahead.next == .closeParenthesis || ahead.next == .space, context.accepts(.strayLineEnd) else {
      throw cursor.unexpected
    }
    cursor.offset = ahead.offset
  }

  @inline(never)
  @_lifetime(cursor: copy cursor)
  private mutating func fetchItem(_ cursor: inout ByteCursor, _ head: inout FetchHead) throws(SyntaxError) {
    let start = cursor.offset
    let name = cursor.takeKeyword()
    guard name.count > 0 else { throw cursor.unexpected }
    let nameEnd = cursor.offset
    let mark = entries.count
    let before = head
    do throws(SyntaxError) {
      try fetchItem(name, from: start, &cursor, &head)
    } catch {
      entries.removeLast(entries.count &- mark)
      head = before
      if head.lastItem >= 0 { entries[head.lastItem].length = 0 }
      cursor.offset = nameEnd
      try malformed(&cursor, &head, from: start, error)
    }
  }

  /// Keeps an item as text: its name as far as it goes, and one value; or all of the rest, when not even that can be told.
  @inline(never)
  @_lifetime(cursor: copy cursor)
  private mutating func malformed(
    _ cursor: inout ByteCursor, _ head: inout FetchHead, from start: Int, _ error: SyntaxError
  ) throws(SyntaxError) {
    guard context.accepts(.malformedItem) else { throw error }
    begin(.malformed, &head)
    var nameEnd = cursor.offset
    var value = LayoutEntry(cursor.offset, 0)
    var ahead = cursor
    do throws(SyntaxError) {
      if ahead.next == .openBracket { try skipBrackets(&ahead) }
      nameEnd = ahead.offset
      _ = ahead.skip(.space)
      value = try skipValue(&ahead)
      guard ahead.next == .space || ahead.next == .closeParenthesis else { throw ahead.unexpected }
      cursor.offset = ahead.offset
    } catch {
      var end = cursor.bytes.count
      while end > cursor.offset, cursor.bytes[end &- 1] == 13 || cursor.bytes[end &- 1] == 10 { end &-= 1 }
      if end > cursor.offset, cursor.bytes[end &- 1] == .closeParenthesis { end &-= 1 }
      // The name goes on to a space, so that name and value read the same when they are written with one between them.
      while cursor.offset < end, cursor.bytes[cursor.offset] != .space { cursor.offset &+= 1 }
      nameEnd = cursor.offset
      if cursor.offset < end { cursor.offset &+= 1 }
      // A text without the octets that its headers announce could not be written again.
      guard !context.hasGap(from: start, to: end),
        Self.holdsItsLiterals(cursor.bytes.extracting(start..<end))
      else { throw error }
      value = LayoutEntry(cursor.offset, end &- cursor.offset)
      cursor.offset = end
    }
    entries.append(LayoutEntry(start, nameEnd &- start))
    entries.append(value)
  }

  /// Whether the octets of all literals that are announced in a text are in it.
  private static func holdsItsLiterals(_ text: Span<UInt8>) -> Bool {
    var offset = 0
    while let lineFeed = text.firstIndex(of: .lineFeed, from: offset) {
      let line = text.extracting(offset..<lineFeed)
      let length = line.count > 0 && line[line.count &- 1] == .carriageReturn ? line.count &- 1 : line.count
      offset = lineFeed &+ 1
      switch LiteralTail.parse(line.extracting(first: length)) {
      case .none: break
      case .literal(let header):
        guard header.size <= UInt64(text.count &- offset) else { return false }
        offset &+= Int(header.size)
      case .malformed: return false
      }
    }
    return true
  }

  /// Appends the first entry of an item, and links the item to the one before it.
  @inline(__always)
  @discardableResult
  mutating func begin(_ kind: FetchItemKind, _ head: inout FetchHead) -> Int {
    let item = entries.count
    entries.append(LayoutEntry(Int(kind.rawValue), 0))
    if head.lastItem < 0 { head.firstItem = item } else { entries[head.lastItem].length = UInt32(item) }
    head.lastItem = item
    return item
  }

  @inline(__always)
  @_lifetime(cursor: copy cursor)
  private mutating func fetchItem(
    _ name: IMAPWord, from start: Int, _ cursor: inout ByteCursor, _ head: inout FetchHead
  ) throws(SyntaxError) {
    switch name {
    case IMAPWord("uid"):
      try value(&cursor)
      guard let uid = cursor.takeNonZero32() else { throw cursor.error(.badNumber) }
      head.uid = uid
    case IMAPWord("flags"):
      try value(&cursor)
      try flags(&cursor, &head)
    case IMAPWord("rfc822.size"):
      try value(&cursor)
      head.size = try number(&cursor)
    case IMAPWord("modseq"):
      try value(&cursor)
      try modSeq(&cursor, &head)
    case IMAPWord("internaldate"):
      try value(&cursor)
      head.internalDate = try IMAPDateTime.parse(&cursor, &context)
    case IMAPWord("envelope"):
      try value(&cursor)
      begin(.envelope, &head)
      _ = try envelope(&cursor)
    case IMAPWord("bodystructure"):
      try value(&cursor)
      begin(.bodyStructure, &head)
      _ = try bodyStructure(&cursor)
    case IMAPWord("body") where cursor.next != .openBracket:
      try value(&cursor)
      begin(.body, &head)
      _ = try bodyStructure(&cursor)
    default:
      try otherFetchItem(name, from: start, &cursor, &head)
    }
  }

  /// The space before an item's value.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  mutating func value(_ cursor: inout ByteCursor) throws(SyntaxError) {
    if cursor.skip(.space) {
      if cursor.next == .space { try skipSpaces(&cursor, .severalSpaces) }
      return
    }
    switch cursor.next {
    case .openParenthesis, .quote, .openBrace:
      guard context.accepts(.missingSpace) else { throw cursor.unexpected }
    default:
      throw cursor.unexpected
    }
  }

  /// `"(" mod-sequence-value ")"`, [RFC 7162 §3.1.4](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.4).
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  private mutating func modSeq(_ cursor: inout ByteCursor, _ head: inout FetchHead) throws(SyntaxError) {
    try cursor.expect(.openParenthesis)
    if cursor.next == .hyphen, context.accepts(.negativeModSeq) {
      cursor.offset &+= 1
      _ = try cursor.takeNumber64()
    } else {
      let start = cursor.offset
      let number = try cursor.takeNumber64()
      guard number > 0 || context.accepts(.zeroIdentifier) else { throw SyntaxError(.badNumber, at: start) }
      head.modSeq = number
    }
    try close(&cursor)
  }
}
