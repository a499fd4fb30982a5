@_spi(MailCodec) import MailWire

/// Reads the fields of a header: of a message, of a part of one, of a block of a report.
///
/// Line ends are CRLF or LF. What is no field is skipped; a field goes on as long as lines begin with a space.
struct HeaderFields: ~Escapable {
  private var cursor: ByteCursor

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>) { cursor = ByteCursor(bytes) }

  /// Where the next field begins, or what follows the empty line.
  var offset: Int { cursor.offset }

  /// Moves to the next field and says where its name and its value are; nil at the empty line, which is consumed, and at
  /// the end.
  @_lifetime(self: copy self)
  mutating func next() -> (name: Range<Int>, value: Range<Int>)? {
    while !cursor.isAtEnd {
      let start = cursor.offset
      var end = skipLine()
      if end == start { return nil }
      let first = cursor.bytes[start]
      if first == .space || first == 9 { continue }
      guard let colon = colon(from: start, to: end) else { continue }
      while let byte = cursor.next, byte == .space || byte == 9 { end = skipLine() }
      var nameEnd = colon
      while nameEnd > start, cursor.bytes[nameEnd - 1] == .space { nameEnd -= 1 }
      return (start..<nameEnd, (colon + 1)..<max(end, colon + 1))
    }
    return nil
  }

  private func colon(from start: Int, to end: Int) -> Int? {
    var index = start
    while index < end, cursor.bytes[index] != 58 {
      guard cursor.bytes[index].isASCIIPrintable, index - start < 200 else { return nil }
      index += 1
    }
    return index < end && index > start ? index : nil
  }

  /// Moves behind the line and returns where its text ends.
  @_lifetime(self: copy self)
  private mutating func skipLine() -> Int {
    let start = cursor.offset
    guard let lineFeed = cursor.bytes.firstIndex(of: .lineFeed, from: start) else {
      cursor.offset = cursor.bytes.count
      return cursor.bytes.count
    }
    cursor.offset = lineFeed + 1
    return lineFeed > start && cursor.bytes[lineFeed - 1] == .carriageReturn ? lineFeed - 1 : lineFeed
  }
}
