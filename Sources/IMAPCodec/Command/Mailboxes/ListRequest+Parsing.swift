@_spi(MailCodec) import MailWire

extension ListRequest {
  /// Parses what stands behind `LIST`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> ListRequest {
    var request = ListRequest([])
    try cursor.requireSpace(&context)
    if cursor.next == .openParenthesis {
      request.selection = try IMAPParameter.parseList(&cursor, &context)
      try cursor.requireSpace(&context)
    }
    request.reference = try MailboxName.parse(&cursor, &context)
    try cursor.requireSpace(&context)
    if cursor.skip(.openParenthesis) {
      request.hasPatternList = true
      repeat {
        guard request.patterns.count < context.limits.elements else { throw cursor.error(.tooMany) }
        request.patterns.append(try MailboxPattern.parse(&cursor, &context))
      } while cursor.skip(.space)
      try cursor.expect(.closeParenthesis)
    } else {
      request.patterns = [try MailboxPattern.parse(&cursor, &context)]
    }
    var rest = cursor
    guard rest.skip(.space), rest.skipKeyword("return") else { return request }
    cursor.offset = rest.offset
    try cursor.requireSpace(&context)
    request.returning = try IMAPParameter.parseList(&cursor, &context)
    return request
  }

  func write(to writer: inout IMAPWriter) {
    if let selection {
      writer.append(.space)
      writer.writeList(selection) { option, writer in option.write(to: &writer) }
    }
    writer.append(.space)
    reference.write(to: &writer)
    writer.append(.space)
    if patterns.count > 1 || (hasPatternList && !patterns.isEmpty) {
      writer.writeList(patterns) { pattern, writer in pattern.write(to: &writer) }
    } else {
      let pattern = patterns.first ?? MailboxPattern(unchecked: [])
      pattern.write(to: &writer)
    }
    guard let returning else { return }
    writer.append(" RETURN ")
    writer.writeList(returning) { option, writer in option.write(to: &writer) }
  }
}
