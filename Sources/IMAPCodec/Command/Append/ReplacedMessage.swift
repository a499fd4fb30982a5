@_spi(MailCodec) public import MailWire

/// The one message that `REPLACE` is about.
///
/// [RFC 8508 §6](https://www.rfc-editor.org/rfc/rfc8508#section-6).
///
///     C: A1 UID REPLACE 2000 Drafts {310}
public struct ReplacedMessage: Hashable, Sendable {
  /// Whether the number is a UID.
  public let isUID: Bool
  /// The number; nil for `*`, the last message.
  public let number: UInt32?

  /// The message at a place.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` for zero.
  public init(sequence number: UInt32) throws(SyntaxError) { try self.init(number, isUID: false) }

  /// The message with a UID.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` for zero.
  public init(uid number: UInt32) throws(SyntaxError) { try self.init(number, isUID: true) }

  /// The last message, `*`.
  public init(lastByUID isUID: Bool) {
    self.isUID = isUID
    number = nil
  }

  private init(_ number: UInt32, isUID: Bool) throws(SyntaxError) {
    guard number > 0 else { throw SyntaxError(.badNumber, at: 0) }
    self.isUID = isUID
    self.number = number
  }

  @_lifetime(cursor: copy cursor)
  static func parse(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, isUID: Bool
  ) throws(SyntaxError) -> ReplacedMessage {
    try cursor.requireSpace(&context)
    if cursor.skip(.asterisk) { return ReplacedMessage(lastByUID: isUID) }
    guard let number = cursor.takeNonZero32() else { throw cursor.error(cursor.isAtEnd ? .unexpectedEnd : .badNumber) }
    return try ReplacedMessage(number, isUID: isUID)
  }

  func write(to writer: inout IMAPWriter) {
    if let number { writer.append(decimal: UInt64(number)) } else { writer.append(.asterisk) }
  }
}
