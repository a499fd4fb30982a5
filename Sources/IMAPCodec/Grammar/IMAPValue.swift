@_spi(MailCodec) public import MailWire

/// A value of unknown meaning as a tree: what the library does not know keeps its octets and its shape.
///
///     (red 3 "blue" NIL)
public indirect enum IMAPValue: Hashable, Sendable {
  /// An atom, a number, a flag, `NIL`: anything that stands without quotes.
  case atom([UInt8])
  /// A quoted string or a literal.
  case string([UInt8])
  /// A list in parentheses.
  case list([IMAPValue])

  /// Parses one value.
  ///
  /// - Throws: ``SyntaxError`` where the text leaves the grammar; with the code `tooMany` below `limits.nesting` levels, or
  ///   beyond `limits.elements` in one list.
  public init(
    _ bytes: Span<UInt8>, limits: IMAPLimits = IMAPLimits(), quirks: IMAPQuirks = .client
  ) throws(SyntaxError) {
    var values = try Self.sequence(bytes, limits: limits, quirks: quirks)
    guard values.count == 1 else { throw SyntaxError(values.isEmpty ? .empty : .trailingBytes, at: 0) }
    self = values.removeLast()
  }

  /// Parses values with spaces between them.
  ///
  /// - Throws: ``SyntaxError``, as for one value.
  public static func sequence(
    _ bytes: Span<UInt8>, limits: IMAPLimits = IMAPLimits(), quirks: IMAPQuirks = .client
  ) throws(SyntaxError) -> [IMAPValue] {
    var builder = LayoutBuilder(limits: limits, quirks: quirks)
    try builder.reset(bytes.count)
    var cursor = ByteCursor(bytes)
    // The lists that are open, outermost first.
    var open: [[IMAPValue]] = [[]]
    while let next = cursor.next {
      switch next {
      case .openParenthesis:
        guard open.count <= limits.nesting else { throw cursor.error(.tooMany) }
        cursor.offset &+= 1
        open.append([])
        continue
      case .closeParenthesis:
        cursor.offset &+= 1
        guard open.count > 1, let list = open.popLast() else {
          throw SyntaxError(.unexpectedByte, at: cursor.offset - 1)
        }
        open[open.count - 1].append(.list(list))
      case .quote, .openBrace:
        let entry = try builder.string(&cursor)
        open[open.count - 1].append(.string(builder.view(bytes).octets(entry).copied()))
      case .tilde where cursor.remaining > 1 && bytes[cursor.offset &+ 1] == .openBrace:
        let entry = try builder.literal8(&cursor)
        open[open.count - 1].append(.string(builder.view(bytes).octets(entry).copied()))
      default:
        let entry = try builder.skipValue(&cursor)
        open[open.count - 1].append(.atom(builder.view(bytes).octets(entry).copied()))
      }
      guard open[open.count - 1].count <= limits.elements else { throw cursor.error(.tooMany) }
      while cursor.next == .space { cursor.offset &+= 1 }
    }
    guard open.count == 1 else { throw cursor.error(.unexpectedEnd) }
    return open[0]
  }

  /// Writes the value.
  func write(to output: inout OutboundBuffer) {
    switch self {
    case .atom(let bytes): output.append(bytes)
    case .string(let bytes): output.append(string: bytes.span)
    case .list(let values):
      output.append(.openParenthesis)
      var isFirst = true
      for value in values {
        if !isFirst { output.append(.space) }
        isFirst = false
        value.write(to: &output)
      }
      output.append(.closeParenthesis)
    }
  }
}
