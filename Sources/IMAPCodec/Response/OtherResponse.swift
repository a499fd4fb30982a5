@_spi(MailCodec) public import MailWire

/// An untagged response that has no case of its own, kept as it was written.
///
///     S: * X-COLOUR (red 3)
public struct OtherResponse: Hashable, Sendable {
  /// The number before the name, if there is one.
  public let number: UInt32?
  /// The name.
  public let name: [UInt8]
  /// What stands behind the name and a space, without the line end.
  public let text: [UInt8]

  init(number: UInt32?, name: [UInt8], text: [UInt8]) {
    self.number = number
    self.name = name
    self.text = text
  }

  /// The text as a tree.
  ///
  /// - Throws: ``SyntaxError`` when it does not have the form of one.
  public func values() throws(SyntaxError) -> [IMAPValue] { try IMAPValue.sequence(text.span) }
}
