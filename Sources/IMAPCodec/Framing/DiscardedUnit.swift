/// A unit that was swallowed, and why.
@frozen
public struct DiscardedUnit: Hashable, Sendable {
  /// Why a unit was swallowed.
  @frozen
  public enum Reason: Hashable, Sendable {
    /// The user of the framer refused it.
    case refused
    /// A line of it was longer than ``IMAPLimits/line``.
    case lineTooLong
    /// It was longer than ``IMAPLimits/total``.
    case tooLong
    /// A literal of it was longer than ``IMAPLimits/literal``, or than ``IMAPLimits/streamedLiteral`` where that counts.
    case literalTooLong
  }

  /// The tag, for the answer; nil when the unit does not begin with one, and when its beginning had been taken already.
  public let tag: IMAPTag?
  /// Why it was swallowed.
  public let reason: Reason

  /// A swallowed unit.
  public init(tag: IMAPTag?, reason: Reason) {
    self.tag = tag
    self.reason = reason
  }
}
