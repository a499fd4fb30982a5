@_spi(MailCodec) import MailWire

// The arguments of response codes.

extension ByteCursor {
  /// The word of an atom.
  @_lifetime(self: copy self)
  mutating func takeAtomWord() -> IMAPWord { IMAPWord(take { ASCIIClass.atom.contains($0) }) }
}

extension LayoutBuilder {
  /// Numbers in order.
  @_lifetime(cursor: copy cursor)
  mutating func numbers(_ cursor: inout ByteCursor) throws(SyntaxError) -> OrderedNumbers {
    try OrderedNumbers.parse(&cursor, elements: context.limits.elements)
  }

  /// `sequence-set` without `*`, which no server can mean.
  @_lifetime(cursor: copy cursor)
  mutating func closedSet(_ cursor: inout ByteCursor) throws(SyntaxError) -> NumberRanges {
    let start = cursor.offset
    let set = try NumberRanges.parse(&cursor, elements: context.limits.elements)
    guard !set.isOpen else { throw SyntaxError(.badNumber, at: start) }
    return set
  }

  /// `1*(SP url)`, the first space of which was read.
  @_lifetime(cursor: copy cursor)
  mutating func urlTexts(_ cursor: inout ByteCursor) throws(SyntaxError) -> [URLText] {
    var urls: [URLText] = []
    repeat {
      try checkCount(urls.count, cursor)
      urls.append(try urlText(&cursor))
    } while cursor.skip(.space)
    return urls
  }

  @_lifetime(cursor: copy cursor)
  mutating func urlText(_ cursor: inout ByteCursor) throws(SyntaxError) -> URLText {
    let text = cursor.take { URLText.allows($0) }
    guard !text.isEmpty else { throw cursor.unexpected }
    return try URLText(text)
  }

  /// `atom *(SP atom)`
  @_lifetime(cursor: copy cursor)
  mutating func atoms(_ cursor: inout ByteCursor) throws(SyntaxError) -> [IMAPAtom] {
    var atoms: [IMAPAtom] = []
    repeat {
      try checkCount(atoms.count, cursor)
      atoms.append(try atomValue(&cursor))
    } while cursor.skip(.space)
    return atoms
  }

  /// `"(" charset *(SP charset) ")"`
  @_lifetime(cursor: copy cursor)
  mutating func quotedTexts(_ cursor: inout ByteCursor) throws(SyntaxError) -> [QuotedText] {
    try cursor.expect(.openParenthesis)
    var texts: [QuotedText] = []
    repeat {
      try checkCount(texts.count, cursor)
      texts.append(try quotedText(&cursor))
    } while cursor.skip(.space)
    try cursor.expect(.closeParenthesis)
    return texts
  }

  /// `atom / quoted`
  @_lifetime(cursor: copy cursor)
  mutating func quotedText(_ cursor: inout ByteCursor) throws(SyntaxError) -> QuotedText {
    guard cursor.next == .quote else { return try QuotedText(cursor.takeAtom()) }
    let entry = try quoted(&cursor)
    return try QuotedText(view(cursor.bytes).octets(entry))
  }

  /// `"LONGENTRIES" SP number / "MAXSIZE" SP number / "TOOMANY" / "NOPRIVATE"`
  @_lifetime(cursor: copy cursor)
  mutating func metadataCode(_ cursor: inout ByteCursor) throws(SyntaxError) -> MetadataCode {
    switch cursor.takeAtomWord() {
    case IMAPWord("longentries"):
      try space(&cursor)
      return .longEntries(try cursor.takeNumber32())
    case IMAPWord("maxsize"):
      try space(&cursor)
      return .maximumSize(try cursor.takeNumber32())
    case IMAPWord("toomany"): return .tooMany
    case IMAPWord("noprivate"): return .noPrivate
    default: throw cursor.error(.badToken)
    }
  }

  /// `"NONE" / (("READ-ONLY" / nz-number) [SP "NOPRIVATE"])`
  @_lifetime(cursor: copy cursor)
  mutating func annotationSupport(_ cursor: inout ByteCursor) throws(SyntaxError) -> AnnotationSupport {
    if let size = cursor.takeNonZero32() { return .upTo(size, allowsPrivate: try allowsPrivate(&cursor)) }
    switch cursor.takeAtomWord() {
    case IMAPWord("none"): return .none
    case IMAPWord("read-only"): return .readOnly(allowsPrivate: try allowsPrivate(&cursor))
    default: throw cursor.error(.badToken)
    }
  }

  @_lifetime(cursor: copy cursor)
  private mutating func allowsPrivate(_ cursor: inout ByteCursor) throws(SyntaxError) -> Bool {
    guard cursor.skip(.space) else { return true }
    guard cursor.takeAtomWord() == IMAPWord("noprivate") else { throw cursor.error(.badToken) }
    return false
  }

  /// `"(" (quoted / nil) SP (number / nil) SP (nz-number / nil) ")"`
  @_lifetime(cursor: copy cursor)
  mutating func progress(_ cursor: inout ByteCursor) throws(SyntaxError) -> CommandProgress {
    try cursor.expect(.openParenthesis)
    var tag: IMAPTag?
    if !cursor.skipNil() {
      let entry = try quoted(&cursor)
      tag = try IMAPTag(view(cursor.bytes).octets(entry))
    }
    try space(&cursor)
    let done = cursor.skipNil() ? nil : try cursor.takeNumber32()
    try space(&cursor)
    let goal = cursor.skipNil() ? nil : try cursor.takeNumber32()
    try cursor.expect(.closeParenthesis)
    if let goal, done.map({ $0 >= goal }) ?? true { throw cursor.error(.badNumber) }
    return CommandProgress(tag: tag, done: done, goal: goal)
  }
}
