@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// `1*(SP url-full)`
  @_lifetime(cursor: copy cursor)
  mutating func urls(_ cursor: inout ByteCursor) throws(SyntaxError) -> [IMAPString] {
    var urls: [IMAPString] = []
    while try isMoreOnLine(&cursor) {
      try checkCount(urls.count, cursor)
      urls.append(try astringValue(&cursor))
    }
    guard !urls.isEmpty else { throw cursor.unexpected }
    return urls
  }

  /// `1*(SP url-full SP (nstring / 1*("(" name SP value ")")))`
  @_lifetime(cursor: copy cursor)
  mutating func urlFetch(_ cursor: inout ByteCursor) throws(SyntaxError) -> [URLFetchResult] {
    var results: [URLFetchResult] = []
    while try isMoreOnLine(&cursor) {
      try checkCount(results.count, cursor)
      let url = try astringValue(&cursor)
      try value(&cursor)
      guard cursor.next == .openParenthesis else {
        results.append(URLFetchResult(checked: url, .octets(try messageOctets(&cursor))))
        continue
      }
      var parts: [URLFetchResult.Part] = []
      repeat {
        try checkCount(parts.count, cursor)
        parts.append(try urlPart(&cursor))
      } while isPart(&cursor)
      results.append(URLFetchResult(checked: url, .parts(parts)))
    }
    guard !results.isEmpty else { throw cursor.unexpected }
    return results
  }

  /// Whether a space and an opening parenthesis follow; the space is read.
  @_lifetime(cursor: copy cursor)
  private func isPart(_ cursor: inout ByteCursor) -> Bool {
    guard cursor.next == .space, cursor.remaining > 1, cursor.bytes[cursor.offset &+ 1] == .openParenthesis else {
      return false
    }
    cursor.offset &+= 1
    return true
  }

  @_lifetime(cursor: copy cursor)
  private mutating func urlPart(_ cursor: inout ByteCursor) throws(SyntaxError) -> URLFetchResult.Part {
    try cursor.expect(.openParenthesis)
    let start = cursor.offset
    let word = cursor.takeKeyword()
    guard word.count > 0 else { throw cursor.unexpected }
    let part: URLFetchResult.Part
    switch word {
    case IMAPWord("bodypartstructure"): part = try urlStructure(from: start, &cursor)
    case IMAPWord("body"):
      try value(&cursor)
      part = .body(try messageOctets(&cursor))
    case IMAPWord("binary"):
      try value(&cursor)
      part = .binary(try messageOctets(&cursor))
    default:
      let item = try opaqueItem(from: start, &cursor)
      guard item.name.allSatisfy({ ASCIIClass.atom.contains($0) }) else { throw SyntaxError(.badToken, at: start) }
      part = .unknown(item)
    }
    try close(&cursor)
    return part
  }

  /// A structure by itself, or what cannot be read as one.
  @_lifetime(cursor: copy cursor)
  private mutating func urlStructure(
    from start: Int, _ cursor: inout ByteCursor
  ) throws(SyntaxError) -> URLFetchResult.Part {
    let item = try opaqueItem(from: start, &cursor)
    guard let structure = try? BodyStructure(item.text.span, limits: context.limits, quirks: context.quirks) else {
      guard context.accepts(.malformedItem) else { throw SyntaxError(.badParameter, at: start) }
      return .unknown(item)
    }
    return .structure(structure)
  }
}
