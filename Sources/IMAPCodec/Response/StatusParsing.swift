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
      if let found = try? responseCode(&ahead) {
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

  /// `resp-text-code "]"`, behind the opening bracket.
  @_lifetime(cursor: copy cursor)
  private mutating func responseCode(_ cursor: inout ByteCursor) throws(SyntaxError) -> ResponseCode {
    let start = cursor.offset
    let name = cursor.take { ASCIIClass.atom.contains($0) }
    let keyword = try ResponseCodeKeyword(name)
    let argumentStart = cursor.offset
    if cursor.skip(.closeBracket) { return .keyword(keyword) }
    do throws(SyntaxError) {
      if let code = try knownCode(IMAPWord(name), &cursor) {
        try cursor.expect(.closeBracket)
        return code
      }
    } catch {
      // A known code with other arguments than its own is kept as they are.
    }
    cursor.offset = argumentStart
    try cursor.expect(.space)
    let arguments = cursor.offset
    while let byte = cursor.next, byte != .closeBracket {
      guard !byte.isASCIIControl else { throw cursor.unexpected }
      if byte == .quote { try OtherResponseCode.skipQuoted(&cursor) } else { cursor.offset &+= 1 }
    }
    let text = cursor.bytes.extracting(arguments..<cursor.offset)
    try cursor.expect(.closeBracket)
    guard !text.isEmpty else { throw SyntaxError(.empty, at: start) }
    return .other(OtherResponseCode(checked: keyword, text.copied()))
  }

  /// The codes whose arguments are typed; nil for any other. What has no arguments was dealt with.
  @_lifetime(cursor: copy cursor)
  private mutating func knownCode(
    _ word: IMAPWord, _ cursor: inout ByteCursor
  ) throws(SyntaxError) -> ResponseCode? {
    if word == IMAPWord("capability") { return .capabilities(try capabilities(&cursor)) }
    try cursor.expect(.space)
    switch word {
    case IMAPWord("permanentflags"): return .permanentFlags(try FlagSet.parse(&cursor, &context))
    case IMAPWord("uidnext"): return .uidNext(try identifier(&cursor))
    case IMAPWord("uidvalidity"): return .uidValidity(try identifier(&cursor))
    case IMAPWord("unseen"): return .unseen(try identifier(&cursor))
    case IMAPWord("highestmodseq"): return .highestModSeq(try cursor.takeNumber64())
    case IMAPWord("modified"):
      return .modified(try NumberRanges.parse(&cursor, elements: context.limits.elements))
    case IMAPWord("appenduid"):
      let validity = try identifier(&cursor)
      try cursor.expect(.space)
      return .appendUID(uidValidity: validity, try UIDSet.parse(&cursor, elements: context.limits.elements))
    case IMAPWord("copyuid"): return try copyUID(&cursor)
    case IMAPWord("mailboxid"):
      try cursor.expect(.openParenthesis)
      let identifier = try ObjectID(cursor.take { ObjectID.allows($0) })
      try cursor.expect(.closeParenthesis)
      return .mailboxID(identifier)
    default: return nil
    }
  }

  @_lifetime(cursor: copy cursor)
  private mutating func copyUID(_ cursor: inout ByteCursor) throws(SyntaxError) -> ResponseCode {
    let validity = try identifier(&cursor)
    try cursor.expect(.space)
    let source = try UIDSet.parse(&cursor, elements: context.limits.elements)
    try cursor.expect(.space)
    let target = try UIDSet.parse(&cursor, elements: context.limits.elements)
    return .copyUID(uidValidity: validity, source: source, target: target)
  }

  /// `nz-number`, or zero with the quirk.
  @_lifetime(cursor: copy cursor)
  private mutating func identifier(_ cursor: inout ByteCursor) throws(SyntaxError) -> UInt32 {
    let start = cursor.offset
    let number = try cursor.takeNumber32()
    guard number > 0 || context.accepts(.zeroIdentifier) else { throw SyntaxError(.badNumber, at: start) }
    return number
  }
}
