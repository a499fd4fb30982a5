@_spi(MailCodec) public import MailWire

/// The number of a message in a maildrop: 1 for the first, up to 2³¹ − 1.
///
/// [RFC 1939 §4](https://www.rfc-editor.org/rfc/rfc1939#section-4). There is no message 0.
///
///     C: RETR 1
public struct MessageNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number.
  public let value: Int

  /// The largest number.
  public static let maximum = Int(Int32.max)

  /// Validates a number.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` unless it lies between 1 and ``maximum``.
  public init(_ value: Int) throws(SyntaxError) {
    guard value >= 1, value <= Self.maximum else { throw SyntaxError(.badNumber, at: 0) }
    self.value = value
  }

  package init(unchecked value: Int) { self.value = value }

  /// Whether `left` comes first.
  public static func < (left: MessageNumber, right: MessageNumber) -> Bool { left.value < right.value }

  /// The number in decimal.
  public var description: String { "\(value)" }
}
