@_spi(MailCodec) import MailWire

/// Takes the value of a structured field apart: words, quoted strings, comments. Line ends are spaces to it.
struct FieldLexer: ~Escapable {
  var cursor: ByteCursor
  /// The text of the last comment passed over, nested ones included.
  private(set) var comment: [UInt8]?

  @_lifetime(copy value)
  init(_ value: Span<UInt8>) { cursor = ByteCursor(value) }

  var next: UInt8? { cursor.next }
  var offset: Int { cursor.offset }
  var isAtEnd: Bool { cursor.isAtEnd }

  @_lifetime(self: copy self)
  mutating func skip(_ byte: UInt8) -> Bool { cursor.skip(byte) }

  /// Passes one octet.
  @_lifetime(self: copy self)
  mutating func advance() { if !cursor.isAtEnd { cursor.offset += 1 } }

  mutating func forgetComment() { comment = nil }

  /// Passes spaces and comments; true when there were any. An unclosed comment goes on to the end.
  @_lifetime(self: copy self)
  mutating func skipSpace() -> Bool {
    let start = cursor.offset
    while let byte = cursor.next {
      if byte.isFieldSpace {
        cursor.offset += 1
      } else if byte == .openParenthesis {
        cursor.offset += 1
        takeComment()
      } else {
        break
      }
    }
    return cursor.offset > start
  }

  /// Takes a comment's text behind its opening parenthesis. The depth is a number, so that no depth exhausts the stack.
  @_lifetime(self: copy self)
  private mutating func takeComment() {
    var text: [UInt8] = []
    var depth = 1
    while let byte = cursor.next {
      cursor.offset += 1
      switch byte {
      case .openParenthesis: depth += 1
      case .closeParenthesis:
        depth -= 1
        if depth == 0 {
          comment = text
          return
        }
      case .backslash:
        guard let escaped = cursor.next else { break }
        cursor.offset += 1
        text.append(escaped)
        continue
      case .carriageReturn, .lineFeed: continue
      default: break
      }
      text.append(byte)
    }
    comment = text
  }

  /// Takes a run of word octets; empty when none is next.
  @_lifetime(self: copy self)
  mutating func takeWord() -> [UInt8] { cursor.take { $0.isWord }.copied() }

  /// Takes a quoted string without its quotes, whose first one is next. One that is not closed goes on to the end.
  @_lifetime(self: copy self)
  mutating func takeQuoted() -> [UInt8] {
    var text: [UInt8] = []
    cursor.offset += 1
    while let byte = cursor.next {
      cursor.offset += 1
      switch byte {
      case .quote: return text
      case .backslash:
        guard let escaped = cursor.next else { return text }
        cursor.offset += 1
        text.append(escaped)
      case .carriageReturn, .lineFeed: break
      default: text.append(byte)
      }
    }
    return text
  }
}
