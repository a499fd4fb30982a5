@_spi(MailCodec) import MailWire

// Most parts are written in the same way: quoted strings without escapes, and `NIL`. These are read with few looks at the
// cursor and the table; whatever is not exactly as usual is left to the general parser: nothing is read then.

extension LayoutBuilder {
  /// A part's fields from its media type to its size, the opening parenthesis of which was read.
  ///
  ///     "text" "plain" ("charset" "utf-8") NIL NIL "7bit" 1152
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  mutating func usualFields(_ cursor: inout ByteCursor, _ node: Int) -> Bool {
    let raw = unsafe cursor.bytes.bytes
    let type = raw.usualString(at: cursor.offset)
    guard type.end > 0, !type.entry.isNull, raw[byte: type.end] == .space else { return false }
    let subtype = raw.usualString(at: type.end &+ 1)
    guard subtype.end > 0, !subtype.entry.isNull, raw[byte: subtype.end] == .space else { return false }
    let first = entries.count
    let end = usualParameters(raw, at: subtype.end &+ 1)
    let parameters = entries.count == first ? LayoutEntry.null : LayoutEntry(first, entries.count &- first)
    if end > 0, usualRest(raw, at: end, node, &cursor) {
      var table = entries.mutableSpan
      table[node &+ BodyNode.mediaType] = type.entry
      table[node &+ BodyNode.subtype] = subtype.entry
      table[node &+ BodyNode.parameters] = parameters
      return true
    }
    entries.removeLast(entries.count &- first)
    return false
  }

  /// `("charset" "utf-8")` or `NIL`, and a space behind it; returns the offset behind that, or -1.
  @inline(__always)
  private mutating func usualParameters(_ raw: RawSpan, at start: Int) -> Int {
    guard start &+ 8 <= raw.byteCount else { return -1 }
    guard raw[byte: start] == .openParenthesis else {
      let none = raw.usualString(at: start)
      return none.end > 0 && none.entry.isNull && raw[byte: none.end] == .space ? none.end &+ 1 : -1
    }
    var offset = start &+ 1
    let limit = context.limits.elements
    var count = 0
    while count < limit {
      count &+= 1
      let name = raw.usualString(at: offset)
      guard name.end > 0, !name.entry.isNull, raw[byte: name.end] == .space else { return -1 }
      let value = raw.usualString(at: name.end &+ 1)
      guard value.end > 0, !value.entry.isNull, value.end &+ 1 < raw.byteCount else { return -1 }
      entries.append(addingCapacity: 2) { output in
        output.append(name.entry)
        output.append(value.entry)
      }
      offset = value.end &+ 1
      guard raw[byte: value.end] == .closeParenthesis else { continue }
      return raw[byte: offset] == .space ? offset &+ 1 : -1
    }
    return -1
  }

  /// `NIL NIL "7bit" 1152`
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  private mutating func usualRest(_ raw: RawSpan, at start: Int, _ node: Int, _ cursor: inout ByteCursor) -> Bool {
    let identifier = raw.usualString(at: start)
    guard identifier.end > 0, raw[byte: identifier.end] == .space else { return false }
    let description = raw.usualString(at: identifier.end &+ 1)
    guard description.end > 0, raw[byte: description.end] == .space else { return false }
    let encoding = raw.usualString(at: description.end &+ 1)
    guard encoding.end > 0, !encoding.entry.isNull, raw[byte: encoding.end] == .space else { return false }
    let (octets, digits) = raw.number(at: encoding.end &+ 1)
    let end = encoding.end &+ 1 &+ digits
    guard digits > 0, end < raw.byteCount, raw[byte: end] == .space || raw[byte: end] == .closeParenthesis else {
      return false
    }
    var table = entries.mutableSpan
    table[node &+ BodyNode.contentID] = identifier.entry
    table[node &+ BodyNode.description] = description.entry
    table[node &+ BodyNode.encoding] = encoding.entry
    table[node &+ BodyNode.octets] = LayoutEntry(number: octets)
    cursor.offset = end
    return true
  }

  /// ` NIL NIL NIL NIL)`, the extension data of most parts.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  func skipAbsentExtensions(_ cursor: inout ByteCursor, isSingle: Bool) -> Bool {
    let raw = unsafe cursor.bytes.bytes
    let start = cursor.offset
    let length = isSingle ? 17 : 13
    guard start &+ 17 <= raw.byteCount else { return false }
    let letters: UInt64 = 0x2020_2000_2020_2000
    guard raw.word(at: start) | letters == packed(" nil nil"), raw[byte: start &+ length &- 1] == .closeParenthesis,
      raw.word(at: start &+ length &- 9) | letters == packed(" nil nil")
    else { return false }
    cursor.offset = start &+ length
    return true
  }
}
