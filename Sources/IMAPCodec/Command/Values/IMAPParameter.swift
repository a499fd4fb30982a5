@_spi(MailCodec) public import MailWire

/// A parameter or modifier of a command: a name, and a value if it has one.
///
/// [RFC 4466 §2](https://www.rfc-editor.org/rfc/rfc4466#section-2).
///
///     C: A1 SELECT INBOX (CONDSTORE)
///     C: A2 FETCH 1:* FLAGS (CHANGEDSINCE 12345)
public struct IMAPParameter: Hashable, Sendable {
  /// The name.
  public let name: IMAPToken
  /// The value, if there is one.
  public let value: IMAPArgument?

  /// A parameter.
  ///
  /// - Throws: ``SyntaxError`` with the code `badToken` for a name that does not begin with a letter, `badParameter` for a
  ///   value that is a word and begins with a letter: it would be read as the next name.
  public init(_ name: IMAPToken, _ value: IMAPArgument? = nil) throws(SyntaxError) {
    guard name.bytes.first?.isASCIILetter == true else { throw SyntaxError(.badToken, at: 0) }
    if case .token(let token)? = value, token.bytes.first?.isASCIILetter == true {
      throw SyntaxError(.badParameter, at: 0)
    }
    self.init(unchecked: name, value)
  }

  init(unchecked name: IMAPToken, _ value: IMAPArgument? = nil) {
    self.name = name
    self.value = value
  }

  init(_ name: IMAPToken, number: UInt64) {
    var output = OutboundBuffer()
    output.append(decimal: number)
    self.init(unchecked: name, .token(IMAPToken(validated: ValidatedToken(output.bytes.copied()))))
  }

  /// The value as a number up to 2⁶³ − 1.
  func number() throws(SyntaxError) -> UInt64 {
    guard case .token(let token)? = value else { throw SyntaxError(.badNumber, at: 0) }
    var cursor = ByteCursor(token.bytes.span)
    let number = try cursor.requireNumber()
    guard cursor.isAtEnd else { throw cursor.error(.badNumber) }
    return number
  }

  /// Parses `"(" name [SP value] *(SP name [SP value]) ")"`. What begins with a letter is a name, anything else a value.
  @_lifetime(cursor: copy cursor)
  static func parseList(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError)
    -> [IMAPParameter]
  {
    try cursor.require(.openParenthesis)
    var parameters: [IMAPParameter] = []
    if cursor.skip(.closeParenthesis) { return parameters }
    repeat {
      guard parameters.count < context.limits.elements else { throw cursor.error(.tooMany) }
      guard cursor.next?.isASCIILetter == true else { throw cursor.isAtEnd ? cursor.fault : cursor.error(.badToken) }
      let name = try IMAPToken.parse(&cursor)
      var value: IMAPArgument?
      if cursor.remaining > 1, cursor.next == .space, !cursor.bytes[cursor.offset &+ 1].isASCIILetter {
        cursor.offset &+= 1
        value = try IMAPArgument.parse(&cursor, &context, depth: 1)
      }
      parameters.append(IMAPParameter(unchecked: name, value))
    } while cursor.skip(.space)
    try cursor.require(.closeParenthesis)
    return parameters
  }

  func write(to writer: inout IMAPWriter) {
    writer.output.append(name.bytes)
    guard let value else { return }
    writer.output.append(.space)
    value.write(to: &writer)
  }
}
