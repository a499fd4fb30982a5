@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// `resp-text-code "]"`, behind the opening bracket.
  @_lifetime(cursor: copy cursor)
  mutating func responseCode(_ cursor: inout ByteCursor) throws(SyntaxError) -> ResponseCode {
    let start = cursor.offset
    let name = cursor.take { ASCIIClass.atom.contains($0) }
    let keyword = try ResponseCodeKeyword(name)
    let argumentStart = cursor.offset
    if cursor.skip(.closeBracket) { return Self.codeWithoutArguments(IMAPWord(name)) ?? .keyword(keyword) }
    let used = context
    do throws(SyntaxError) {
      if let code = try knownCode(IMAPWord(name), &cursor) {
        if cursor.next == .space { try skipSpaces(&cursor, .trailingSpace) }
        try cursor.expect(.closeBracket)
        return code
      }
    } catch {
      // A known code with other arguments than its own is kept as they are.
      context = used
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

  /// The codes whose arguments may be absent, or are lists that nobody can send empty otherwise.
  private static func codeWithoutArguments(_ word: IMAPWord) -> ResponseCode? {
    switch word {
    case IMAPWord("capability"): .capabilities([])
    case IMAPWord("badcharset"): .badCharset([])
    case IMAPWord("inprogress"): .inProgress(nil)
    case IMAPWord("modified"): .modified(NumberRanges())
    case IMAPWord("referral"): .referral([])
    case IMAPWord("badevent"): .badEvent([])
    case IMAPWord("urlmech"): .urlMechanisms([])
    default: nil
    }
  }

  /// The codes whose arguments are typed; nil for any other. What has no arguments was dealt with.
  @_lifetime(cursor: copy cursor)
  private mutating func knownCode(
    _ word: IMAPWord, _ cursor: inout ByteCursor
  ) throws(SyntaxError) -> ResponseCode? {
    if word == IMAPWord("capability") { return .capabilities(try capabilities(&cursor)) }
    try space(&cursor)
    switch word {
    case IMAPWord("permanentflags"): return .permanentFlags(try FlagSet.parse(&cursor, &context))
    case IMAPWord("uidnext"): return .uidNext(try nonZero(&cursor))
    case IMAPWord("uidvalidity"): return .uidValidity(try nonZero(&cursor))
    case IMAPWord("unseen"): return .unseen(try nonZero(&cursor))
    case IMAPWord("highestmodseq"): return .highestModSeq(try cursor.takeNumber64())
    case IMAPWord("modified"): return .modified(try closedSet(&cursor))
    case IMAPWord("appenduid"):
      let validity = try nonZero(&cursor)
      try space(&cursor)
      return .appendUID(uidValidity: validity, try numbers(&cursor))
    case IMAPWord("copyuid"): return try copyUID(&cursor)
    case IMAPWord("mailboxid"):
      try cursor.expect(.openParenthesis)
      let identifier = try ObjectID(cursor.take { ObjectID.allows($0) })
      try cursor.expect(.closeParenthesis)
      return .mailboxID(identifier)
    case IMAPWord("referral"): return .referral(try urlTexts(&cursor))
    case IMAPWord("inprogress"): return .inProgress(try progress(&cursor))
    case IMAPWord("messagelimit"):
      let count = try nonZero(&cursor)
      guard cursor.skip(.space) else { return .messageLimit(count, lowestUID: nil) }
      return .messageLimit(count, lowestUID: try nonZero(&cursor))
    default: return try rareCode(word, &cursor)
    }
  }

  @_lifetime(cursor: copy cursor)
  private mutating func rareCode(_ word: IMAPWord, _ cursor: inout ByteCursor) throws(SyntaxError) -> ResponseCode? {
    switch word {
    case IMAPWord("badcharset"): return .badCharset(try quotedTexts(&cursor))
    case IMAPWord("badurl"): return .badURL(try urlText(&cursor))
    case IMAPWord("badevent"):
      try cursor.expect(.openParenthesis)
      let events = try atoms(&cursor)
      try cursor.expect(.closeParenthesis)
      return .badEvent(events)
    case IMAPWord("undefined-filter"): return .undefinedFilter(try atomValue(&cursor))
    case IMAPWord("metadata"): return .metadata(try metadataCode(&cursor))
    case IMAPWord("annotate"):
      switch cursor.takeAtomWord() {
      case IMAPWord("toobig"): return .annotate(.tooBig)
      case IMAPWord("toomany"): return .annotate(.tooMany)
      default: throw cursor.error(.badToken)
      }
    case IMAPWord("annotations"): return .annotations(try annotationSupport(&cursor))
    case IMAPWord("newname"):
      let old = try quotedText(&cursor)
      try space(&cursor)
      return .newName(old: old, new: try quotedText(&cursor))
    case IMAPWord("noupdate"):
      let tag = try quotedText(&cursor)
      return .noUpdate(try IMAPTag(tag.bytes.span))
    case IMAPWord("urlmech"): return .urlMechanisms(try atoms(&cursor))
    default: break
    }
    // Longer than a word of sixteen octets is.
    if word.count == 18, word.low == packed("maxconve") {
      return .maximumConvertMessages(try nonZero(&cursor))
    }
    if word == IMAPWord("maxconvertparts") { return .maximumConvertParts(try nonZero(&cursor)) }
    return nil
  }

  @_lifetime(cursor: copy cursor)
  private mutating func copyUID(_ cursor: inout ByteCursor) throws(SyntaxError) -> ResponseCode {
    let validity = try nonZero(&cursor)
    var ahead = cursor
    _ = ahead.skipAll(.space)
    if ahead.next == .closeBracket, context.accepts(.emptyCopyUID) {
      cursor.offset = ahead.offset
      return .copyUID(uidValidity: validity, source: OrderedNumbers(), target: OrderedNumbers())
    }
    try space(&cursor)
    let source = try numbers(&cursor)
    try space(&cursor)
    return .copyUID(uidValidity: validity, source: source, target: try numbers(&cursor))
  }
}
