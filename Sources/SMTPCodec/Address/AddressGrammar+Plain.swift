@_spi(MailCodec) import MailWire

extension AddressGrammar {
  /// The end of a local part or domain that is beyond doubt: at most 63 octets, no dot at an end or beside another, no
  /// octet that only a quirk allows, and `delimiter` or nothing behind it. Nearly every address is; nil sends the others to
  /// the grammar itself.
  @inline(always)
  static func plainEnd(in span: Span<UInt8>, from start: Int, before delimiter: UInt8, isDomain: Bool) -> Int? {
    let others = span.others(from: start) { block, before in
      // Hyphen and dot are neighbours, 45 and 46: their sums tell a pair with a dot in it (91, 92) from every other pair of
      // members of a domain. In a local part `+1` has that sum, too, and takes the long way.
      let isMark = isPair(block, 45)
      let isBadPair = isDomain ? isPair(block &+ before, 91) : (block &+ before).equals(92)
      let isMember = block.isLetterOrDigit .| isMark
      if isDomain { return isMember .& .!isBadPair }
      return (isMember .| block.equals(43) .| block.equals(61) .| block.equals(95)) .& .!isBadPair
    }
    guard let others else { return nil }
    let length = min(others.trailingZeroBitCount, span.count &- start)
    let end = start &+ length
    guard length > 0, length < 64, end == span.count || span[end] == delimiter else { return nil }
    return isEdge(span[start], isDomain) && isEdge(span[end &- 1], isDomain) ? end : nil
  }

  /// Where `first` or the next number stands.
  @inline(always)
  private static func isPair(_ block: SIMD16<UInt8>, _ first: UInt8) -> SIMDMask<SIMD16<Int8>> {
    ((block &- SIMD16(repeating: first)) & SIMD16(repeating: 0xFE)).equals(0)
  }

  @inline(always)
  private static func isEdge(_ byte: UInt8, _ isDomain: Bool) -> Bool {
    byte != .dot && !(isDomain && byte == 45)
  }
}
