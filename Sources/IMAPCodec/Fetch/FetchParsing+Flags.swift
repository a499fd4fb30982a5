@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// `"(" [flag-fetch *(SP flag-fetch)] ")"`: the system's flags as bits, the others where they stand.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  mutating func flags(_ cursor: inout ByteCursor, _ head: inout FetchHead) throws(SyntaxError) {
    let start = cursor.offset
    var system = SystemFlags()
    var hasKeywords = false
    try cursor.expect(.openParenthesis)
    if cursor.next == .space { try skipSpaces(&cursor, .spaceBeforeParenthesis) }
    var count = 0
    while cursor.next != .closeParenthesis {
      guard count < context.limits.elements else { throw cursor.error(.tooMany) }
      count &+= 1
      let flagStart = cursor.offset
      switch cursor.takeKeyword() {
      case IMAPWord("\\seen"): system.insert(.seen)
      case IMAPWord("\\answered"): system.insert(.answered)
      case IMAPWord("\\flagged"): system.insert(.flagged)
      case IMAPWord("\\deleted"): system.insert(.deleted)
      case IMAPWord("\\draft"): system.insert(.draft)
      case IMAPWord("\\recent"): system.insert(.recent)
      default:
        cursor.offset = flagStart
        try keyword(&cursor)
        hasKeywords = true
      }
      guard cursor.skip(.space) else { break }
      if cursor.next == .space { try skipSpaces(&cursor, .severalSpaces) }
      if cursor.next == .closeParenthesis, !context.accepts(.spaceBeforeParenthesis) { throw cursor.unexpected }
    }
    try cursor.expect(.closeParenthesis)
    head.systemFlags = system
    head.hasKeywords = hasKeywords
    head.flags = LayoutEntry(start, cursor.offset &- start)
  }

  /// `flag-keyword / flag-extension`
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  private mutating func keyword(_ cursor: inout ByteCursor) throws(SyntaxError) {
    _ = cursor.skip(.backslash)
    let start = cursor.offset
    while let byte = cursor.next, ASCIIClass.atom.contains(byte) { cursor.offset &+= 1 }
    if cursor.next == .closeBracket, context.accepts(.bracketInFlag) {
      while let byte = cursor.next, ASCIIClass.astring.contains(byte) { cursor.offset &+= 1 }
    }
    guard cursor.offset > start else { throw cursor.unexpected }
  }
}

extension FlagSet {
  /// The flags of a list in parentheses that was checked.
  init(checked list: Span<UInt8>) {
    self.init()
    var cursor = ByteCursor(list.extracting(1..<(list.count &- 1)))
    while !cursor.isAtEnd {
      let name = cursor.take { $0 != .space }
      _ = cursor.skipAll(.space)
      if name.isEmpty { continue }
      if let bit = SystemFlags(name: name) { system.insert(bit) } else { others.append(name) }
    }
  }
}
