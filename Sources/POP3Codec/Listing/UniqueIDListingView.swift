@_spi(MailCodec) public import MailWire

/// One row of the answer to `UIDL`, borrowed.
///
/// [RFC 1939 §7](https://www.rfc-editor.org/rfc/rfc1939#section-7).
public struct UniqueIDListingView: ~Escapable {
  /// The message.
  public let number: MessageNumber
  /// The octets of its unique-id.
  public let uniqueID: Span<UInt8>

  @_lifetime(copy uniqueID)
  private init(_ number: MessageNumber, _ uniqueID: Span<UInt8>) {
    self.number = number
    self.uniqueID = uniqueID
  }

  /// Parses a row, or the text behind `+OK `.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber`, `unexpectedEnd`, `badToken`, `tooLong` or `trailingBytes`.
  @_lifetime(copy row)
  public static func parse(
    _ row: Span<UInt8>, quirks: POP3Quirks = .none, used: inout POP3Quirks
  ) throws(SyntaxError) -> UniqueIDListingView {
    var cursor = ByteCursor(row)
    let number = try POP3Grammar.messageNumber(&cursor, quirks, &used)
    try POP3Grammar.skipSpace(&cursor, quirks, &used)
    let uniqueID = cursor.take { $0.isASCIIGraphic }
    try POP3Grammar.expectEnd(&cursor, quirks, &used)
    try UniqueID.check(uniqueID)
    return UniqueIDListingView(number, uniqueID)
  }
}
