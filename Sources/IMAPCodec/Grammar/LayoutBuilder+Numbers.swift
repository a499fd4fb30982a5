@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// A size or count: digits, and with quirks what some servers write instead.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  mutating func number(_ cursor: inout ByteCursor) throws(SyntaxError) -> UInt64 {
    let start = cursor.offset
    let value: UInt64
    if let next = cursor.next, next &- 48 < 10 {
      value = try cursor.takeNumber64()
      if cursor.next != 46 { return value }
    }
    cursor.offset = start
    return try unusualNumber(&cursor)
  }

  /// `-1`, which means nothing and becomes zero, or `9.3736e+06`.
  @inline(never)
  @_lifetime(cursor: copy cursor)
  private mutating func unusualNumber(_ cursor: inout ByteCursor) throws(SyntaxError) -> UInt64 {
    let start = cursor.offset
    if cursor.skip(45) {
      _ = try cursor.takeNumber64()
      guard context.accepts(.negativeNumber) else { throw SyntaxError(.badNumber, at: start) }
      return 0
    }
    guard let value = floatingPoint(&cursor), context.accepts(.floatingNumber) else {
      throw SyntaxError(.badNumber, at: start)
    }
    return value
  }

  /// `digits "." digits "e" ["+"] digits`, a whole number below 2⁶³.
  @_lifetime(cursor: copy cursor)
  private func floatingPoint(_ cursor: inout ByteCursor) -> UInt64? {
    guard var value = cursor.takeNumber(upTo: 9), cursor.skip(46) else { return nil }
    var decimals = 0
    while let byte = cursor.next, byte &- 48 < 10, decimals < 17 {
      value = value &* 10 &+ UInt64(byte &- 48)
      decimals &+= 1
      cursor.offset &+= 1
    }
    guard decimals > 0, let sign = cursor.next, sign | 32 == 101 else { return nil }
    cursor.offset &+= 1
    _ = cursor.skip(43)
    guard let exponent = cursor.takeNumber(upTo: 18) else { return nil }
    while decimals > Int(exponent) {
      value /= 10
      decimals &-= 1
    }
    while decimals < Int(exponent) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      guard !overflow, product <= UInt64(Int64.max) else { return nil }
      value = product
      decimals &+= 1
    }
    return value
  }

  /// The space between two things; with the quirk, more than one.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  mutating func space(_ cursor: inout ByteCursor) throws(SyntaxError) {
    try cursor.expect(.space)
    if cursor.next == .space { try skipSpaces(&cursor, .severalSpaces) }
  }

  /// A closing parenthesis; with the quirk, behind spaces.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  mutating func close(_ cursor: inout ByteCursor) throws(SyntaxError) {
    if cursor.next == .space { try skipSpaces(&cursor, .spaceBeforeParenthesis) }
    try cursor.expect(.closeParenthesis)
  }

  /// Skips spaces where the grammar has none, if the quirk for them is accepted.
  @inline(never)
  @_lifetime(cursor: copy cursor)
  mutating func skipSpaces(_ cursor: inout ByteCursor, _ quirk: IMAPQuirks) throws(SyntaxError) {
    guard context.accepts(quirk) else { throw cursor.unexpected }
    _ = cursor.skipAll(.space)
  }
}
