@_spi(MailCodec) import MailWire

/// A string as nearly all are: `NIL`, or quoted ASCII without escapes, with a space or a parenthesis behind it.
struct UsualString {
  /// Where its octets are.
  let entry: LayoutEntry
  /// The offset behind it; -1 when there is no such string.
  let end: Int

  @inline(__always) static var none: UsualString { UsualString(entry: .null, end: -1) }
}

extension RawSpan {
  /// The `nstring` at `offset` if it is a usual one. What is not, a literal for instance, is left to the general parser.
  @inline(__always)
  func usualString(at offset: Int) -> UsualString {
    guard offset &+ 8 <= byteCount else { return .none }
    let first = word(at: offset)
    guard first & 0xFF == 34 else {
      let next = UInt8(truncatingIfNeeded: first >> 24)
      guard first & 0xFF_FFFF | 0x20_2020 == packed("nil"), next == .space || next == .closeParenthesis else {
        return .none
      }
      return UsualString(entry: .null, end: offset &+ 3)
    }
    var end = offset &+ 1
    while end &+ 8 <= byteCount {
      let found = word(at: end).quotedSpecials
      guard found != 0 else {
        end &+= 8
        continue
      }
      end &+= found.trailingZeroBitCount >> 3
      guard end &+ 1 < byteCount, self[byte: end] == 34 else { return .none }
      let next = self[byte: end &+ 1]
      guard next == .space || next == .closeParenthesis else { return .none }
      return UsualString(entry: LayoutEntry(offset &+ 1, end &- offset &- 1), end: end &+ 1)
    }
    return .none
  }
}
