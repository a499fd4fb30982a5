@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// `SP resp-text` and the line end. Brackets that hold no code belong to the text.
  @_lifetime(cursor: copy cursor)
  mutating func statusText(
    _ cursor: inout ByteCursor, _ condition: StatusCondition
  ) throws(SyntaxError) -> StatusResponse {
    if cursor.next != .openBracket, !cursor.skip(.space) {
      guard context.accepts(.missingText) else { throw cursor.unexpected }
      try end(&cursor)
      return StatusResponse(read: condition, nil, [])
    }
    var code: ResponseCode?
    if cursor.next == .openBracket {
      var ahead = cursor
      ahead.offset &+= 1
      if let found = try? responseCode(&ahead), !isDoubtful(found, ahead) {
        code = found
        cursor.offset = ahead.offset
        if !cursor.skip(.space), !context.accepts(.missingText) { throw cursor.unexpected }
      }
    }
    let text = lineRest(&cursor)
    if text.isEmpty, code == nil, !context.accepts(.missingText) { throw cursor.unexpected }
    if let bad = text.firstIndex(of: 0) ?? text.firstIndex(of: .carriageReturn) ?? text.firstIndex(of: .lineFeed) {
      throw SyntaxError(.unexpectedByte, at: cursor.offset &- text.count &+ bad)
    }
    try end(&cursor)
    return StatusResponse(read: condition, code, text.copied())
  }

  /// Whether a code that is not understood touches the text: nobody knows which bracket ends it, and it is text.
  private mutating func isDoubtful(_ code: ResponseCode, _ cursor: ByteCursor) -> Bool {
    guard case .other = code, !cursor.isAtWordEnd else { return false }
    return context.accepts(.missingText)
  }

  /// All behind the plus sign, without its space and the line end.
  @_lifetime(cursor: copy cursor)
  mutating func continuationRequest(_ cursor: inout ByteCursor) throws(SyntaxError) -> [UInt8] {
    if !cursor.skip(.space), !context.accepts(.bareContinuation) { throw cursor.unexpected }
    let text = lineRest(&cursor)
    if let bad = text.firstIndex(of: 0) ?? text.firstIndex(of: .carriageReturn) ?? text.firstIndex(of: .lineFeed) {
      throw SyntaxError(.unexpectedByte, at: cursor.offset &- text.count &+ bad)
    }
    try end(&cursor)
    return text.copied()
  }
}
