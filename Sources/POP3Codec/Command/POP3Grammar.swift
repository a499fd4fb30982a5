@_spi(MailCodec) import MailWire

/// What commands, responses and listings have in common.
enum POP3Grammar {
  /// Moves the cursor behind the one space between two fields; behind several by a quirk.
  @_lifetime(cursor: copy cursor)
  static func skipSpace(
    _ cursor: inout ByteCursor, _ quirks: POP3Quirks, _ used: inout POP3Quirks
  ) throws(SyntaxError) {
    guard cursor.skip(.space) else { throw cursor.error(cursor.isAtEnd ? .unexpectedEnd : .unexpectedByte) }
    guard !cursor.isAtEnd else { throw cursor.error(.unexpectedEnd) }
    guard cursor.next == .space else { return }
    let second = cursor.offset
    _ = cursor.skipAll(.space)
    if cursor.isAtEnd { throw cursor.error(.unexpectedEnd) }
    guard quirks.contains(.severalSpaces) else { throw SyntaxError(.unexpectedByte, at: second) }
    used.insert(.severalSpaces)
  }

  /// A decimal number without a sign; zeros before it by a quirk.
  @_lifetime(cursor: copy cursor)
  static func number(
    _ cursor: inout ByteCursor, upTo limit: UInt64 = .max, _ quirks: POP3Quirks, _ used: inout POP3Quirks
  ) throws(SyntaxError) -> UInt64 {
    let start = cursor.offset
    guard let number = cursor.takeNumber(upTo: limit) else { throw SyntaxError(.badNumber, at: start) }
    if cursor.bytes[start] == 48, cursor.offset - start > 1 {
      guard quirks.contains(.leadingZeros) else { throw SyntaxError(.badNumber, at: start) }
      used.insert(.leadingZeros)
    }
    return number
  }

  @_lifetime(cursor: copy cursor)
  static func messageNumber(
    _ cursor: inout ByteCursor, _ quirks: POP3Quirks, _ used: inout POP3Quirks
  ) throws(SyntaxError) -> MessageNumber {
    let start = cursor.offset
    let number = try number(&cursor, upTo: UInt64(MessageNumber.maximum), quirks, &used)
    guard number > 0 else { throw SyntaxError(.badNumber, at: start) }
    return MessageNumber(unchecked: Int(truncatingIfNeeded: number))
  }

  /// The end of the line; behind spaces by a quirk.
  @_lifetime(cursor: copy cursor)
  static func expectEnd(
    _ cursor: inout ByteCursor, _ quirks: POP3Quirks, _ used: inout POP3Quirks
  ) throws(SyntaxError) {
    guard !cursor.isAtEnd else { return }
    let end = cursor.offset
    guard quirks.contains(.trailingSpace), cursor.skipAll(.space) > 0, cursor.isAtEnd else {
      throw SyntaxError(.trailingBytes, at: end)
    }
    used.insert(.trailingSpace)
  }

  /// Refuses control characters: printable ASCII, spaces and octets above ASCII are text.
  static func checkText(_ text: Span<UInt8>, from offset: Int = 0) throws(SyntaxError) {
    for index in text.indices where text[index].isASCIIControl {
      throw SyntaxError(.unexpectedByte, at: offset + index)
    }
  }
}
