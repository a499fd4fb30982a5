/// When the sender of a message wants to be told about a recipient, as the `NOTIFY` parameter of `RCPT` says.
///
/// [RFC 3461 §4.1](https://www.rfc-editor.org/rfc/rfc3461#section-4.1). The empty set is a command without the parameter:
/// failures are then reported, and delays too if the server likes.
///
///     C: RCPT TO:<robert@domain.test> NOTIFY=SUCCESS,DELAY
@frozen
public struct NotifyConditions: OptionSet, Hashable, Sendable {
  /// One bit for each condition.
  public let rawValue: UInt8

  /// The conditions of these bits; bits without a meaning are dropped.
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue & 15 }

  /// `SUCCESS`: when it was delivered, or relayed to a server that does not report.
  public static let success = NotifyConditions(rawValue: 1)
  /// `FAILURE`: when it could not be delivered.
  public static let failure = NotifyConditions(rawValue: 2)
  /// `DELAY`: when delivery takes unusually long.
  public static let delay = NotifyConditions(rawValue: 4)
  /// `NEVER`: under no condition; it overrides the others.
  public static let never = NotifyConditions(rawValue: 8)

  /// Whether a delivery is to be reported.
  public var wantsSuccess: Bool { contains(.success) && !contains(.never) }
  /// Whether a failure is to be reported: also when no condition was given.
  public var wantsFailure: Bool { isEmpty || contains(.failure) && !contains(.never) }
  /// Whether a delay is to be reported: also when no condition was given.
  public var wantsDelay: Bool { isEmpty || contains(.delay) && !contains(.never) }
}
