@_spi(MailCodec) import MailWire

/// What stands at the end of a line that may announce a literal.
enum LiteralTail {
  /// No literal: the text ends in something else.
  case none
  case literal(LiteralHeader)
  /// An opening brace and a digit, but no literal: octets may follow, and nobody knows how many.
  case malformed

  /// The longest header that is looked at: 64 digits, zeros before them included.
  static let maximumLength = 68

  /// What stands at the end of a line of which only the last octets are left. So many digits may have had a brace before them.
  static func parse(endOf line: Span<UInt8>) -> LiteralTail {
    let end = line.extracting(last: maximumLength + 1)
    let tail = parse(end)
    guard case .none = tail, end.count > maximumLength, end[maximumLength] == .closeBrace else { return tail }
    let digits = end.extracting(first: end[maximumLength - 1] == .plus ? maximumLength - 1 : maximumLength)
    for index in digits.indices where !digits[index].isASCIIDigit { return .none }
    return .malformed
  }

  /// Parses backwards from the end: `["~"] "{" 1*DIGIT ["+"] "}"`.
  static func parse(_ line: Span<UInt8>) -> LiteralTail {
    guard let last = line.indices.last, line[last] == .closeBrace else { return .none }
    var start = last
    while start > 0, last - start < maximumLength, line[start] != .openBrace { start -= 1 }
    var cursor = ByteCursor(line)
    cursor.offset = start
    guard cursor.skip(.openBrace) else {
      // A header that is too long to be one; an atom may end in digits and a brace too.
      var first = last
      if first > 0, line[first - 1] == .plus { first -= 1 }
      while first > 0, line[first - 1].isASCIIDigit { first -= 1 }
      return first > 0 && first < last && line[first - 1] == .openBrace ? .malformed : .none
    }
    guard cursor.next?.isASCIIDigit == true else { return .none }
    guard let size = cursor.takeNumber() else { return .malformed }
    let isNonSynchronising = cursor.skip(.plus)
    guard cursor.offset == last else { return .malformed }
    let isBinary = start > 0 && line[start - 1] == .tilde
    return .literal(LiteralHeader(size: size, isNonSynchronising: isNonSynchronising, isBinary: isBinary))
  }
}
