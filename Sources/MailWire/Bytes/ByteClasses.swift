// Character classes, sixteen octets at a time, as a bit for each octet: runs, neighbours and edges are then integer
// arithmetic instead of a branch for every octet.

extension SIMDMask<SIMD16<Int8>> {
  /// A bit for each lane that is set, the first lane lowest.
  @_spi(MailCodec) @inlinable @inline(always)
  public var bits: UInt64 {
    let halves = unsafe unsafeBitCast(self, to: SIMD2<UInt64>.self)
    // The product gathers the lowest bits of eight octets in its highest octet.
    let ones: UInt64 = 0x0101_0101_0101_0101
    let gather: UInt64 = 0x0102_0408_1020_4080
    let low = ((UInt64(littleEndian: halves[0]) & ones) &* gather) &>> 56
    let high = ((UInt64(littleEndian: halves[1]) & ones) &* gather) &>> 56
    return low | high &<< 8
  }
}

extension SIMD16<UInt8> {
  /// Where an ASCII letter or digit stands.
  @_spi(MailCodec) @inlinable @inline(always)
  public var isLetterOrDigit: SIMDMask<SIMD16<Int8>> {
    // `x < 26` and `x < 10` by equality, because this compiler makes order comparisons of vectors slow calls: these are the
    // numbers that stay below the power of two when what is missing to it is added.
    let zero = SIMD16<UInt8>(repeating: 0)
    let six = SIMD16<UInt8>(repeating: 6)
    let letter = (self | SIMD16(repeating: 0x20)) &- SIMD16(repeating: 97)
    let digit = self &- SIMD16(repeating: 48)
    let isLetter = ((letter | (letter &+ six)) & SIMD16(repeating: 0xE0)) .== zero
    let isDigit = ((digit | (digit &+ six)) & SIMD16(repeating: 0xF0)) .== zero
    return isLetter .| isDigit
  }

  /// Where visible ASCII stands, `%d33-126`.
  @_spi(MailCodec) @inlinable @inline(always)
  public var isGraphic: SIMDMask<SIMD16<Int8>> {
    let top = self & SIMD16(repeating: 0xE0)
    let isControlOrAbove =
      (top .== SIMD16(repeating: 0)) .| ((top & SIMD16(repeating: 0x80)) .== SIMD16(repeating: 0x80))
    return .!(isControlOrAbove .| equals(.space) .| equals(127))
  }

  /// Where `byte` stands.
  @_spi(MailCodec) @inlinable @inline(always)
  public func equals(_ byte: UInt8) -> SIMDMask<SIMD16<Int8>> { self .== SIMD16(repeating: byte) }
}

extension Span<UInt8> {
  /// A bit for each of the 64 octets from `start` on of which `isMember` says no, the first lowest; bits behind the end of the
  /// span are clear. Nil when the span is shorter than a block and an octet, or `start` is its first octet or behind it.
  ///
  /// `isMember` is given a block and, for each octet of it, the one before. The first two blocks are judged without a branch
  /// between them, because no processor foresees where a token ends; the others only while every octet is a member.
  @_spi(MailCodec) @inlinable @inline(always)
  public func others(
    from start: Int, _ isMember: (_ block: SIMD16<UInt8>, _ before: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>>
  ) -> UInt64? {
    let raw = unsafe bytes
    let last = raw.byteCount &- 16
    guard last > 0, start > 0, start <= raw.byteCount else { return nil }
    var others: UInt64 = 0
    var offset: Int = 0
    repeat {
      // The last block ends with the span and may begin before the octets that are asked for, or lie before them all.
      let first = Swift.min(start &+ offset, last)
      let second = Swift.min(start &+ offset &+ 16, last)
      let firstBits = isMember(raw.block(at: first), raw.block(at: first &- 1)).bits ^ 0xFFFF
      let secondBits = isMember(raw.block(at: second), raw.block(at: second &- 1)).bits ^ 0xFFFF
      let bits =
        firstBits &>> UInt64(start &+ offset &- first)
        | (secondBits &>> UInt64(start &+ offset &+ 16 &- second)) &<< 16
      others |= bits &<< UInt64(offset)
      offset &+= 32
    } while others == 0 && offset < 64 && start &+ offset < raw.byteCount
    return others
  }

  /// The end of the visible ASCII from `start` on, but for `excluded`.
  @_spi(MailCodec) @inlinable @inline(always)
  public func graphicEnd(from start: Int, except excluded: UInt8) -> Int {
    var end = start
    while let others = others(from: end, { block, _ in block.isGraphic .& .!block.equals(excluded) }) {
      let length = Swift.min(others.trailingZeroBitCount, count &- end)
      end &+= length
      if length < 64 { return end }
    }
    while end < count, self[end].isASCIIGraphic, self[end] != excluded { end &+= 1 }
    return end
  }
}
