@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// Skips one value of any form: an atom, a string, or a list with whatever it holds, to any depth and without recursion.
  ///
  /// The value's octets are kept as they are: this reads what the library does not know, and what it could not understand.
  @_lifetime(cursor: copy cursor)
  mutating func skipValue(_ cursor: inout ByteCursor) throws(SyntaxError) -> LayoutEntry {
    let start = cursor.offset
    var depth = 0
    repeat {
      switch cursor.next {
      case 40:
        depth &+= 1
        cursor.offset &+= 1
      case 41 where depth > 0:
        depth &-= 1
        cursor.offset &+= 1
      case 32 where depth > 0:
        cursor.offset &+= 1
      case 34:
        _ = try quoted(&cursor)
        try requireBoundary(cursor)
      case 123:
        _ = try literal(&cursor)
        try requireBoundary(cursor)
      case 126 where cursor.offset &+ 1 < cursor.bytes.count && cursor.bytes[cursor.offset &+ 1] == 123:
        _ = try literal8(&cursor)
        try requireBoundary(cursor)
      default:
        try skipAtom(&cursor)
        try requireBoundary(cursor)
      }
    } while depth > 0
    return LayoutEntry(start, cursor.offset &- start)
  }

  /// Two values never touch.
  private func requireBoundary(_ cursor: borrowing ByteCursor) throws(SyntaxError) {
    if let next = cursor.next, !next.mayFollowString { throw cursor.unexpected }
  }

  /// Skips what is neither string nor list.
  @_lifetime(cursor: copy cursor)
  private func skipAtom(_ cursor: inout ByteCursor) throws(SyntaxError) {
    let start = cursor.offset
    while let byte = cursor.next, byte > 32, byte != 40, byte != 41, byte != 34, byte != 127 { cursor.offset &+= 1 }
    guard cursor.offset > start else { throw cursor.unexpected }
  }
}
