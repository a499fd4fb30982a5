@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// `*(SP nz-number) [SP "(MODSEQ" SP mod-sequence-value ")"]`
  @_lifetime(cursor: copy cursor)
  mutating func search(_ cursor: inout ByteCursor) throws(SyntaxError) -> SearchResponse {
    var numbers: [UInt32] = []
    var modSeq: UInt64?
    while try isMoreOnLine(&cursor) {
      if cursor.skip(.openParenthesis) {
        guard cursor.takeKeyword() == IMAPWord("modseq") else { throw cursor.error(.badToken) }
        try space(&cursor)
        modSeq = try cursor.takeNumber64()
        try cursor.expect(.closeParenthesis)
        break
      }
      // `limits.elements` is for lists whose elements cost more than four octets each; a result may name every message.
      guard let number = cursor.takeNonZero32() else { throw cursor.error(.badNumber) }
      numbers.append(number)
    }
    return SearchResponse(checked: numbers, modSeq)
  }
}
