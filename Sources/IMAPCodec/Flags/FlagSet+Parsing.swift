@_spi(MailCodec) import MailWire

extension FlagSet {
  /// Parses `"(" [flag *(SP flag)] ")"`; the parentheses may be absent when `isBareAllowed`, as in `STORE`.
  @_lifetime(cursor: copy cursor)
  static func parse(
    _ cursor: inout ByteCursor, _ context: inout ParseContext, isBareAllowed: Bool = false
  ) throws(SyntaxError) -> FlagSet {
    var set = FlagSet()
    guard cursor.skip(.openParenthesis) else {
      guard isBareAllowed else { throw cursor.unexpected }
      try set.parseList(&cursor, &context)
      return set
    }
    if cursor.skip(.closeParenthesis) { return set }
    if cursor.next == .space, context.accepts(.spaceBeforeParenthesis) { _ = cursor.skipAll(.space) }
    if cursor.skip(.closeParenthesis) { return set }
    try set.parseList(&cursor, &context)
    guard cursor.skip(.closeParenthesis) else { throw cursor.unexpected }
    return set
  }

  /// Flags with a space between each two.
  @_lifetime(cursor: copy cursor)
  private mutating func parseList(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) {
    var count = 0
    repeat {
      guard count < context.limits.elements else { throw cursor.error(.tooMany) }
      count &+= 1
      try parseFlag(&cursor, &context)
      guard cursor.skip(.space) else { return }
      if cursor.next == .space, context.accepts(.severalSpaces) { _ = cursor.skipAll(.space) }
    } while !(cursor.next == .closeParenthesis && context.accepts(.spaceBeforeParenthesis))
  }

  @_lifetime(cursor: copy cursor)
  private mutating func parseFlag(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) {
    let start = cursor.offset
    let hasBackslash = cursor.skip(.backslash)
    _ = cursor.take { ASCIIClass.atom.contains($0) }
    if cursor.next == .closeBracket, !hasBackslash, context.accepts(.bracketInFlag) {
      _ = cursor.take { ASCIIClass.astring.contains($0) }
    }
    if hasBackslash, cursor.offset == start &+ 1 { _ = cursor.skip(.asterisk) }
    let name = cursor.bytes.extracting(start..<cursor.offset)
    guard name.count > (hasBackslash ? 1 : 0) else {
      throw cursor.unexpected
    }
    guard name.count <= Flag.maximumLength else { throw SyntaxError(.tooLong, at: start) }
    if let bit = SystemFlags(name: name) { system.insert(bit) } else { others.append(name) }
  }

  /// Writes the flags in parentheses.
  func write(to writer: inout IMAPWriter) {
    writer.append(.openParenthesis)
    var isFirst = true
    func append(_ bit: SystemFlags, _ name: StaticString) {
      guard system.contains(bit) else { return }
      if !isFirst { writer.append(.space) }
      isFirst = false
      writer.append(name)
    }
    append(.answered, "\\Answered")
    append(.flagged, "\\Flagged")
    append(.deleted, "\\Deleted")
    append(.seen, "\\Seen")
    append(.draft, "\\Draft")
    append(.recent, "\\Recent")
    append(.newKeywords, "\\*")
    others.forEach { keyword in
      if !isFirst { writer.append(.space) }
      isFirst = false
      writer.append(keyword)
      return true
    }
    writer.append(.closeParenthesis)
  }
}
