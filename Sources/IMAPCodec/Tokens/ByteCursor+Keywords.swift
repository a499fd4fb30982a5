@_spi(MailCodec) import MailWire

extension ByteCursor {
  /// Consumes one space, or several by a quirk.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func requireSpace(_ context: inout ParseContext) throws(SyntaxError) {
    guard skip(.space) else { throw unexpected }
    if next == .space, context.accepts(.severalSpaces) { _ = skipAll(.space) }
  }

  /// Consumes the name of a parameter; a bracket makes it one that nobody knows.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func takeName() -> IMAPWord {
    let word = takeKeyword()
    return next == .openBracket ? IMAPWord(low: 0, high: 0, count: -1) : word
  }

  /// Consumes a space that an opening parenthesis follows.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func skipSpaceBeforeList() -> Bool {
    guard offset &+ 1 < bytes.count, bytes[offset] == .space, bytes[offset &+ 1] == .openParenthesis else {
      return false
    }
    offset &+= 1
    return true
  }

  /// Whether a space and a quoted string or a literal are next.
  var isStringBehindSpace: Bool {
    guard remaining > 1, next == .space else { return false }
    return bytes[offset &+ 1] == .quote || bytes[offset &+ 1] == .openBrace
  }

  /// Consumes a keyword of letters, eight octets at a time where so many are left.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func takeLetters() -> IMAPWord {
    let raw = unsafe bytes.bytes
    let start = offset
    guard raw.byteCount >= 8 else { return takeLettersSlowly() }
    let first = raw.paddedWord(at: start)
    let firstEnds = first.nonLetters
    if firstEnds != 0 {
      let count = firstEnds.trailingZeroBitCount >> 3
      offset = start &+ count
      return IMAPWord(low: first.letters(count), high: 0, count: count)
    }
    let second = raw.paddedWord(at: start &+ 8)
    let secondEnds = second.nonLetters
    guard secondEnds != 0 else { return takeLettersSlowly() }
    let count = secondEnds.trailingZeroBitCount >> 3
    offset = start &+ 8 &+ count
    return IMAPWord(low: first | 0x2020_2020_2020_2020, high: second.letters(count), count: count &+ 8)
  }

  @inline(never)
  @_lifetime(self: copy self)
  private mutating func takeLettersSlowly() -> IMAPWord { IMAPWord(take { $0.isASCIILetter }) }

  /// Consumes a keyword of the source if it is next, as a whole word of letters.
  @_lifetime(self: copy self)
  mutating func skipKeyword(_ keyword: StaticString) -> Bool {
    let start = offset
    if takeLetters() == IMAPWord(keyword) { return true }
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
