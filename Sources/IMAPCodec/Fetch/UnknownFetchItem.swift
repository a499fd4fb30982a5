@_spi(MailCodec) public import MailWire

/// A `FETCH` item that this library does not know, kept as it was written.
///
///     S: * 1 FETCH (X-MYCOMPANY-COLOUR (red 3))
public struct UnknownFetchItem: Hashable, Sendable {
  /// The name, with a section in brackets if it has one.
  public let name: [UInt8]
  /// The text of the value: an atom, a string or a list.
  public let text: [UInt8]

  init(name: [UInt8], text: [UInt8]) {
    self.name = name
    self.text = text
  }

  /// Checks a name and the text of a value.
  ///
  /// - Throws: ``SyntaxError`` when they could not stand in a `FETCH` response.
  public init(_ name: String, text: [UInt8]) throws(SyntaxError) {
    let bytes = [UInt8](name.utf8)
    for index in bytes.indices where !ASCIIClass.atom.contains(bytes[index]) {
      throw SyntaxError(.badToken, at: index)
    }
    guard !bytes.isEmpty else { throw SyntaxError(.empty, at: 0) }
    _ = try IMAPValue(text.span, limits: .unlimited, quirks: .none)
    self.name = bytes
    self.text = text
  }

  /// The value as a tree.
  ///
  /// - Throws: ``SyntaxError`` with the code `tooMany` below a hundred levels.
  public func value() throws(SyntaxError) -> IMAPValue { try IMAPValue(text.span) }
}
