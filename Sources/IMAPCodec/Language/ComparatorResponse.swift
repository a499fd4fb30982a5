@_spi(MailCodec) import MailWire

/// The comparator that is in use, and those that fit what was asked for.
///
/// [RFC 5255 §4.8](https://www.rfc-editor.org/rfc/rfc5255#section-4.8).
///
///     S: * COMPARATOR i;basic ("i;basic" "i;ascii-casemap")
public struct ComparatorResponse: Hashable, Sendable {
  /// The comparator in use.
  public var active: IMAPString
  /// Those that fit; none when the client did not ask.
  public var matching: [IMAPString]

  /// Comparators.
  public init(_ active: IMAPString, matching: [IMAPString] = []) {
    self.active = active
    self.matching = matching
  }

  func write(to writer: inout IMAPWriter) {
    writer.append("COMPARATOR ")
    writer.writeAString(active.bytes.span)
    guard !matching.isEmpty else { return }
    writer.append(.space)
    writer.writeStrings(matching)
  }
}

extension LayoutBuilder {
  /// `SP comp-sel-quoted [SP "(" comp-id-quoted *(SP comp-id-quoted) ")"]`
  @_lifetime(cursor: copy cursor)
  mutating func comparator(_ cursor: inout ByteCursor) throws(SyntaxError) -> ComparatorResponse {
    try value(&cursor)
    var response = ComparatorResponse(try astringValue(&cursor))
    if try isMoreOnLine(&cursor) { response.matching = try astringList(&cursor) }
    return response
  }

  /// `"(" astring *(SP astring) ")"`
  @_lifetime(cursor: copy cursor)
  mutating func astringList(_ cursor: inout ByteCursor) throws(SyntaxError) -> [IMAPString] {
    try cursor.expect(.openParenthesis)
    var strings: [IMAPString] = []
    if cursor.next == .closeParenthesis, context.accepts(.emptyList), cursor.skip(.closeParenthesis) { return strings }
    repeat {
      try checkCount(strings.count, cursor)
      strings.append(try astringValue(&cursor))
    } while try isAnother(&cursor)
    try cursor.expect(.closeParenthesis)
    return strings
  }
}
