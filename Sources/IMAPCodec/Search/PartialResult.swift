@_spi(MailCodec) import MailWire

/// A window on a result, and what is in it.
///
/// [RFC 9394 §3.1](https://www.rfc-editor.org/rfc/rfc9394#section-3.1),
/// [RFC 5267 §4.4](https://www.rfc-editor.org/rfc/rfc5267#section-4.4).
///
///     S: * ESEARCH (TAG "A01") UID PARTIAL (-1:-100 200:250,252:300)
public struct PartialResult: Hashable, Sendable {
  /// The window that was asked for.
  public var range: ResultRange
  /// The numbers in it, in order; none is `NIL`.
  public var numbers: OrderedNumbers

  /// A window and its numbers.
  public init(_ range: ResultRange, _ numbers: OrderedNumbers) {
    self.range = range
    self.numbers = numbers
  }

  func write(to writer: inout IMAPWriter) {
    writer.append("PARTIAL (")
    range.write(to: &writer)
    writer.append(.space)
    if numbers.isEmpty { writer.append("NIL") } else { numbers.write(to: &writer) }
    writer.append(.closeParenthesis)
  }
}
