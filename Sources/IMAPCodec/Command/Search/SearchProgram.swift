@_spi(MailCodec) import MailWire

/// What `SEARCH`, `SORT` and `THREAD` look for, and in which charset the strings are.
///
/// [RFC 9051 §6.4.4](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.4): `search-program`.
///
///     C: A1 SEARCH RETURN (COUNT) CHARSET UTF-8 SUBJECT "report" UNSEEN
public struct SearchProgram: Hashable, Sendable {
  /// What is returned; nil for the plain answer, `* SEARCH`. `THREAD` has none.
  public var returning: SearchReturn?
  /// The charset of the strings; nil for ASCII, or UTF-8 in IMAP4rev2. `SORT` and `THREAD` then write `US-ASCII`.
  public var charset: IMAPString?
  /// The keys, all of which must hold; none is written as `ALL`.
  public var keys: [SearchKey]

  /// A program.
  public init(_ keys: [SearchKey], charset: IMAPString? = nil, returning: SearchReturn? = nil) {
    self.returning = returning
    self.charset = charset
    self.keys = keys
  }

  /// Parses what stands behind `SEARCH`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> SearchProgram {
    var program = SearchProgram([])
    try cursor.requireSpace(&context)
    try program.parseReturn(&cursor, &context)
    if cursor.next.map({ $0 | 32 == 99 }) == true, cursor.skipKeyword("charset") {
      try cursor.requireSpace(&context)
      program.charset = try IMAPString.parse(&cursor, &context)
      try cursor.requireSpace(&context)
    }
    try program.parseKeys(&cursor, &context)
    return program
  }

  /// Parses `"RETURN" SP "(" … ")" SP` if it is there.
  @_lifetime(cursor: copy cursor)
  mutating func parseReturn(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) {
    guard cursor.next.map({ $0 | 32 == 114 }) == true, cursor.skipKeyword("return") else { return }
    try cursor.requireSpace(&context)
    returning = try SearchReturn.parse(&cursor, &context)
    try cursor.requireSpace(&context)
  }

  /// Parses `search-key *(SP search-key)`.
  @_lifetime(cursor: copy cursor)
  mutating func parseKeys(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) {
    repeat {
      guard keys.count < context.limits.elements else { throw cursor.error(.tooMany) }
      keys.append(try SearchKey.parse(&cursor, &context))
    } while cursor.remaining > 1 && cursor.skip(.space)
  }

  /// Writes what stands behind `SEARCH`.
  func write(to writer: inout IMAPWriter) {
    writeReturn(to: &writer)
    if let charset {
      writer.append(" CHARSET ")
      charset.write(to: &writer)
    }
    writeKeys(to: &writer)
  }

  func writeReturn(to writer: inout IMAPWriter) {
    guard let returning else { return }
    writer.append(" RETURN ")
    returning.write(to: &writer)
  }

  func writeKeys(to writer: inout IMAPWriter) {
    for key in keys.isEmpty ? [.all] : keys {
      writer.append(.space)
      key.write(to: &writer)
    }
  }
}
