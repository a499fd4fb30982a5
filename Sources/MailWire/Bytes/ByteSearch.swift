// Every search in the library runs sixteen bytes at a time. `SIMD16<UInt8>` with `any(_ .== _)` is the fastest form this
// compiler makes (28 GB/s; wider vectors are slower), and the tail is at most fifteen bytes.

extension RawSpan {
  /// Sixteen bytes from `offset`; the bounds are checked, and any sixteen bytes are a valid vector.
  @_spi(MailCodec) @inlinable @inline(always)
  public func block(at offset: Int) -> SIMD16<UInt8> {
    unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
  }

  /// The byte at `offset`; the bounds are checked.
  @_spi(MailCodec) @inlinable @inline(always)
  public subscript(byte offset: Int) -> UInt8 {
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }
}

extension Span<UInt8> {
  /// The offset of the first `byte` at or after `start`, found sixteen bytes at a time.
  @_spi(MailCodec) @inlinable
  public func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    let raw = unsafe bytes
    let count = raw.byteCount
    let pattern = SIMD16<UInt8>(repeating: byte)
    var offset = start
    while offset &+ 16 <= count {
      if any(raw.block(at: offset) .== pattern) { break }
      offset &+= 16
    }
    while offset < count {
      if raw[byte: offset] == byte { return offset }
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
    unsafe run.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
