@_spi(MailCodec) import MailWire

/// What `SEARCH` looks for, and in which charset the strings are.
///
/// [RFC 9051 §6.4.4](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.4): `search-program`.
///
///     C: A1 SEARCH RETURN (COUNT) CHARSET UTF-8 SUBJECT "report" UNSEEN
public struct SearchProgram: Hashable, Sendable {
  /// What is returned; nil for the plain answer, `* SEARCH`.
  public let returning: SearchReturn?
  /// The charset of the strings; nil for ASCII, or UTF-8 in IMAP4rev2.
  public let charset: IMAPString?
  /// The keys, all of which must hold; never empty.
  public let keys: [SearchKey]

  /// A program; without keys it is about `ALL` messages.
  public init(_ keys: [SearchKey], charset: IMAPString? = nil, returning: SearchReturn? = nil) {
    self.returning = returning
    self.charset = charset
    self.keys = keys.isEmpty ? [.all] : keys
  }

  /// Parses what stands behind `SEARCH`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> SearchProgram {
    try cursor.requireSpace(&context)
    let returning = try SearchReturn.parseBeforeKeys(&cursor, &context)
    var charset: IMAPString?
    if let next = cursor.next, next | 32 == 99, cursor.skipKeyword("charset") {
      try cursor.requireSpace(&context)
      charset = try IMAPString.parse(&cursor, &context)
      try cursor.requireSpace(&context)
    }
    return SearchProgram(try SearchKey.parseKeys(&cursor, &context), charset: charset, returning: returning)
  }

  /// Writes what stands behind `SEARCH`.
  func write(to writer: inout IMAPWriter) {
    SearchReturn.write(returning, to: &writer)
    if let charset {
      writer.append(" CHARSET ")
      charset.write(to: &writer)
    }
    SearchKey.write(keys, to: &writer)
  }
}

extension SearchReturn {
  /// Parses `"RETURN" SP "(" … ")" SP` if it is there.
  @_lifetime(cursor: copy cursor)
  static func parseBeforeKeys(
    _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> SearchReturn? {
    guard let next = cursor.next, next | 32 == 114, cursor.skipKeyword("return") else { return nil }
    try cursor.requireSpace(&context)
    let returning = try parse(&cursor, &context)
    try cursor.requireSpace(&context)
    return returning
  }

  static func write(_ returning: SearchReturn?, to writer: inout IMAPWriter) {
    guard let returning else { return }
    writer.append(" RETURN ")
    returning.write(to: &writer)
  }
}

extension SearchKey {
  /// Parses `search-key *(SP search-key)`.
  @_lifetime(cursor: copy cursor)
  static func parseKeys(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> [SearchKey] {
    var keys: [SearchKey] = []
    keys.reserveCapacity(4)
    keys.append(try parse(&cursor, &context))
    while cursor.remaining > 1, cursor.skip(.space) {
      guard keys.count < context.limits.elements else { throw cursor.error(.tooMany) }
      keys.append(try parse(&cursor, &context))
    }
    return keys
  }

  /// Writes keys, each with a space before it.
  static func write(_ keys: [SearchKey], to writer: inout IMAPWriter) {
    for index in keys.indices {
      writer.append(.space)
      keys[index].write(to: &writer, isLast: index == keys.count - 1)
    }
  }
}
