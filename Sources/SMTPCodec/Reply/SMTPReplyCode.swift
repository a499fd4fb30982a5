/// The three digits of a reply.
///
/// [RFC 5321 §4.2.1](https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1). The first digit says what to do; only the first
/// digit may decide what a client does next.
@frozen
public struct SMTPReplyCode: Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// The number, 200 to 599.
  public let number: UInt16

  /// The code of this number; nil outside 200 to 599.
  public init?(_ number: UInt16) {
    guard 200...599 ~= number else { return nil }
    self.number = number
  }

  init(unchecked number: UInt16) { self.number = number }

  /// The code of a number in the source, which must be 200 to 599.
  public init(integerLiteral number: UInt16) {
    precondition(200...599 ~= number, "a reply code is 200 to 599")
    self.number = number
  }

  /// The first digit.
  @inlinable public var severity: Severity {
    switch number {
    case ..<300: .positiveCompletion
    case ..<400: .positiveIntermediate
    case ..<500: .transientNegative
    default: .permanentNegative
    }
  }

  /// What the first digit says.
  @frozen
  public enum Severity: Hashable, Sendable {
    /// 2yz: done.
    case positiveCompletion
    /// 3yz: go on with what belongs to the command.
    case positiveIntermediate
    /// 4yz: not now; the same again later may succeed.
    case transientNegative
    /// 5yz: no; the same again will fail again.
    case permanentNegative
  }

  /// By number.
  public static func < (left: SMTPReplyCode, right: SMTPReplyCode) -> Bool { left.number < right.number }

  /// The number as text.
  public var description: String { String(number) }
}
