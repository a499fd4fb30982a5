@_spi(MailCodec) public import MailWire

/// The names of header fields, in one allocation. Never empty.
///
/// [RFC 9051 §9](https://www.rfc-editor.org/rfc/rfc9051#section-9): `header-list`.
///
///     C: A1 FETCH 1 BODY.PEEK[HEADER.FIELDS (FROM TO SUBJECT)]
public struct HeaderFieldNames: Hashable, Sendable {
  var names = PackedStrings()

  /// Validates names.
  ///
  /// - Throws: ``SyntaxError`` with the code `empty` for none, `unexpectedByte` for a NUL.
  public init(_ names: [String]) throws(SyntaxError) {
    guard !names.isEmpty else { throw SyntaxError(.empty, at: 0) }
    for name in names {
      let string = try IMAPString(name)
      self.names.append(string.bytes.span)
    }
  }

  init(unchecked names: PackedStrings) { self.names = names }

  /// How many there are.
  public var count: Int { names.count }

  /// The names, in order and as they were spelt.
  public var bytes: [[UInt8]] {
    var list: [[UInt8]] = []
    names.forEach { name in
      list.append(name.copied())
      return true
    }
    return list
  }

  /// Whether the name is among them; case does not count.
  public func contains(_ name: Span<UInt8>) -> Bool { names.contains(name) }

  /// Parses `"(" header-fld-name *(SP header-fld-name) ")"`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> HeaderFieldNames {
    guard cursor.skip(.openParenthesis) else { throw cursor.unexpected }
    var names = PackedStrings()
    // An estimate that the text bounds: the names with a separator for each take no more than it.
    names.reserve(Swift.min(cursor.remaining, 64))
    repeat {
      guard names.count < context.limits.elements else { throw cursor.error(.tooMany) }
      let name = try cursor.takeAString(&context)
      names.append(name)
    } while cursor.skip(.space)
    guard cursor.skip(.closeParenthesis) else { throw cursor.unexpected }
    return HeaderFieldNames(unchecked: names)
  }

  func write(to writer: inout IMAPWriter) {
    writer.append(.openParenthesis)
    var isFirst = true
    names.forEach { name in
      if !isFirst { writer.append(.space) }
      isFirst = false
      writer.writeAString(name)
      return true
    }
    writer.append(.closeParenthesis)
  }
}
