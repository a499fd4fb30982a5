@_spi(MailCodec) import MailWire

/// A URL that `URLFETCH` resolves, and what of it is wanted.
///
/// [RFC 4467 §7](https://www.rfc-editor.org/rfc/rfc4467#section-7),
/// [RFC 5524 §3.1](https://www.rfc-editor.org/rfc/rfc5524#section-3.1) for the parameters.
///
///     C: A1 URLFETCH ("imap://joe@example.com/INBOX/;uid=20/;urlauth=anonymous:internal:…" BODYPARTSTRUCTURE BINARY)
public struct URLFetchItem: Hashable, Sendable {
  /// The URL; ``IMAPURL`` takes it apart.
  public let url: IMAPString
  /// `BODY`, `BINARY`, `BODYPARTSTRUCTURE`; nil for the octets alone, without parentheses.
  public let parameters: [IMAPAtom]?

  /// A URL.
  public init(_ url: IMAPString, parameters: [IMAPAtom]? = nil) {
    self.url = url
    self.parameters = parameters
  }

  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> URLFetchItem {
    guard cursor.skip(.openParenthesis) else { return URLFetchItem(try IMAPString.parse(&cursor, &context)) }
    let url = try IMAPString.parse(&cursor, &context)
    var parameters: [IMAPAtom] = []
    while cursor.skip(.space) {
      guard parameters.count < context.limits.elements else { throw cursor.error(.tooMany) }
      parameters.append(try IMAPAtom.parse(&cursor))
    }
    try cursor.expect(.closeParenthesis)
    return URLFetchItem(url, parameters: parameters)
  }

  func write(to writer: inout IMAPWriter) {
    guard let parameters else { return url.write(to: &writer) }
    writer.append(.openParenthesis)
    url.write(to: &writer)
    for parameter in parameters {
      writer.append(.space)
      writer.append(parameter.bytes)
    }
    writer.append(.closeParenthesis)
  }
}
