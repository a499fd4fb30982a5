@_spi(MailCodec) public import MailWire

/// Of which outcomes the sender wants to hear, as the `NOTIFY` parameter of `RCPT` says.
///
/// [RFC 3461 §4.1](https://www.rfc-editor.org/rfc/rfc3461#section-4.1). None of them is `NEVER`. A recipient without the
/// parameter is another thing again: its sender hears of failures, and of delays if the server likes.
///
///     C: RCPT TO:<robert@domain.test> NOTIFY=SUCCESS,FAILURE
public struct NotifyConditions: OptionSet, Hashable, Sendable {
  /// The bits.
  public let rawValue: UInt8

  /// A set from its bits; bits without a meaning are dropped.
  public init(rawValue: UInt8) { self.rawValue = rawValue & 7 }

  /// `SUCCESS`: the message was delivered, or relayed to where no report will come from.
  public static let success = NotifyConditions(rawValue: 1)
  /// `FAILURE`: the message cannot be delivered.
  public static let failure = NotifyConditions(rawValue: 2)
  /// `DELAY`: the message is still under way after an unusual time.
  public static let delay = NotifyConditions(rawValue: 4)
  /// `NEVER`: nothing.
  public static let never: NotifyConditions = []

  /// Parses the parameter's value; letters of either case, and a condition may occur twice.
  ///
  /// - Throws: ``SyntaxError`` with the code `badParameter` for an unknown condition, an empty one, and `NEVER` beside
  ///   others.
  public init(_ value: Span<UInt8>) throws(SyntaxError) {
    var cursor = ByteCursor(value)
    var conditions = NotifyConditions.never
    repeat {
      let start = cursor.offset
      let word = cursor.takeWord()
      switch (word.packed, word.count) {
      case (packed("success"), 7): conditions.insert(.success)
      case (packed("failure"), 7): conditions.insert(.failure)
      case (packed("delay"), 5): conditions.insert(.delay)
      case (packed("never"), 5) where start == 0 && cursor.isAtEnd: break
      default: throw SyntaxError(.badParameter, at: start)
      }
    } while cursor.skip(44)
    guard cursor.isAtEnd else { throw cursor.error(.badParameter) }
    self = conditions
  }

  func write(to output: inout OutboundBuffer) {
    guard !isEmpty else { return output.append("NEVER") }
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
