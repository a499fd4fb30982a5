@_spi(MailCodec) public import MailWire

/// A value of unknown meaning as a tree of words, strings and lists: what the library does not know keeps its octets and its
/// shape, in commands and in responses.
///
/// [RFC 4466 §3](https://www.rfc-editor.org/rfc/rfc4466#section-3): `tagged-ext-val` and what resembles it.
///
///     C: A1 XFILTER ("subject" (1:5 NIL))
public enum IMAPValue: Hashable, Sendable {
  /// What stands without quotes: an atom, a number, a flag, a set, `NIL`.
  case token(IMAPToken)
  /// A quoted string or a literal.
  case string(IMAPString)
  /// A `literal8`: any octets, NUL too.
  case binary([UInt8])
  /// Values in parentheses, perhaps none; made by ``list(_:)``.
  case list([IMAPValue], NestingDepth)

  /// Values in parentheses, perhaps none.
  ///
  /// - Throws: ``SyntaxError`` with the code `tooMany` beyond ``NestingDepth/maximum`` levels.
  public static func list(_ values: [IMAPValue]) throws(SyntaxError) -> IMAPValue {
    .list(values, try NestingDepth(around: depth(of: values)))
  }

  /// A number.
  public static func number(_ number: UInt64) -> IMAPValue {
    .token(IMAPToken { $0.append(decimal: number) })
  }

  /// The lists inside one another: 0 for anything but a list.
  var depth: Int {
    guard case .list(_, let depth) = self else { return 0 }
    return depth.levels
  }

  static func depth(of values: [IMAPValue]) -> Int {
    var depth = 0
    for value in values { depth = Swift.max(depth, value.depth) }
    return depth
  }

  /// Parses one value.
  ///
  /// - Throws: ``SyntaxError`` where the text leaves the grammar; with the code `tooMany` below `limits.nesting` levels, or
  ///   beyond `limits.elements` in one list.
  public init(
    _ bytes: Span<UInt8>, limits: IMAPLimits = IMAPLimits(), quirks: IMAPQuirks = .client
  ) throws(SyntaxError) {
    var cursor = ByteCursor(bytes)
    var context = ParseContext(quirks: quirks, limits: limits)
    self = try Self.parse(&cursor, &context)
    guard cursor.isAtEnd else { throw cursor.error(.trailingBytes) }
  }

  /// Parses values with a space between each two, perhaps none.
  ///
  /// - Throws: ``SyntaxError``, as for one value.
  public static func sequence(
    _ bytes: Span<UInt8>, limits: IMAPLimits = IMAPLimits(), quirks: IMAPQuirks = .client
  ) throws(SyntaxError) -> [IMAPValue] {
    var cursor = ByteCursor(bytes)
    var context = ParseContext(quirks: quirks, limits: limits)
    guard !cursor.isAtEnd else { return [] }
    var values = [try parse(&cursor, &context)]
    values += try parseRest(&cursor, &context)
    guard cursor.isAtEnd else { throw cursor.error(.trailingBytes) }
    return values
  }
}

extension IMAPValue {
  /// Parses one value; `depth` counts the levels around it.
  @_lifetime(cursor: copy cursor)
  static func parse(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, depth: Int = 0
  ) throws(SyntaxError) -> IMAPValue {
    guard cursor.next == .openParenthesis else { return try parseSimple(&cursor, &context) }
    let limit = Swift.min(context.limits.nesting, NestingDepth.maximum)
    // The lists that are open, outermost first.
    var open: [[IMAPValue]] = []
    while true {
      var value: IMAPValue
      if cursor.next == .openParenthesis {
        guard depth &+ open.count < limit else { throw cursor.error(.tooMany) }
        cursor.offset &+= 1
        open.append([])
        try skipSpaces(&cursor, &context)
        guard cursor.skip(.closeParenthesis) else { continue }
        value = try .list(open.removeLast())
      } else {
        value = try parseSimple(&cursor, &context)
      }
      while !open.isEmpty {
        guard open[open.count - 1].count < context.limits.elements else { throw cursor.error(.tooMany) }
        open[open.count - 1].append(value)
        let isSpaced = cursor.skip(.space)
        if isSpaced { try skipSpaces(&cursor, &context) }
        if isSpaced, cursor.next != .closeParenthesis || !context.accepts(.spaceBeforeParenthesis) { break }
        try cursor.expect(.closeParenthesis)
        value = try .list(open.removeLast())
      }
      if open.isEmpty { return value }
    }
  }

  /// More spaces than one, by a quirk.
  @_lifetime(cursor: copy cursor)
  private static func skipSpaces(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) {
    guard cursor.next == .space else { return }
    guard context.accepts(.severalSpaces) else { throw cursor.unexpected }
    _ = cursor.skipAll(.space)
  }

  /// Parses what is no list.
  @_lifetime(cursor: copy cursor)
  private static func parseSimple(
    _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> IMAPValue {
    switch cursor.next {
    case .some(.quote), .some(.openBrace):
      return .string(IMAPString(unchecked: try cursor.takeString(&context).copied()))
    case .some(.tilde) where cursor.remaining > 1 && cursor.bytes[cursor.offset &+ 1] == .openBrace:
      return .binary(try cursor.takeAnyString(&context).copied())
    default: return .token(try IMAPToken.parse(&cursor))
    }
  }

  /// Parses the values of one list.
  @_lifetime(cursor: copy cursor)
  static func parseList(
    _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> [IMAPValue] {
    guard cursor.next == .openParenthesis else { throw cursor.unexpected }
    guard case .list(let values, _) = try parse(&cursor, &context) else { return [] }
    return values
  }

  /// Parses values with a space before each, up to the end or a closing parenthesis.
  @_lifetime(cursor: copy cursor)
  static func parseRest(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, depth: Int = 0
  ) throws(SyntaxError) -> [IMAPValue] {
    var values: [IMAPValue] = []
    while cursor.remaining > 1, cursor.skip(.space) {
      guard values.count < context.limits.elements else { throw cursor.error(.tooMany) }
      values.append(try parse(&cursor, &context, depth: depth))
    }
    return values
  }

  func write(to writer: inout IMAPWriter) {
    switch self {
    case .token(let token): writer.append(token.bytes)
    case .string(let string): writer.writeString(string.bytes.span)
    case .binary(let bytes):
      writer.writeHeader(size: UInt64(bytes.count), isBinary: true)
      writer.append(bytes)
    case .list(let values, _): writer.writeList(values) { value, writer in value.write(to: &writer) }
    }
  }
}
