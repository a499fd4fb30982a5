@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// `body-fld-param`: a run of pairs.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  mutating func parameters(_ cursor: inout ByteCursor) throws(SyntaxError) -> LayoutEntry {
    guard cursor.skip(.openParenthesis) else {
      guard cursor.skipNil() else { throw cursor.unexpected }
      return .null
    }
    if cursor.next == .closeParenthesis, context.accepts(.emptyList) {
      cursor.offset &+= 1
      return .null
    }
    let first = entries.count
    var count = 0
    repeat {
      guard count < context.limits.elements else { throw cursor.error(.tooMany) }
      count &+= 1
      entries.append(try requiredString(&cursor))
      try space(&cursor)
      entries.append(try requiredString(&cursor))
    } while cursor.skip(.space)
    try close(&cursor)
    return LayoutEntry(first, entries.count &- first)
  }

  /// `body-ext-1part` or the rest of `body-ext-mpart`, and the part's closing parenthesis.
  @_lifetime(cursor: copy cursor)
  mutating func extensions(
    _ cursor: inout ByteCursor, _ node: Int, isSingle: Bool
  ) throws(SyntaxError) {
    if skipAbsentExtensions(&cursor, isSingle: isSingle) { return }
    if isSingle {
      guard try isMore(&cursor) else { return }
      entries[node &+ BodyNode.md5] = try nstring(&cursor)
    }
    guard try isMore(&cursor) else { return }
    let isSwapped = try disposition(&cursor, node, isSingle: isSingle)
    guard try isMore(&cursor) else { return }
    if isSwapped {
      _ = try disposition(&cursor, node, isSingle: isSingle)
    } else {
      let languages = try languages(&cursor)
      entries[node &+ BodyNode.languages] = languages
    }
    guard try isMore(&cursor) else { return }
    entries[node &+ BodyNode.location] = try nstring(&cursor)
    guard try isMore(&cursor) else { return }
    let start = cursor.offset
    repeat { _ = try skipValue(&cursor) } while cursor.skip(.space)
    entries[node &+ BodyNode.extensions] = LayoutEntry(start, cursor.offset &- start)
    try close(&cursor)
  }

  /// Whether another field follows; else the closing parenthesis is read.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  private mutating func isMore(_ cursor: inout ByteCursor) throws(SyntaxError) -> Bool {
    if cursor.skip(.closeParenthesis) { return false }
    try space(&cursor)
    guard cursor.next == .closeParenthesis, context.accepts(.spaceBeforeParenthesis) else { return true }
    cursor.offset &+= 1
    return false
  }

  /// `body-fld-dsp`: `"(" string SP body-fld-param ")" / nil`. True when the language stood there, so that the disposition comes
  /// next.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  private mutating func disposition(
    _ cursor: inout ByteCursor, _ node: Int, isSingle: Bool
  ) throws(SyntaxError) -> Bool {
    if cursor.skipNil() { return false }
    let start = cursor.offset
    if cursor.skip(.openParenthesis), cursor.next == .quote {
      let type = try quoted(&cursor)
      if cursor.skip(.space), let next = cursor.next, next == .openParenthesis || next | 32 == 110 {
        entries[node &+ BodyNode.disposition] = type
        let parameters = try parameters(&cursor)
        entries[node &+ BodyNode.dispositionParameters] = parameters
        try close(&cursor)
        return false
      }
    }
    cursor.offset = start
    return try unusualDisposition(&cursor, node, isSingle: isSingle)
  }

  /// Types as literals, and what servers write instead of a disposition.
  ///
  ///     "inline"      (NIL NIL)      ("attachment")      ("attachment" "name")      "en" ("inline" NIL)
  @inline(never)
  @_lifetime(cursor: copy cursor)
  private mutating func unusualDisposition(
    _ cursor: inout ByteCursor, _ node: Int, isSingle: Bool
  ) throws(SyntaxError) -> Bool {
    if isSwapped(cursor), context.accepts(.swappedDisposition) {
      let languages = try languages(&cursor)
      entries[node &+ BodyNode.languages] = languages
      return true
    }
    guard cursor.skip(.openParenthesis) else {
      try bareDisposition(&cursor, node, isSingle: isSingle)
      return false
    }
    let start = cursor.offset
    let type = try nstring(&cursor)
    entries[node &+ BodyNode.disposition] = type
    if type.isNull, !context.accepts(.bareDisposition) { throw SyntaxError(.unexpectedByte, at: start) }
    if cursor.next == .closeParenthesis, context.accepts(.bareDisposition) {
      cursor.offset &+= 1
      return false
    }
    try space(&cursor)
    if cursor.next == .quote, context.accepts(.bareDisposition) {
      _ = try quoted(&cursor)
    } else {
      let parameters = try parameters(&cursor)
      entries[node &+ BodyNode.dispositionParameters] = parameters
    }
    try close(&cursor)
    return false
  }

  /// Whether a disposition of a usual type stands behind the next value.
  private mutating func isSwapped(_ cursor: borrowing ByteCursor) -> Bool {
    var ahead = ByteCursor(cursor.bytes)
    ahead.offset = cursor.offset
    do throws(SyntaxError) {
      _ = try skipValue(&ahead)
      try ahead.expect(.space)
      try ahead.expect(.openParenthesis)
      let type = try quoted(&ahead)
      try ahead.expect(.space)
      return isUsualDisposition(type, cursor.bytes) && (ahead.next == .openParenthesis || ahead.skipNil())
    } catch { return false }
  }

  private func isUsualDisposition(_ type: LayoutEntry, _ bytes: Span<UInt8>) -> Bool {
    guard type.end <= bytes.count else { return false }
    let word = IMAPWord(bytes.extracting(type.start..<type.end))
    return word == IMAPWord("inline") || word == IMAPWord("attachment")
  }

  /// A string where the disposition must be a list: `"inline"`, or a multipart's description.
  @inline(never)
  @_lifetime(cursor: copy cursor)
  private mutating func bareDisposition(
    _ cursor: inout ByteCursor, _ node: Int, isSingle: Bool
  ) throws(SyntaxError) {
    let start = cursor.offset
    let string = try self.string(&cursor)
    let isDisposition = isSingle || isUsualDisposition(string, cursor.bytes)
    guard context.accepts(isDisposition ? .bareDisposition : .descriptionInMultipart) else {
      throw SyntaxError(.unexpectedByte, at: start)
    }
    entries[node &+ (isDisposition ? BodyNode.disposition : BodyNode.description)] = string
  }

  /// `body-fld-lang`: `nstring / "(" string *(SP string) ")"`, as a run of strings.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  private mutating func languages(_ cursor: inout ByteCursor) throws(SyntaxError) -> LayoutEntry {
    let first = entries.count
    guard cursor.skip(.openParenthesis) else {
      let language = try nstring(&cursor)
      if language.isNull { return .null }
      entries.append(language)
      return LayoutEntry(first, 1)
    }
    repeat {
      guard entries.count &- first < context.limits.elements else { throw cursor.error(.tooMany) }
      if cursor.skipNil() {
        guard context.accepts(.nilInLanguages) else { throw SyntaxError(.unexpectedByte, at: cursor.offset &- 3) }
        continue
      }
      entries.append(try string(&cursor))
    } while cursor.skip(.space)
    try close(&cursor)
    return entries.count == first ? .null : LayoutEntry(first, entries.count &- first)
  }
}
