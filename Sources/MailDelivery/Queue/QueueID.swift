/// The queue's name for a message: never used twice by one queue, not even after a restart.
@frozen
public struct QueueID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number.
  public let number: UInt64

  /// The identifier with this number.
  @inlinable public init(_ number: UInt64) { self.number = number }

  /// By age.
  @inlinable public static func < (left: QueueID, right: QueueID) -> Bool { left.number < right.number }

  /// The number as text.
  public var description: String { String(number) }
}
