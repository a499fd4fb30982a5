/// A set of ASCII octets as two words of bits: a grammar's character class, tested in a few instructions.
@_spi(MailCodec) @frozen
public struct ASCIIClass: Sendable {
  @usableFromInline let low: UInt64
  @usableFromInline let high: UInt64

  /// Bit *n* of `low` stands for octet *n*, bit *n* of `high` for octet 64 + *n*.
  @inlinable @inline(always)
  public init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// Whether `byte` belongs to the class.
  @inlinable @inline(always)
  public func contains(_ byte: UInt8) -> Bool {
    let word = byte & 64 == 0 ? low : high
    return (word &>> UInt64(byte)) & UInt64(truncatingIfNeeded: ~byte &>> 7) == 1
  }
}
