@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// `nstring`: `NIL`, a quoted string or a literal.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  mutating func nstring(_ cursor: inout ByteCursor) throws(SyntaxError) -> LayoutEntry {
    guard let next = cursor.next else { throw cursor.error(.unexpectedEnd) }
    if next == 34 { return try quoted(&cursor) }
    if next | 32 == 110, cursor.skipNil() { return .null }
    return try literal(&cursor)
  }

  /// `string`: a quoted string or a literal.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  mutating func string(_ cursor: inout ByteCursor) throws(SyntaxError) -> LayoutEntry {
    if cursor.next == 34 { return try quoted(&cursor) }
    return try literal(&cursor)
  }

  /// `astring`: an atom, in which `]` may stand, a quoted string or a literal.
  @_lifetime(cursor: copy cursor)
  mutating func astring(_ cursor: inout ByteCursor) throws(SyntaxError) -> LayoutEntry {
    switch cursor.next {
    case 34: return try quoted(&cursor)
    case 123: return try literal(&cursor)
    default:
      let start = cursor.offset
      _ = cursor.take { ASCIIClass.astring.contains($0) || $0 >= 0x80 }
      guard cursor.offset > start else { throw cursor.unexpected }
      return LayoutEntry(start, cursor.offset &- start)
    }
  }

  /// A quoted string; the opening quote is next.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  mutating func quoted(_ cursor: inout ByteCursor) throws(SyntaxError) -> LayoutEntry {
    let raw = unsafe cursor.bytes.bytes
    let start = cursor.offset &+ 1
    var offset = start
    while offset &+ 8 <= raw.byteCount {
      let found = raw.word(at: offset).quotedSpecials
      if found != 0 {
        offset &+= found.trailingZeroBitCount >> 3
        break
      }
      offset &+= 8
    }
    if offset &+ 1 < raw.byteCount, raw[byte: offset] == 34, raw[byte: offset &+ 1].mayFollowString {
      cursor.offset = offset &+ 1
      return LayoutEntry(start, offset &- start)
    }
    cursor.offset = offset
    return try quotedSlowly(&cursor, from: start)
  }

  /// The rest of a quoted string that has an escape, an octet beyond ASCII, or its end near that of the response.
  @inline(never)
  @_lifetime(cursor: copy cursor)
  private mutating func quotedSlowly(_ cursor: inout ByteCursor, from start: Int) throws(SyntaxError) -> LayoutEntry {
    let bytes = cursor.bytes
    var runStart = start
    // Where the copy without escapes begins, from the first escape on.
    var copyStart: Int?
    while let byte = cursor.next {
      switch byte {
      case 34 where try endsQuoted(cursor):
        let end = cursor.offset
        cursor.offset &+= 1
        guard let copyStart else { return LayoutEntry(start, end &- start) }
        unescaped.append(bytes.extracting(runStart..<end))
        return LayoutEntry(base &+ copyStart, unescaped.count &- copyStart)
      case 92:
        let escaped = cursor.offset &+ 1
        guard escaped < bytes.count else { throw SyntaxError(.unexpectedEnd, at: escaped) }
        if bytes[escaped] != 34, bytes[escaped] != 92 {
          guard bytes[escaped] >= 32, context.accepts(.needlessEscape) else {
            throw SyntaxError(.unexpectedByte, at: escaped)
          }
        }
        if copyStart == nil { copyStart = unescaped.count }
        unescaped.append(bytes.extracting(runStart..<cursor.offset))
        runStart = escaped
        cursor.offset = escaped &+ 1
      case 0, 10, 13:
        throw cursor.error(.unexpectedByte)
      case 0x80...:
        // IMAP4rev2 and UTF8=ACCEPT allow it, and servers send it to clients that asked for neither.
        guard context.accepts(.eightBitInQuoted) else { throw cursor.error(.unexpectedByte) }
        cursor.offset &+= 1
      default:
        cursor.offset &+= 1
      }
    }
    throw cursor.error(.unexpectedEnd)
  }

  /// Whether the quote at the cursor ends its string: a quote inside of one should have had a backslash before it.
  private mutating func endsQuoted(_ cursor: borrowing ByteCursor) throws(SyntaxError) -> Bool {
    let next = cursor.offset &+ 1
    guard next < cursor.bytes.count, !cursor.bytes[next].mayFollowString, context.accepts(.unescapedQuote) else {
      return true
    }
    return false
  }

  /// A literal, or a `literal8`, which may hold NUL.
  @_lifetime(cursor: copy cursor)
  mutating func literal8(_ cursor: inout ByteCursor) throws(SyntaxError) -> LayoutEntry {
    let isBinary = cursor.skip(.tilde)
    return try literal(&cursor, isBinary: isBinary)
  }

  /// A literal, of which all octets are there.
  @inline(never)
  @_lifetime(cursor: copy cursor)
  mutating func literal(_ cursor: inout ByteCursor, isBinary: Bool = false) throws(SyntaxError) -> LayoutEntry {
    try cursor.expect(123)
    let number = cursor.offset
    let count = try cursor.takeNumber64()
    try cursor.expect(125)
    try cursor.expect(13)
    try cursor.expect(10)
    guard count <= UInt64(cursor.remaining) else { throw SyntaxError(.badNumber, at: number) }
    let start = cursor.offset
    let end = start &+ Int(count)
    if !isBinary, let zero = cursor.bytes.extracting(start..<end).firstIndex(of: 0) {
      guard context.accepts(.zeroInLiteral) else { throw SyntaxError(.unexpectedByte, at: start &+ zero) }
    }
    cursor.offset = end
    return LayoutEntry(start, end &- start)
  }

  /// A string where the grammar has no `NIL`; with the quirk, `NIL` is the empty string.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  mutating func requiredString(_ cursor: inout ByteCursor) throws(SyntaxError) -> LayoutEntry {
    if cursor.next == 34 { return try quoted(&cursor) }
    return try unusualString(&cursor)
  }

  @inline(never)
  @_lifetime(cursor: copy cursor)
  private mutating func unusualString(_ cursor: inout ByteCursor) throws(SyntaxError) -> LayoutEntry {
    guard let next = cursor.next, next | 32 == 110 else { return try literal(&cursor) }
    let start = cursor.offset
    guard cursor.skipNil() else { throw cursor.unexpected }
    guard context.accepts(.nilForString) else { throw SyntaxError(.unexpectedByte, at: start) }
    return LayoutEntry(start, 0)
  }
}

extension UInt8 {
  /// What can stand behind a string: SP, `(`, `)`, `]`, or the end of the line.
  @inline(__always)
  var mayFollowString: Bool { self == 32 || self == 41 || self == 13 || self == 93 || self == 40 || self == 10 }
}

extension UInt64 {
  /// The top bit of the lowest octet that is `"`, `\`, NUL, CR, LF, another control below SO, or beyond ASCII. Higher bits
  /// may be wrong.
  @inline(__always)
  var quotedSpecials: UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = self ^ (ones &* 34)
    let backslash = self ^ (ones &* 92)
    let low = (self &- ones &* 14) & ~self
    return ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash | low | self) & (ones &* 0x80)
  }
}
