@_spi(MailCodec) public import MailWire

/// A change of a result that the server keeps up to date.
///
/// [RFC 5267 §4.3](https://www.rfc-editor.org/rfc/rfc5267#section-4.3). Changes apply in their order, and each to what those
/// before it have made.
///
///     S: * ESEARCH (TAG "C01") UID ADDTO (1 2733) REMOVEFROM (0 32768)
public struct SearchUpdate: Hashable, Sendable {
  /// What changes.
  @frozen
  public enum Kind: Hashable, Sendable {
    /// `ADDTO`: the numbers come in at the position.
    case added
    /// `REMOVEFROM`: the numbers go out from the position on.
    case removed
  }

  /// What changes.
  public let kind: Kind
  /// The position, 1 for the first; 0 when the result is in the mailbox's own order.
  public let position: UInt32
  /// The numbers, in order.
  public let numbers: OrderedNumbers

  /// A change.
  ///
  /// - Throws: ``SyntaxError`` with the code `empty` without numbers.
  public init(_ kind: Kind, at position: UInt32, _ numbers: OrderedNumbers) throws(SyntaxError) {
    guard !numbers.isEmpty else { throw SyntaxError(.empty, at: 0) }
    self.init(checked: kind, position, numbers)
  }

  init(checked kind: Kind, _ position: UInt32, _ numbers: OrderedNumbers) {
    self.kind = kind
    self.position = position
    self.numbers = numbers
  }

  func write(to writer: inout IMAPWriter) {
    writer.append(kind == .added ? "ADDTO (" : "REMOVEFROM (")
    writer.append(decimal: UInt64(position))
    writer.append(.space)
    numbers.write(to: &writer)
    writer.append(.closeParenthesis)
  }
}
