@_spi(MailCodec) public import MailWire

/// An extended data item of a `LIST` response.
///
/// [RFC 5258 §6](https://www.rfc-editor.org/rfc/rfc5258#section-6)
///
///     "CHILDINFO" ("SUBSCRIBED")
public struct ListExtension: Hashable, Sendable {
  /// The name, without quotes.
  public let name: [UInt8]
  /// The text of the value.
  public let text: [UInt8]

  init(name: [UInt8], text: [UInt8]) {
    self.name = name
    self.text = text
  }

  /// Checks a name and the text of a value.
  ///
  /// - Throws: ``SyntaxError`` when they could not stand in a `LIST` response.
  public init(_ name: String, text: [UInt8]) throws(SyntaxError) {
    let item = try UnknownFetchItem(name, text: text)
    self.init(name: item.name, text: item.text)
  }

  /// The value as a tree.
  ///
  /// - Throws: ``SyntaxError`` with the code `tooMany` below a hundred levels.
  public func value() throws(SyntaxError) -> IMAPValue { try IMAPValue(text.span) }
}
