// Every search in the library runs sixteen bytes at a time: wider vectors are slower with this compiler, and the tail is at
// most fifteen bytes.

extension RawSpan {
  /// Sixteen bytes from `offset`; the bounds are checked, and any sixteen bytes are a valid vector.
  @_spi(MailCodec) @inlinable @inline(always)
  public func block(at offset: Int) -> SIMD16<UInt8> {
    unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
  }

  /// Four ASCII letters from `offset` in lower case, as ``packed(_:)`` makes them. Other octets may give letters, too, but no
  /// octet other than a letter's two cases gives that letter.
  @_spi(MailCodec) @inlinable @inline(always)
  public func letters(at offset: Int) -> UInt64 {
    UInt64(UInt32(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)) | 0x2020_2020)
  }

  /// The byte at `offset`; the bounds are checked.
  @_spi(MailCodec) @inlinable @inline(always)
  public subscript(byte offset: Int) -> UInt8 {
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }
}

extension SIMDMask<SIMD16<Int8>> {
  /// The first lane that is set.
  ///
  /// A set lane is all ones, so the first set bit of the two halves tells. The standard library's `any` and `min` do the
  /// same work in thirty instructions and a call.
  @_spi(MailCodec) @inlinable @inline(always)
  public var firstIndex: Int? { firstIndex(from: 0) }

  /// The first lane from `lane` on that is set.
  @_spi(MailCodec) @inlinable @inline(always)
  public func firstIndex(from lane: Int) -> Int? {
    let halves = unsafe unsafeBitCast(self, to: SIMD2<UInt64>.self)
    let low = UInt64(littleEndian: halves[0]) & (UInt64.max << UInt64(lane &* 8))
    let high = UInt64(littleEndian: halves[1]) & (UInt64.max << UInt64(Swift.max(lane &- 8, 0) &* 8))
    if low | high == 0 { return nil }
    return low != 0 ? low.trailingZeroBitCount &>> 3 : 8 &+ high.trailingZeroBitCount &>> 3
  }
}

extension Span<UInt8> {
  /// The offset of the first `byte` at or after `start`, found sixteen bytes at a time.
  @_spi(MailCodec) @inlinable
  public func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? { firstIndex(of: byte, or: byte, from: start) }

  /// The offset of the first `byte` or `other` at or after `start`.
  @_spi(MailCodec) @inlinable @inline(always)
  public func firstIndex(of byte: UInt8, or other: UInt8, from start: Int = 0) -> Int? {
    let raw = unsafe bytes
    let count = raw.byteCount
    let pattern = SIMD16<UInt8>(repeating: byte)
    let otherPattern = SIMD16<UInt8>(repeating: other)
    var offset = start
    while offset &+ 16 <= count {
      let block = raw.block(at: offset)
      if let index = ((block .== pattern) .| (block .== otherPattern)).firstIndex { return offset &+ index }
      offset &+= 16
    }
    if count >= 16, offset &+ 4 < count {
      // The last block again, without the bytes that were looked at; a few bytes are looked at one by one.
      let base = count &- 16
      let block = raw.block(at: base)
      let isHit = (block .== pattern) .| (block .== otherPattern)
      return isHit.firstIndex(from: offset &- base).map { base &+ $0 }
    }
    while offset < count {
      if raw[byte: offset] == byte || raw[byte: offset] == other { return offset }
      offset &+= 1
    }
    return nil
  }

  /// True when both hold the same bytes.
  @_spi(MailCodec) @inlinable
  public func hasSameBytes(as other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for index in indices where self[index] != other[index] { return false }
    return true
  }

  /// True when both hold the same bytes, where ASCII letters of either case are the same.
  @_spi(MailCodec) @inlinable
  public func hasSameLetters(as other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for index in indices where self[index].asciiLowercased != other[index].asciiLowercased { return false }
    return true
  }

  /// A copy of the bytes: one allocation, or none when empty.
  @_spi(MailCodec) @inlinable
  public func copied() -> [UInt8] {
    if isEmpty { return [] }
    return unsafe withUnsafeBufferPointer { unsafe [UInt8]($0) }
  }
}

extension [UInt8] {
  /// Appends a borrowed run in one copy.
  @_spi(MailCodec) @inlinable
  public mutating func append(_ run: Span<UInt8>) {
    // A peer that sends an octet at a time costs a store an octet, not a call of memcpy.
    if run.count == 1 { return append(run[0]) }
    unsafe run.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
