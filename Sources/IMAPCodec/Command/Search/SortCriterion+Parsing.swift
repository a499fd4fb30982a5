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
      var name = try IMAPToken.parse(&cursor)
      let isReversed = name.isKeyword("REVERSE")
      if isReversed {
        try cursor.requireSpace(&context)
        name = try IMAPToken.parse(&cursor)
      }
      let key = names.first { name.isKeyword($0.1) }?.0 ?? .unknown(name)
      criteria.append(SortCriterion(key, isReversed: isReversed))
    } while cursor.skip(.space)
    try cursor.expect(.closeParenthesis)
    return criteria
  }

  func write(to writer: inout IMAPWriter) {
    if isReversed { writer.append("REVERSE ") }
    if case .unknown(let name) = key { return writer.append(name.bytes) }
    for (known, name) in Self.names where known == key { writer.append(name) }
  }

  private static let names: [(Key, StaticString)] = [
    (.arrival, "ARRIVAL"), (.cc, "CC"), (.date, "DATE"), (.displayFrom, "DISPLAYFROM"), (.displayTo, "DISPLAYTO"),
    (.from, "FROM"), (.size, "SIZE"), (.subject, "SUBJECT"), (.to, "TO"), (.relevancy, "RELEVANCY")
  ]
}
