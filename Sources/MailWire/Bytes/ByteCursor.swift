/// A read position in borrowed bytes, the one tool that all parsers share.
///
/// `@frozen` and inlined, because a cursor that is called instead of inlined costs 40 % of a parser's speed.
@_spi(MailCodec) @frozen
public struct ByteCursor: ~Escapable {
  /// All the bytes, read or not.
  public let bytes: Span<UInt8>
  /// The offset of the next byte.
  public var offset: Int

  /// A cursor at the first of `bytes`.
  @inlinable @inline(always)
  @_lifetime(copy bytes)
  public init(_ bytes: Span<UInt8>) {
    self.bytes = bytes
    offset = 0
  }

  /// Whether nothing is left.
  @inlinable @inline(always) public var isAtEnd: Bool { offset >= bytes.count }
  /// The number of bytes that are left.
  @inlinable @inline(always) public var remaining: Int { bytes.count &- offset }

  /// The next byte, or nil at the end.
  @inlinable @inline(always)
  public var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  /// Consumes `byte` if it is next.
  @inlinable @inline(always)
  @_lifetime(self: copy self)
  public mutating func skip(_ byte: UInt8) -> Bool {
    guard offset < bytes.count, bytes[offset] == byte else { return false }
    offset &+= 1
    return true
  }

  /// Consumes every `byte` that is next and says how many there were.
  @inlinable @inline(always)
  @_lifetime(self: copy self)
  public mutating func skipAll(_ byte: UInt8) -> Int {
    let start = offset
    while offset < bytes.count, bytes[offset] == byte { offset &+= 1 }
    return offset &- start
  }

  /// Consumes the longest run whose bytes satisfy `isMember`.
  @inlinable @inline(always)
  @_lifetime(copy self)
  @_lifetime(self: copy self)
  public mutating func take(while isMember: (UInt8) -> Bool) -> Span<UInt8> {
    let start = offset
    while offset < bytes.count, isMember(bytes[offset]) { offset &+= 1 }
    return bytes.extracting(start..<offset)
  }

  /// Consumes all that is left.
  @inlinable @inline(always)
  @_lifetime(copy self)
  @_lifetime(self: copy self)
  public mutating func takeRest() -> Span<UInt8> {
    let start = offset
    offset = bytes.count
    return bytes.extracting(start..<bytes.count)
  }

  /// Consumes ASCII letters and packs the first eight as ``packed(_:)`` does; `count` is the length of the whole word.
  @inlinable @inline(always)
  @_lifetime(self: copy self)
  public mutating func takeWord() -> (packed: UInt64, count: Int) {
    let start = offset
    var value: UInt64 = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      guard byte.isASCIILetter else { break }
      let index = offset &- start
      if index < 8 { value |= UInt64(byte | 32) << UInt64(index &* 8) }
      offset &+= 1
    }
    return (value, offset &- start)
  }

  /// Consumes decimal digits; nil without a digit, or when the number exceeds `limit`.
  @inlinable @inline(always)
  @_lifetime(self: copy self)
  public mutating func takeNumber(upTo limit: UInt64 = .max) -> UInt64? {
    let start = offset
    var value: UInt64 = 0
    while offset < bytes.count {
      let digit = bytes[offset] &- 48
      guard digit < 10 else { break }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
      if overflow || carry || sum > limit { return nil }
      value = sum
      offset &+= 1
    }
    return offset == start ? nil : value
  }

  /// An error at the next byte.
  @inlinable
  public func error(_ code: SyntaxError.Code) -> SyntaxError { SyntaxError(code, at: offset) }
}
