@_spi(MailCodec) public import MailWire

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

  /// Parses the parameter's value; letters of either case, and a condition may occur twice.
  ///
  /// - Throws: ``SyntaxError`` with the code `badParameter` for an unknown condition, an empty one, and `NEVER` beside
  ///   others.
  public init(_ value: Span<UInt8>) throws(SyntaxError) {
    var cursor = ByteCursor(value)
    var conditions: NotifyConditions = []
    repeat {
      let start = cursor.offset
      let word = cursor.takeWord()
      switch (word.packed, word.count) {
      case (packed("success"), 7): conditions.insert(.success)
      case (packed("failure"), 7): conditions.insert(.failure)
      case (packed("delay"), 5): conditions.insert(.delay)
      case (packed("never"), 5) where start == 0 && cursor.isAtEnd: conditions.insert(.never)
      default: throw SyntaxError(.badParameter, at: start)
      }
    } while cursor.skip(44)
    guard cursor.isAtEnd else { throw cursor.error(.badParameter) }
    self = conditions
  }

  /// Writes a set that is not empty.
  func write(to output: inout OutboundBuffer) {
    if contains(.never) { return output.append("NEVER") }
    var isFirst = true
    for (condition, word) in Self.words where contains(condition) {
      if !isFirst { output.append(44) }
      isFirst = false
      output.append(word)
    }
  }

  private static var words: [(NotifyConditions, StaticString)] {
    [(.success, "SUCCESS"), (.failure, "FAILURE"), (.delay, "DELAY")]
  }
}
