// The grammar of every mail protocol is ASCII: letters are folded by hand, never through `String`.

extension UInt8 {
  /// CR, %d13.
  @_spi(MailCodec) @inlinable @inline(always) public static var carriageReturn: UInt8 { 13 }
  /// LF, %d10.
  @_spi(MailCodec) @inlinable @inline(always) public static var lineFeed: UInt8 { 10 }
  /// SP, %d32.
  @_spi(MailCodec) @inlinable @inline(always) public static var space: UInt8 { 32 }
  /// The full stop that ends a multi-line text, %d46.
  @_spi(MailCodec) @inlinable @inline(always) public static var dot: UInt8 { 46 }

  /// The byte, with `A…Z` folded to `a…z`.
  @_spi(MailCodec) @inlinable @inline(always)
  public var asciiLowercased: UInt8 { self &- 65 < 26 ? self | 32 : self }

  /// The byte, with `a…z` folded to `A…Z`.
  @_spi(MailCodec) @inlinable @inline(always)
  public var asciiUppercased: UInt8 { self &- 97 < 26 ? self & 0xDF : self }

  /// `A…Z`, `a…z`.
  @_spi(MailCodec) @inlinable @inline(always)
  public var isASCIILetter: Bool { (self | 32) &- 97 < 26 }

  /// `0…9`.
  @_spi(MailCodec) @inlinable @inline(always)
  public var isASCIIDigit: Bool { self &- 48 < 10 }

  /// A letter or a digit.
  @_spi(MailCodec) @inlinable @inline(always)
  public var isASCIILetterOrDigit: Bool { isASCIILetter || isASCIIDigit }

  /// `%d33-126`: visible ASCII, no space.
  @_spi(MailCodec) @inlinable @inline(always)
  public var isASCIIGraphic: Bool { self &- 33 < 94 }

  /// `%d32-126`: visible ASCII or a space.
  @_spi(MailCodec) @inlinable @inline(always)
  public var isASCIIPrintable: Bool { self &- 32 < 95 }

  /// `%d0-31` or `%d127`.
  @_spi(MailCodec) @inlinable @inline(always)
  public var isASCIIControl: Bool { self < 32 || self == 127 }
}

/// Up to eight ASCII bytes in one integer, first byte lowest and letters in lower case: a `switch` over these compiles to
/// integer comparisons, where one over strings would allocate and hash.
@_spi(MailCodec) @inlinable @inline(always)
public func packed(_ keyword: StaticString) -> UInt64 {
  var value: UInt64 = 0
  let start = unsafe keyword.utf8Start
  for index in 0..<Swift.min(keyword.utf8CodeUnitCount, 8) {
    value |= UInt64(unsafe start[index].asciiLowercased) << UInt64(index &* 8)
  }
  return value
}
