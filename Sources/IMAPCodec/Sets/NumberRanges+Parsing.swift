@_spi(MailCodec) import MailWire

extension NumberRanges {
  /// Parses `1*(number / "*") [":" …]` separated by commas; bounds may stand in either order.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, elements: Int) throws(SyntaxError) -> NumberRanges {
    var set = NumberRanges()
    var count = 0
    repeat {
      // An estimate that the text bounds: a range and its comma have six octets or more, as a rule.
      if count == 1 { set.reserve(2 &+ Swift.min(cursor.remaining, 256) / 8) }
      guard count < elements else { throw cursor.error(.tooMany) }
      count &+= 1
      let first = try bound(&cursor)
      set.add(first, cursor.skip(.colon) ? try bound(&cursor) : first)
    } while cursor.skipComma()
    set.normalise()
    return set
  }

  /// `nz-number` or `*`.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  private static func bound(_ cursor: inout ByteCursor) throws(SyntaxError) -> UInt64 {
    if let number = cursor.takeNonZero32() { return UInt64(number) }
    guard cursor.skip(.asterisk) else { throw cursor.error(cursor.isAtEnd ? .unexpectedEnd : .badNumber) }
    return star
  }

  func write(to writer: inout IMAPWriter) {
    var isFirst = true
    forEachRange { range in
      if !isFirst { writer.append(.comma) }
      isFirst = false
      writer.append(decimal: UInt64(range.lowerBound))
      guard range.lowerBound != range.upperBound else { return }
      writer.append(.colon)
      writer.append(decimal: UInt64(range.upperBound))
    }
    guard tail != 0 else { return }
    if !isFirst { writer.append(.comma) }
    if tail < Self.star {
      writer.append(decimal: tail)
      writer.append(.colon)
    }
    writer.append(.asterisk)
  }
}

extension ByteCursor {
  /// Consumes a comma that `$` does not follow.
  @inline(__always)
  @_lifetime(self: copy self)
  fileprivate mutating func skipComma() -> Bool {
    guard next == .comma, remaining < 2 || bytes[offset &+ 1] != 36 else { return false }
    offset &+= 1
    return true
  }

  /// Consumes `,$`.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func skipSavedResult() -> Bool {
    guard remaining > 1, bytes[offset] == .comma, bytes[offset &+ 1] == 36 else { return false }
    offset &+= 2
    return true
  }

  /// `nz-number`: no leading zero, at most 4,294,967,295. Nil, and nothing consumed, for anything else.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func takeNonZero32() -> UInt32? {
    let start = offset
    guard start < bytes.count, bytes[start] &- 49 < 9 else { return nil }
    let (value, digits) = unsafe bytes.bytes.number(at: start)
    guard digits > 0 else { return takeUnusualNonZero32() }
    guard value <= UInt64(UInt32.max) else { return nil }
    offset = start &+ digits
    return UInt32(truncatingIfNeeded: value)
  }

  /// A number near the end of the text, or a very long one; its first digit is no zero.
  @inline(never)
  @_lifetime(self: copy self)
  private mutating func takeUnusualNonZero32() -> UInt32? {
    let start = offset
    var value: UInt64 = 0
    var end = start
    while end < bytes.count {
      let digit = bytes[end] &- 48
      guard digit < 10 else { break }
      // Ten digits stay below 2³⁴; an eleventh is one too many.
      guard end &- start < 10 else { return nil }
      value = value &* 10 &+ UInt64(digit)
      end &+= 1
    }
    guard value <= UInt64(UInt32.max) else { return nil }
    offset = end
    return UInt32(truncatingIfNeeded: value)
  }
}
