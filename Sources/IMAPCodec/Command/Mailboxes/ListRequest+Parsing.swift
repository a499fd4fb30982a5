@_spi(MailCodec) import MailWire

extension ListRequest {
  /// Parses what stands behind `LIST`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> ListRequest {
    try cursor.requireSpace(&context)
    var selection: [IMAPParameter]?
    if cursor.next == .openParenthesis {
      selection = try IMAPParameter.parseList(&cursor, &context)
      try cursor.requireSpace(&context)
    }
    let reference = try MailboxName.parse(&cursor, &context)
    try cursor.requireSpace(&context)
    let hasPatternList = cursor.skip(.openParenthesis)
    var patterns = [try MailboxPattern.parse(&cursor, &context)]
    while hasPatternList, cursor.skip(.space) {
      guard patterns.count < context.limits.elements else { throw cursor.error(.tooMany) }
      patterns.append(try MailboxPattern.parse(&cursor, &context))
    }
    if hasPatternList { try cursor.expect(.closeParenthesis) }
    let start = cursor.offset
    var returning: [IMAPParameter]?
    if cursor.skip(.space), cursor.skipKeyword("return") {
      try cursor.requireSpace(&context)
      returning = try IMAPParameter.parseList(&cursor, &context)
    } else {
      cursor.offset = start
    }
    return ListRequest(
      OneOrMore(unchecked: patterns), reference: reference, selection: selection, returning: returning,
      hasPatternList: hasPatternList)
  }

  func write(to writer: inout IMAPWriter) {
    if let selection {
      writer.append(.space)
      writer.writeList(selection) { option, writer in option.write(to: &writer) }
    }
    writer.append(.space)
    reference.write(to: &writer)
    writer.append(.space)
    if hasPatternList {
      writer.writeList(patterns.elements) { pattern, writer in pattern.write(to: &writer) }
    } else {
      for pattern in patterns.elements { pattern.write(to: &writer) }
    }
    guard let returning else { return }
    writer.append(" RETURN ")
    writer.writeList(returning) { option, writer in option.write(to: &writer) }
  }
}
