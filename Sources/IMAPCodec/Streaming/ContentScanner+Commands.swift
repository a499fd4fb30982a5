@_spi(MailCodec) import MailWire

extension ContentScanner {
  /// `mailbox 1*(SP [flags SP] [date SP] (literal / "UTF8 (" literal ")" / "CATENATE (" parts ")"))`, before it a message's
  /// number in `REPLACE`.
  mutating func appendPlace(_ text: Span<UInt8>, _ header: Int) -> AppendContinuation.Position? {
    while offset < header {
      switch text[offset] {
      case .space: offset += 1
      case .quote:
        guard skipQuoted(text, header, .none) else { return nil }
        finishArgument()
      case .openParenthesis:
        depth += 1
        if depth == 1 { container = word }
        word = .none
        offset += 1
      case .closeParenthesis:
        depth = Swift.max(0, depth - 1)
        if depth == 0 { container = .none }
        word = .none
        offset += 1
      default: readWord(text, header)
      }
    }
    guard offset == header, header == 0 || text[header - 1] == .space || text[header - 1] == .openParenthesis else {
      kind = .other
      return nil
    }
    if depth == 0 {
      guard argumentsLeft == 0, word == .none else {
        finishArgument()
        return nil
      }
      return .literal
    }
    guard depth == 1 else { return nil }
    switch container {
    case .utf8: return .utf8
    case .catenate:
      defer { word = .none }
      return word == .text ? .catenate : nil
    case .none, .text: return nil
    }
  }

  private mutating func finishArgument() {
    if depth == 0, argumentsLeft > 0 { argumentsLeft -= 1 }
    word = .none
  }

  private mutating func readWord(_ text: Span<UInt8>, _ header: Int) {
    var cursor = ByteCursor(text.extracting(first: header))
    cursor.offset = offset
    let atom = cursor.take { $0 > 32 && $0 != 40 && $0 != 41 && $0 != 34 }
    // A control is no part of any word.
    offset = Swift.max(cursor.offset, offset + 1)
    if depth == 0, argumentsLeft > 0 {
      argumentsLeft -= 1
      return
    }
    switch (IMAPWord(atom), depth) {
    case (IMAPWord("utf8"), 0): word = .utf8
    case (IMAPWord("catenate"), 0): word = .catenate
    case (IMAPWord("text"), 1) where container == .catenate: word = .text
    default: word = .none
    }
  }
}
