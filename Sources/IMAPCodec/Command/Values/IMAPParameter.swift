@_spi(MailCodec) public import MailWire

/// A parameter or modifier of a command that the library does not know: a name, and a value if it has one.
///
/// [RFC 4466 §2](https://www.rfc-editor.org/rfc/rfc4466#section-2).
///
///     C: A1 SELECT INBOX (X-LOCK (SHARED 5))
public struct IMAPParameter: Hashable, Sendable {
  /// The name.
  public let name: IMAPToken
  /// The value, if there is one.
  public let value: IMAPValue?

  /// A parameter.
  ///
  /// - Throws: ``SyntaxError`` with the code `badToken` for a name that does not begin with a letter, `badParameter` for a
  ///   value that is a word and begins with a letter: it would be read as the next name; `tooMany` for a value of
  ///   ``NestingDepth/maximum`` levels, since the list of parameters is one more.
  public init(_ name: IMAPToken, _ value: IMAPValue? = nil) throws(SyntaxError) {
    guard name.bytes.first?.isASCIILetter == true else { throw SyntaxError(.badToken, at: 0) }
    if case .token(let token)? = value, token.bytes.first?.isASCIILetter == true {
      throw SyntaxError(.badParameter, at: 0)
    }
    guard (value?.depth ?? 0) < NestingDepth.maximum else { throw SyntaxError(.tooMany, at: 0) }
    self.init(unchecked: name, value)
  }

  init(unchecked name: IMAPToken, _ value: IMAPValue? = nil) {
    self.name = name
    self.value = value
  }

  /// Parses `name [SP value]`. What begins with a letter is a name, anything else a value.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> IMAPParameter {
    guard cursor.next?.isASCIILetter == true else {
      throw cursor.isAtEnd ? cursor.unexpected : cursor.error(.badToken)
    }
    let name = try IMAPToken.parse(&cursor)
    guard cursor.remaining > 1, cursor.next == .space, !cursor.bytes[cursor.offset &+ 1].isASCIILetter else {
      return IMAPParameter(unchecked: name)
    }
    cursor.offset &+= 1
    return IMAPParameter(unchecked: name, try IMAPValue.parse(&cursor, &context, depth: 1))
  }

  /// Parses `"(" [parameter *(SP parameter)] ")"`.
  @_lifetime(cursor: copy cursor)
  static func parseList(
    _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> [IMAPParameter] {
    try cursor.expect(.openParenthesis)
    var parameters: [IMAPParameter] = []
    if cursor.skip(.closeParenthesis) { return parameters }
    repeat {
      guard parameters.count < context.limits.elements else { throw cursor.error(.tooMany) }
      parameters.append(try parse(&cursor, &context))
    } while cursor.skip(.space)
    try cursor.expect(.closeParenthesis)
    return parameters
  }

  func write(to writer: inout IMAPWriter) {
    writer.append(name.bytes)
    guard let value else { return }
    writer.append(.space)
    value.write(to: &writer)
  }
}

extension [IMAPParameter] {
  /// Refuses a parameter that would be read as one of the library's own.
  func refuse(_ isKnown: (IMAPWord) -> Bool) throws(SyntaxError) {
    for index in indices where isKnown(self[index].name.word) { throw SyntaxError(.badParameter, at: index) }
  }
}

/// Writes parameters in parentheses, none at all without one.
struct ParameterWriting {
  private var isFirst = true

  /// What stands before a parameter.
  mutating func begin(_ writer: inout IMAPWriter) {
    writer.append(isFirst ? .openParenthesis : .space)
    isFirst = false
  }

  /// Those that the library does not know, and the end.
  mutating func end(_ unknown: [IMAPParameter], _ writer: inout IMAPWriter) {
    for parameter in unknown {
      begin(&writer)
      parameter.write(to: &writer)
    }
    if isFirst { writer.append(.openParenthesis) }
    writer.append(.closeParenthesis)
  }
}
