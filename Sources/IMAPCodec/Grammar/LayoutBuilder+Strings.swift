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

  /// A quoted string; the opening quote is next.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  mutating func quoted(_ cursor: inout ByteCursor) throws(SyntaxError) -> LayoutEntry {
    let start = cursor.offset &+ 1
    if try cursor.skipQuoted(&context) { return unescape(cursor.bytes.extracting(start..<(cursor.offset &- 1))) }
    return LayoutEntry(start, cursor.offset &- 1 &- start)
  }

  /// Keeps the content of a quoted string without its escapes.
  @inline(never)
  private mutating func unescape(_ raw: Span<UInt8>) -> LayoutEntry {
    let start = unescaped.count
    unescaped.append(unescaping: raw)
    return LayoutEntry(base &+ start, unescaped.count &- start)
  }

  /// A literal.
  @_lifetime(cursor: copy cursor)
  mutating func literal(_ cursor: inout ByteCursor) throws(SyntaxError) -> LayoutEntry {
    let isBinary = cursor.next == .tilde && context.accepts(.zeroInLiteral)
    let count = try cursor.skipLiteral(&context, isBinaryAllowed: isBinary, isZeroKept: true)
    return LayoutEntry(cursor.offset &- count, count)
  }

  /// A literal, or a `literal8`, which may hold NUL.
  @_lifetime(cursor: copy cursor)
  mutating func literal8(_ cursor: inout ByteCursor) throws(SyntaxError) -> LayoutEntry {
    let count = try cursor.skipLiteral(&context, isBinaryAllowed: true, isZeroKept: true)
    return LayoutEntry(cursor.offset &- count, count)
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
