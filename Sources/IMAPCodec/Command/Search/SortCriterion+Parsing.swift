@_spi(MailCodec) import MailWire

extension SortCriterion {
  /// Parses `"(" sort-criterion *(SP sort-criterion) ")"`.
  @_lifetime(cursor: copy cursor)
  static func parseList(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError)
    -> [SortCriterion]
  {
    try cursor.expect(.openParenthesis)
    var criteria: [SortCriterion] = []
    repeat {
      guard criteria.count < context.limits.elements else { throw cursor.error(.tooMany) }
      var start = cursor.offset
      var word = cursor.takeName()
      let isReversed = word == IMAPWord("reverse")
      if isReversed {
        try cursor.requireSpace(&context)
        start = cursor.offset
        word = cursor.takeName()
      }
      if let key = known(word) {
        criteria.append(SortCriterion(key, isReversed: isReversed))
      } else {
        cursor.offset = start
        let name = try IMAPToken.parse(&cursor)
        var arguments: [IMAPString] = []
        while cursor.isStringBehindSpace, cursor.skip(.space) {
          guard arguments.count < context.limits.elements else { throw cursor.error(.tooMany) }
          arguments.append(IMAPString(unchecked: try cursor.takeString(&context).copied()))
        }
        do throws(SyntaxError) {
          criteria.append(SortCriterion(.unknown(try UnknownKey(name, arguments)), isReversed: isReversed))
        } catch { throw SyntaxError(error.code, at: start) }
      }
    } while cursor.skip(.space)
    try cursor.expect(.closeParenthesis)
    return criteria
  }

  static func known(_ word: IMAPWord) -> Key? {
    switch word {
    case IMAPWord("arrival"): .arrival
    case IMAPWord("cc"): .cc
    case IMAPWord("date"): .date
    case IMAPWord("displayfrom"): .displayFrom
    case IMAPWord("displayto"): .displayTo
    case IMAPWord("from"): .from
    case IMAPWord("size"): .size
    case IMAPWord("subject"): .subject
    case IMAPWord("to"): .to
    case IMAPWord("relevancy"): .relevancy
    default: nil
    }
  }

  func write(to writer: inout IMAPWriter) {
    if isReversed { writer.append("REVERSE ") }
    switch key {
    case .arrival: writer.append("ARRIVAL")
    case .cc: writer.append("CC")
    case .date: writer.append("DATE")
    case .displayFrom: writer.append("DISPLAYFROM")
    case .displayTo: writer.append("DISPLAYTO")
    case .from: writer.append("FROM")
    case .size: writer.append("SIZE")
    case .subject: writer.append("SUBJECT")
    case .to: writer.append("TO")
    case .relevancy: writer.append("RELEVANCY")
    case .unknown(let key):
      writer.append(key.name.bytes)
      for argument in key.arguments {
        writer.append(.space)
        writer.writeString(argument.bytes.span)
      }
    }
  }
}
