/// A number of at most 63 bits.
///
/// [RFC 9051 §9](https://www.rfc-editor.org/rfc/rfc9051#section-9): `number64`.
///
///     C: A1 SEARCH LARGER 4294967296
public struct Number64: Hashable, Sendable, Comparable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// The number, at most 2⁶³ − 1.
  public let value: UInt64

  /// The largest: 2⁶³ − 1.
  public static let maximum = UInt64(Int64.max)

  /// A number; a larger one is cut to 2⁶³ − 1.
  public init(clamping value: UInt64) { self.value = Swift.min(value, Self.maximum) }

  /// A number in the source; a larger one is cut to 2⁶³ − 1.
  public init(integerLiteral value: UInt64) { self.init(clamping: value) }

  /// Whether `left` is less.
  public static func < (left: Number64, right: Number64) -> Bool { left.value < right.value }

  /// The number in decimal.
  public var description: String { value.description }
}
