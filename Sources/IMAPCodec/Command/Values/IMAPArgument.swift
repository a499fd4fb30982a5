@_spi(MailCodec) import MailWire

/// An argument that this library does not know: a tree of words, strings and lists, as it was read.
///
/// [RFC 4466 §3](https://www.rfc-editor.org/rfc/rfc4466#section-3): `tagged-ext-val` and what resembles it.
///
///     C: A1 XFILTER ("subject" (1:5 {3}…))
public enum IMAPArgument: Hashable, Sendable {
  /// A word.
  case token(IMAPToken)
  /// A quoted string or a literal.
  case string(IMAPString)
  /// A `literal8`: any octets, NUL too.
  case binary([UInt8])
  /// Values in parentheses, perhaps none.
  case list([IMAPArgument])

  /// Parses one value; `depth` counts the lists around it.
  @_lifetime(cursor: copy cursor)
  static func parse(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, depth: Int = 0
  ) throws(SyntaxError) -> IMAPArgument {
    switch cursor.next {
    case .some(.quote), .some(.openBrace):
      return .string(IMAPString(unchecked: try cursor.takeString(&context).copied()))
    case .some(.tilde) where cursor.remaining > 1 && cursor.bytes[cursor.offset &+ 1] == .openBrace:
      return .binary(try cursor.takeBinary(&context))
    case .some(.openParenthesis):
      guard depth < context.limits.nesting else { throw cursor.error(.tooMany) }
      cursor.offset &+= 1
      if cursor.skip(.closeParenthesis) { return .list([]) }
      var values: [IMAPArgument] = []
      repeat {
        guard values.count < context.limits.elements else { throw cursor.error(.tooMany) }
        values.append(try parse(&cursor, &context, depth: depth &+ 1))
      } while cursor.skip(.space)
      try cursor.require(.closeParenthesis)
      return .list(values)
    default: return .token(try IMAPToken.parse(&cursor))
    }
  }

  /// Parses values with a space before each, up to the end or a closing parenthesis.
  @_lifetime(cursor: copy cursor)
  static func parseRest(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, depth: Int = 0
  ) throws(SyntaxError) -> [IMAPArgument] {
    var values: [IMAPArgument] = []
    while cursor.remaining > 1, cursor.skip(.space) {
      guard values.count < context.limits.elements else { throw cursor.error(.tooMany) }
      values.append(try parse(&cursor, &context, depth: depth))
    }
    return values
  }

  func write(to writer: inout IMAPWriter) {
    switch self {
    case .token(let token): writer.output.append(token.bytes)
    case .string(let string): writer.writeString(string.bytes.span)
    case .binary(let bytes):
      writer.writeHeader(size: UInt64(bytes.count), isBinary: true)
      writer.output.append(bytes)
    case .list(let values):
      writer.writeList(values) { value, writer in value.write(to: &writer) }
    }
  }
}

extension IMAPWriter {
  /// Elements in parentheses with a space between each two.
  mutating func writeList<Element>(_ elements: [Element], _ write: (Element, inout IMAPWriter) -> Void) {
    output.append(.openParenthesis)
    for index in elements.indices {
      if index > 0 { output.append(.space) }
      write(elements[index], &self)
    }
    output.append(.closeParenthesis)
  }
}

extension ByteCursor {
  /// `literal8` with its octets, which may be NUL.
  @_lifetime(self: copy self)
  mutating func takeBinary(_ context: inout ParseContext) throws(SyntaxError) -> [UInt8] {
    let start = offset
    let header = try takeLiteralHeader(&context)
    guard header.size <= UInt64(context.limits.literal) else { throw SyntaxError(.tooLong, at: start) }
    guard header.size <= UInt64(remaining) else { throw SyntaxError(.unexpectedEnd, at: bytes.count) }
    let content = bytes.extracting(offset..<(offset &+ Int(header.size)))
    offset &+= content.count
    return content.copied()
  }
}
