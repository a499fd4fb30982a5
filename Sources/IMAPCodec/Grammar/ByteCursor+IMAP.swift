@_spi(MailCodec) import MailWire

// What every IMAP parser reads: single octets, keywords, `NIL` and numbers.

extension RawSpan {
  /// Eight octets from `offset` as one integer, first octet lowest, with zeros for what lies behind the end. There are eight
  /// octets in all, at least.
  @inline(__always)
  func paddedWord(at offset: Int) -> UInt64 {
    let missing = offset &+ 8 &- byteCount
    if missing <= 0 { return word(at: offset) }
    return missing < 8 ? word(at: byteCount &- 8) >> UInt64(missing &* 8) : 0
  }

  /// Eight octets from `offset` as one integer, first octet lowest.
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    unsafe UInt64(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }
}

extension ByteCursor {
  /// Consumes `byte`, which must be next.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func expect(_ byte: UInt8) throws(SyntaxError) {
    guard offset < bytes.count, bytes[offset] == byte else { throw unexpected }
    offset &+= 1
  }

  /// The error for the next octet, or for its absence.
  var unexpected: SyntaxError { error(isAtEnd ? .unexpectedEnd : .unexpectedByte) }

  /// Consumes a keyword: everything up to a control, SP, `(`, `)` or `[`, eight octets at a time.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func takeKeyword() -> IMAPWord {
    let raw = unsafe bytes.bytes
    let start = offset
    guard start &+ 16 <= raw.byteCount else { return takeKeywordSlowly() }
    let first = raw.word(at: start)
    let ends = first.keywordEnds
    if ends != 0 {
      let count = ends.trailingZeroBitCount >> 3
      offset = start &+ count
      return IMAPWord(low: first.asciiLowercased & ((1 << UInt64(count &* 8)) &- 1), high: 0, count: count)
    }
    let second = raw.word(at: start &+ 8)
    let more = second.keywordEnds
    guard more != 0 else { return takeKeywordSlowly() }
    let count = more.trailingZeroBitCount >> 3
    offset = start &+ 8 &+ count
    let high = second.asciiLowercased & ((1 << UInt64(count &* 8)) &- 1)
    return IMAPWord(low: first.asciiLowercased, high: high, count: count &+ 8)
  }

  @inline(never)
  @_lifetime(self: copy self)
  private mutating func takeKeywordSlowly() -> IMAPWord {
    IMAPWord(take { $0 > 32 && $0 != 40 && $0 != 41 && $0 != 91 })
  }

  /// Consumes `NIL` when it is next, as a whole word.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func skipNil() -> Bool {
    let start = offset
    guard start &+ 3 <= bytes.count, bytes[start] | 32 == 110, bytes[start &+ 1] | 32 == 105,
      bytes[start &+ 2] | 32 == 108
    else { return false }
    if start &+ 3 < bytes.count {
      switch bytes[start &+ 3] {
      case 32, 40, 41, 93, 13, 10: break
      default: return false
      }
    }
    offset = start &+ 3
    return true
  }

  /// `number64`: decimal digits, at most 9,223,372,036,854,775,807.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func takeNumber64() throws(SyntaxError) -> UInt64 {
    let (value, digits) = unsafe bytes.bytes.number(at: offset)
    guard digits > 0 else { return try takeUnusualNumber() }
    offset &+= digits
    return value
  }

  /// A number near the end of the text, or a very long one.
  @inline(never)
  @_lifetime(self: copy self)
  private mutating func takeUnusualNumber() throws(SyntaxError) -> UInt64 {
    let start = offset
    guard let value = takeNumber(upTo: UInt64(Int64.max)) else { throw SyntaxError(.badNumber, at: start) }
    return value
  }

  /// `number`: decimal digits, at most 4,294,967,295.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func takeNumber32() throws(SyntaxError) -> UInt32 {
    let start = offset
    let value = try takeNumber64()
    guard let number = UInt32(exactly: value) else { throw SyntaxError(.badNumber, at: start) }
    return number
  }
}
