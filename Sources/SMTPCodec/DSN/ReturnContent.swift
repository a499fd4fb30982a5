@_spi(MailCodec) public import MailWire

/// How much of a message a report of its failure brings back, as the `RET` parameter of `MAIL` asks.
///
/// [RFC 3461 §4.3](https://www.rfc-editor.org/rfc/rfc3461#section-4.3).
///
///     C: MAIL FROM:<susan@website.test> RET=HDRS
@frozen
public enum ReturnContent: UInt8, Hashable, Sendable {
  /// `FULL`: the whole message.
  case full = 1
  /// `HDRS`: its header.
  case headers = 2

  /// Parses the parameter's value; letters of either case.
  ///
  /// - Throws: ``SyntaxError`` with the code `badParameter`.
  public init(_ value: Span<UInt8>) throws(SyntaxError) {
    var cursor = ByteCursor(value)
    let word = cursor.takeWord()
    guard cursor.isAtEnd, word.count == 4 else { throw SyntaxError(.badParameter, at: 0) }
    switch word.packed {
    case packed("full"): self = .full
    case packed("hdrs"): self = .headers
    default: throw SyntaxError(.badParameter, at: 0)
    }
  }

  var value: StaticString {
    switch self {
    case .full: "FULL"
    case .headers: "HDRS"
    }
  }
}
