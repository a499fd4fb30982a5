@_spi(MailCodec) import MailWire

/// A keyword of letters: sixteen of them as integers, in lower case, and how many there are.
struct Keyword {
  let low: UInt64
  let high: UInt64
  let count: Int

  /// Whether it is the keyword of a literal in the source, of at most sixteen letters; used where the first eight agree.
  @inline(__always)
  func hasTail(_ keyword: StaticString) -> Bool {
    var value: UInt64 = 0
    let start = unsafe keyword.utf8Start
    var index = 8
    while index < keyword.utf8CodeUnitCount {
      value |= UInt64(unsafe start[index].asciiLowercased) << UInt64((index &- 8) &* 8)
      index &+= 1
    }
    return high == value
  }
}

extension ByteCursor {
  /// The error for the next octet, or for its absence.
  var fault: SyntaxError { error(isAtEnd ? .unexpectedEnd : .unexpectedByte) }

  /// Consumes `byte`, which must be next.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func require(_ byte: UInt8) throws(SyntaxError) {
    guard skip(byte) else { throw fault }
  }

  /// Consumes one space, or several by a quirk.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func requireSpace(_ context: inout ParseContext) throws(SyntaxError) {
    guard skip(.space) else { throw fault }
    if next == .space, context.accepts(.severalSpaces) { _ = skipAll(.space) }
  }

  /// Consumes letters, eight octets at a time where so many are left.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func takeKeywordLetters() -> Keyword {
    let raw = unsafe bytes.bytes
    let start = offset
    guard start &+ 16 <= raw.byteCount else { return takeKeywordLettersSlowly() }
    let first = raw.word(at: start)
    let firstEnds = first.nonLetters
    if firstEnds != 0 {
      let count = firstEnds.trailingZeroBitCount >> 3
      offset = start &+ count
      return Keyword(low: first.letters(count), high: 0, count: count)
    }
    let second = raw.word(at: start &+ 8)
    let secondEnds = second.nonLetters
    guard secondEnds != 0 else { return takeKeywordLettersSlowly() }
    let count = secondEnds.trailingZeroBitCount >> 3
    offset = start &+ 8 &+ count
    return Keyword(low: first | 0x2020_2020_2020_2020, high: second.letters(count), count: count &+ 8)
  }

  @inline(never)
  @_lifetime(self: copy self)
  private mutating func takeKeywordLettersSlowly() -> Keyword {
    let start = offset
    let (low, count) = takeWord()
    guard count > 8 else { return Keyword(low: low, high: 0, count: count) }
    var high: UInt64 = 0
    for index in 8..<Swift.min(16, count) {
      high |= UInt64(bytes[start &+ index].asciiLowercased) << UInt64((index &- 8) &* 8)
    }
    return Keyword(low: low, high: high, count: count)
  }

  /// Consumes a keyword of the source if it is next, as a whole word of letters.
  @_lifetime(self: copy self)
  mutating func skipKeyword(_ keyword: StaticString) -> Bool {
    let start = offset
    let found = takeKeywordLetters()
    if found.low == packed(keyword), found.count == keyword.utf8CodeUnitCount, found.hasTail(keyword) { return true }
    offset = start
    return false
  }

  /// A number up to `limit`.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func requireNumber(upTo limit: UInt64 = UInt64(Int64.max), least: UInt64 = 0) throws(SyntaxError) -> UInt64 {
    let start = offset
    guard let number = takeNumber(upTo: limit), number >= least else {
      throw SyntaxError(isAtEnd && offset == start ? .unexpectedEnd : .badNumber, at: start)
    }
    return number
  }

  /// What may stand behind a command: nothing, or spaces by a quirk.
  @_lifetime(self: copy self)
  mutating func requireEnd(_ context: inout ParseContext) throws(SyntaxError) {
    guard !isAtEnd else { return }
    let end = offset
    guard next == .space, context.accepts(.trailingSpace), skipAll(.space) > 0, isAtEnd else {
      throw SyntaxError(.trailingBytes, at: end)
    }
  }
}

extension UInt64 {
  /// Of eight octets, the top bit of each that is no ASCII letter.
  @inline(__always)
  fileprivate var nonLetters: UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let folded = (self | ones &* 0x20) & (ones &* 0x7F)
    // The top bit says: at least `a`, and beyond `z`; seven bits cannot carry into the next octet.
    let fromA = folded &+ ones &* (0x80 - 0x61)
    let beyondZ = folded &+ ones &* (0x7F - 0x7A)
    return (~fromA | beyondZ | self) & (ones &* 0x80)
  }

  /// The lowest `count` octets, which are letters, in lower case; fewer than eight.
  @inline(__always)
  fileprivate func letters(_ count: Int) -> UInt64 {
    (self | 0x2020_2020_2020_2020) & ((1 << UInt64(count &* 8)) &- 1)
  }
}
