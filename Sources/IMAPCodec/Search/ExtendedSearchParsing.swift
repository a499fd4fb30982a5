@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// `[search-correlator] [SP "UID"] *(SP search-return-data)`
  @_lifetime(cursor: copy cursor)
  mutating func extendedSearch(_ cursor: inout ByteCursor) throws(SyntaxError) -> ExtendedSearchResponse {
    var result = ExtendedSearchResponse()
    var isFirst = true
    var count = 0
    while try isMoreOnLine(&cursor) {
      try checkCount(count, cursor)
      count &+= 1
      if count == 1, cursor.next == .openParenthesis {
        result.correlator = try correlator(&cursor)
        continue
      }
      if cursor.next == .openParenthesis, context.accepts(.searchForExtendedSearch) {
        try strayModSeq(&cursor, &result)
        continue
      }
      let start = cursor.offset
      let word = cursor.takeKeyword()
      guard word.count > 0 else { throw cursor.unexpected }
      if isFirst, word == IMAPWord("uid") {
        result.isUID = true
      } else {
        try returnData(word, from: start, &cursor, &result)
      }
      isFirst = false
    }
    return result
  }

  /// `(MODSEQ n)`, as `SEARCH` has it.
  @_lifetime(cursor: copy cursor)
  private mutating func strayModSeq(
    _ cursor: inout ByteCursor, _ result: inout ExtendedSearchResponse
  ) throws(SyntaxError) {
    try cursor.expect(.openParenthesis)
    guard cursor.takeKeyword() == IMAPWord("modseq") else { throw cursor.error(.badToken) }
    try space(&cursor)
    result.modSeq = try cursor.takeNumber64()
    try cursor.expect(.closeParenthesis)
  }

  @_lifetime(cursor: copy cursor)
  private mutating func returnData(
    _ word: IMAPWord, from start: Int, _ cursor: inout ByteCursor, _ result: inout ExtendedSearchResponse
  ) throws(SyntaxError) {
    switch word {
    case IMAPWord("min"):
      try space(&cursor)
      result.minimum = try nonZero(&cursor)
    case IMAPWord("max"):
      try space(&cursor)
      result.maximum = try nonZero(&cursor)
    case IMAPWord("count"):
      try space(&cursor)
      result.count = try cursor.takeNumber32()
    case IMAPWord("all"):
      try space(&cursor)
      result.all = try OrderedNumbers.parse(&cursor, elements: context.limits.elements)
    case IMAPWord("modseq"):
      try space(&cursor)
      result.modSeq = try cursor.takeNumber64()
    case IMAPWord("partial"):
      try value(&cursor)
      result.partial = try partial(&cursor)
    case IMAPWord("relevancy"):
      try value(&cursor)
      result.relevancy = try relevancy(&cursor)
    case IMAPWord("addto"):
      try value(&cursor)
      try updates(.added, &cursor, &result.updates)
    case IMAPWord("removefrom"):
      try value(&cursor)
      try updates(.removed, &cursor, &result.updates)
    default:
      result.others.append(try opaqueItem(from: start, &cursor))
    }
  }

  /// `"(" partial-range SP (sequence-set / "NIL") ")"`
  @_lifetime(cursor: copy cursor)
  private mutating func partial(_ cursor: inout ByteCursor) throws(SyntaxError) -> PartialResult {
    try cursor.expect(.openParenthesis)
    let start = cursor.offset
    let text = cursor.take { $0.isASCIIDigit || $0 == .hyphen || $0 == .colon }
    let range: ResultRange
    do throws(SyntaxError) {
      range = try ResultRange(text)
    } catch { throw SyntaxError(error.code, at: start &+ error.offset) }
    try space(&cursor)
    var numbers = OrderedNumbers()
    if !cursor.skipNil() { numbers = try OrderedNumbers.parse(&cursor, elements: context.limits.elements) }
    try close(&cursor)
    return PartialResult(range, numbers)
  }

  /// `"(" [score *(SP score)] ")"`
  @_lifetime(cursor: copy cursor)
  private mutating func relevancy(_ cursor: inout ByteCursor) throws(SyntaxError) -> [UInt32] {
    var scores: [UInt32] = []
    try cursor.expect(.openParenthesis)
    if cursor.skip(.closeParenthesis) { return scores }
    repeat { scores.append(try cursor.takeNumber32()) } while try isAnother(&cursor)
    try cursor.expect(.closeParenthesis)
    return scores
  }

  /// `"(" context-position SP sequence-set *(SP context-position SP sequence-set) ")"`
  @_lifetime(cursor: copy cursor)
  private mutating func updates(
    _ kind: SearchUpdate.Kind, _ cursor: inout ByteCursor, _ updates: inout [SearchUpdate]
  ) throws(SyntaxError) {
    try cursor.expect(.openParenthesis)
    repeat {
      try checkCount(updates.count, cursor)
      let position = try cursor.takeNumber32()
      try space(&cursor)
      let numbers = try OrderedNumbers.parse(&cursor, elements: context.limits.elements)
      updates.append(SearchUpdate(checked: kind, position, numbers))
    } while try isAnother(&cursor)
    try cursor.expect(.closeParenthesis)
  }
}
