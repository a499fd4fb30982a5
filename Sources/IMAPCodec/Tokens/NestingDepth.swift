import MailWire

/// How many lists or keys stand inside one another in a value, counted when it is made, so that no value is so deep that
/// writing, comparing or releasing it could exhaust a thread's stack.
///
/// It is part of the cases that nest; they are made by functions of the same name, which count.
public struct NestingDepth: Hashable, Sendable {
  /// The most levels: 100, whatever ``IMAPLimits/nesting`` says.
  public static let maximum = 100

  /// The levels below this one, itself included; at least 1.
  public var levels: Int { Int(count) }

  private let count: UInt8

  /// One level around what has `inner` levels.
  ///
  /// - Throws: ``SyntaxError`` with the code `tooMany` beyond ``maximum``.
  init(around inner: Int) throws(SyntaxError) {
    guard inner < Self.maximum else { throw SyntaxError(.tooMany, at: 0) }
    count = UInt8(truncatingIfNeeded: inner + 1)
  }
}
