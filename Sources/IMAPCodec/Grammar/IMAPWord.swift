@_spi(MailCodec) import MailWire

/// A keyword of up to sixteen octets in two integers, letters in lower case, so that a `switch` over keywords compares
/// integers. A longer word equals none.
struct IMAPWord: Equatable {
  let low: UInt64
  let high: UInt64
  let count: Int

  @inline(__always)
  init(low: UInt64, high: UInt64, count: Int) {
    self.low = low
    self.high = high
    self.count = count
  }

  /// The word of a literal in the source, at most sixteen octets long.
  @inline(__always)
  init(_ keyword: StaticString) {
    low = packed(keyword)
    var value: UInt64 = 0
    let start = unsafe keyword.utf8Start
    var index = 8
    while index < keyword.utf8CodeUnitCount {
      value |= UInt64(unsafe start[index].asciiLowercased) << UInt64((index &- 8) &* 8)
      index &+= 1
    }
    high = value
    count = keyword.utf8CodeUnitCount
  }

  /// The word of these octets.
  @inline(__always)
  init(_ span: Span<UInt8>) {
    var low: UInt64 = 0
    var high: UInt64 = 0
    for index in 0..<min(span.count, 16) {
      let byte = UInt64(span[index].asciiLowercased)
      if index < 8 { low |= byte << UInt64(index &* 8) } else { high |= byte << UInt64((index &- 8) &* 8) }
    }
    self.low = low
    self.high = high
    count = span.count
  }
}

extension UInt64 {
  /// Eight octets with `A…Z` folded to `a…z`, all at once.
  @inline(__always)
  var asciiLowercased: UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let low = self & (ones &* 0x7F)
    // The top bit of each octet says: at least `A`, and beyond `Z`.
    let fromA = low &+ ones &* (0x80 - 0x41)
    let beyondZ = low &+ ones &* (0x7F - 0x5A)
    let isUpper = (fromA ^ beyondZ) & ~self & (ones &* 0x80)
    return self | isUpper >> 2
  }

  /// The top bit of the lowest octet that ends a keyword: a control, SP, `(`, `)` or `[`. Higher bits may be wrong.
  @inline(__always)
  var keywordEnds: UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let parentheses = (self & (ones &* 0xFE)) ^ (ones &* 0x28)
    let bracket = self ^ (ones &* 0x5B)
    let controls = (self &- ones &* 33) & ~self
    return (controls | (parentheses &- ones) & ~parentheses | (bracket &- ones) & ~bracket) & (ones &* 0x80)
  }
}
