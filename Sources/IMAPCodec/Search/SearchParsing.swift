@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// `*(SP nz-number) [SP "(MODSEQ" SP mod-sequence-value ")"]`
  @_lifetime(cursor: copy cursor)
  mutating func search(_ cursor: inout ByteCursor) throws(SyntaxError) -> SearchResponse {
    var numbers: [UInt32] = []
    var modSeq: UInt64?
    while cursor.next == .space, let next = cursor.remaining > 1 ? cursor.bytes[cursor.offset &+ 1] : nil {
      if next == .openParenthesis {
        cursor.offset &+= 2
        guard cursor.takeKeyword() == IMAPWord("modseq") else { throw cursor.error(.badToken) }
        try space(&cursor)
        modSeq = try cursor.takeNumber64()
        try cursor.expect(.closeParenthesis)
        break
      }
      // A space before the line's end is judged by what reads the end.
      guard next.isASCIIDigit else { break }
      cursor.offset &+= 1
      // `limits.elements` is for lists whose elements cost more than four octets each; a result may name every message.
      guard let number = cursor.takeNonZero32() else { throw cursor.error(.badNumber) }
      numbers.append(number)
    }
    return SearchResponse(checked: numbers, modSeq)
  }

  /// `[search-correlator] [SP "UID"] *(SP search-return-data)`
  @_lifetime(cursor: copy cursor)
  mutating func extendedSearch(_ cursor: inout ByteCursor) throws(SyntaxError) -> ExtendedSearchResponse {
    var result = ExtendedSearchResponse()
    if cursor.next == .space, cursor.remaining > 1, cursor.bytes[cursor.offset &+ 1] == .openParenthesis {
      cursor.offset &+= 2
      guard cursor.takeKeyword() == IMAPWord("tag") else { throw cursor.error(.badToken) }
      try space(&cursor)
      let tag = try cursor.takeAString(&context).copied()
      result.tag = try IMAPTag(tag.span)
      try cursor.expect(.closeParenthesis)
    }
    var isFirst = true
    var count = 0
    while cursor.next == .space, cursor.remaining > 1, cursor.bytes[cursor.offset &+ 1] > 32 {
      guard count < context.limits.elements else { throw cursor.error(.tooMany) }
      count &+= 1
      cursor.offset &+= 1
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
    let name = LayoutEntry(start, cursor.offset &- start)
    try space(&cursor)
    switch word {
    case IMAPWord("min"): result.minimum = try cursor.takeNumber32()
    case IMAPWord("max"): result.maximum = try cursor.takeNumber32()
    case IMAPWord("count"): result.count = try cursor.takeNumber32()
    case IMAPWord("all"): result.all = try NumberRanges.parse(&cursor, elements: context.limits.elements)
    case IMAPWord("modseq"): result.modSeq = try cursor.takeNumber64()
    default:
      let value = try skipValue(&cursor)
      let view = view(cursor.bytes)
      result.others.append(ListExtension(name: view.octets(name).copied(), text: view.octets(value).copied()))
    }
  }
}
