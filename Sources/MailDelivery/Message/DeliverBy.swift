public import MailWire

/// Until when the sender wants a message delivered, and what is to happen otherwise: the `BY` parameter of `MAIL`.
///
/// [RFC 2852 §4](https://www.rfc-editor.org/rfc/rfc2852#section-4).
///
///     C: MAIL FROM:<susan@website.test> BY=120;R
public struct DeliverBy: Hashable, Sendable {
  /// What to do when the time has passed.
  @frozen
  public enum Mode: UInt8, Hashable, Sendable {
    /// `R`: return the message; only servers that keep the deadline, too, may take it.
    case `return` = 1
    /// `N`: tell the sender that it is late and go on.
    case notify = 2
  }

  /// The deadline.
  public var deadline: Instant
  /// What to do when it has passed.
  public var mode: Mode

  /// A deadline.
  public init(_ deadline: Instant, _ mode: Mode) {
    self.deadline = deadline
    self.mode = mode
  }
}
