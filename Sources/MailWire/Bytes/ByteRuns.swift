// Runs of a character class are found eight octets at a time in one integer, because this compiler makes a call of each vector
// comparison but equality, and a table costs a load an octet.

extension Span<UInt8> {
  /// The end of the run from `start` of letters, digits and hyphens: labels, keywords, most of every address.
  @_spi(MailCodec)
  public func endOfWord(from start: Int) -> Int {
    endOfRun(from: start) { octets in
      let low = octets & ~.tops
      let folded = low | 0x20 &* .ones
      let letters = folded.reaching(97) & ~folded.reaching(123)
      let digits = low.reaching(48) & ~low.reaching(58)
      let isHyphen = ~(low ^ 45 &* .ones).reaching(1)
      return octets | ~(letters | digits | isHyphen)
    }
  }

  /// The end of the run from `start` of visible ASCII but `exception`.
  @_spi(MailCodec)
  public func endOfGraphic(from start: Int, except exception: UInt8) -> Int {
    let exceptions = UInt64(exception) &* .ones
    return endOfRun(from: start) { octets in
      let low = octets & ~.tops
      let graphic = low.reaching(33) & ~low.reaching(127)
      return octets | ~(graphic & (low ^ exceptions).reaching(1))
    }
  }

  /// The end of the run from `start` of octets other than CR and NUL.
  @_spi(MailCodec)
  public func endOfText(from start: Int) -> Int {
    endOfRun(from: start) { octets in
      let low = octets & ~.tops
      return ~(octets | low.reaching(1) & (low ^ 13 &* .ones).reaching(1))
    }
  }

  /// The first offset from `start` whose octet `findOthers` marks with its top bit; the last eight octets are looked at
  /// again when fewer are left, without those that were seen.
  @inline(always)
  private func endOfRun(from start: Int, _ findOthers: (UInt64) -> UInt64) -> Int {
    let raw = unsafe bytes
    let count = raw.byteCount
    var offset = start
    guard count >= 8 else {
      while offset < count, findOthers(UInt64(raw[byte: offset])) & 0x80 == 0 { offset &+= 1 }
      return offset
    }
    while offset < count {
      let base = Swift.min(offset, count &- 8)
      let unseen = UInt64.max &<< UInt64(truncatingIfNeeded: (offset &- base) &* 8)
      let others = findOthers(raw.word(at: base)) & .tops & unseen
      if others != 0 { return base &+ others.trailingZeroBitCount &>> 3 }
      offset = base &+ 8
    }
    return count
  }
}

extension UInt64 {
  fileprivate static var ones: UInt64 { 0x0101_0101_0101_0101 }
  fileprivate static var tops: UInt64 { 0x8080_8080_8080_8080 }

  /// The top bit of each octet that is at least `bound`. The octets are below 128, so none carries into the next.
  @inline(always)
  fileprivate func reaching(_ bound: UInt64) -> UInt64 { self &+ (128 &- bound) &* .ones }
}

extension RawSpan {
  /// Four ASCII letters from `offset` in lower case, as ``packed(_:)`` makes them. Other octets may give letters, too, but no
  /// octet other than a letter's two cases gives that letter.
  @_spi(MailCodec) @inlinable @inline(always)
  public func letters(at offset: Int) -> UInt64 {
    UInt64(UInt32(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)) | 0x2020_2020)
  }
}
