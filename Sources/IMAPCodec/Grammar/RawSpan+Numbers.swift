extension RawSpan {
  /// The number of up to eighteen decimal digits at `offset`, and how many digits it has: eight at once, the rest one by one.
  /// Zero digits when there is none, when there are more, or when fewer than eight octets are left.
  @inline(__always)
  func number(at offset: Int) -> (value: UInt64, digits: Int) {
    guard offset &+ 8 <= byteCount else { return (0, 0) }
    let word = self.word(at: offset) ^ 0x3030_3030_3030_3030
    // The top bit of the lowest octet that is no digit; a carry can only spoil the octets behind it.
    let others = ((word &+ 0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080
    let count = others.trailingZeroBitCount >> 3
    guard count > 0 else { return (0, 0) }
    // The digits at the top, zeros below: then neighbours are joined, twos, fours and eights of digits.
    var value = word &<< UInt64(64 &- count &* 8)
    value = (value &* 10 &+ value >> 8) & 0x00FF_00FF_00FF_00FF
    value = (value &* 100 &+ value >> 16) & 0x0000_FFFF_0000_FFFF
    value = (value &* 10_000 &+ value >> 32) & 0xFFFF_FFFF
    return count < 8 ? (value, count) : longNumber(value, at: offset)
  }

  /// The number that goes on behind its first eight digits.
  @inline(__always)
  private func longNumber(_ start: UInt64, at offset: Int) -> (value: UInt64, digits: Int) {
    var value = start
    var end = offset &+ 8
    while end < byteCount {
      let digit = unsafe unsafeLoad(fromByteOffset: end, as: UInt8.self) &- 48
      guard digit < 10 else { break }
      guard end &- offset < 18 else { return (0, 0) }
      value = value &* 10 &+ UInt64(digit)
      end &+= 1
    }
    return (value, end &- offset)
  }
}
