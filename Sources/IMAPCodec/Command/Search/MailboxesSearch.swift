@_spi(MailCodec) import MailWire

/// A search in several mailboxes at once, the command `ESEARCH`.
///
/// [RFC 7377 §2](https://www.rfc-editor.org/rfc/rfc7377#section-2).
///
///     C: A1 ESEARCH IN (mailboxes "folder1" subtree "folder2") unseen
public struct MailboxesSearch: Hashable, Sendable {
  /// Where to search; nil for the mailbox that is selected.
  public let sources: OneOrMore<MailboxFilter>?
  /// Options of the scope, of which none are defined yet; only with sources.
  public let options: [IMAPParameter]
  /// What to look for.
  public let program: SearchProgram

  /// A search of the selected mailbox.
  public init(_ program: SearchProgram) {
    sources = nil
    options = []
    self.program = program
  }

  /// A search of other mailboxes.
  public init(_ program: SearchProgram, in sources: OneOrMore<MailboxFilter>, options: [IMAPParameter] = []) {
    self.sources = sources
    self.options = options
    self.program = program
  }

  /// Parses what stands behind `ESEARCH`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> MailboxesSearch {
    let start = cursor.offset
    try cursor.requireSpace(&context)
    guard cursor.skipKeyword("in") else {
      cursor.offset = start
      return MailboxesSearch(try SearchProgram.parse(&cursor, &context))
    }
    try cursor.requireSpace(&context)
    try cursor.expect(.openParenthesis)
    var sources: [MailboxFilter] = []
    var options: [IMAPParameter] = []
    repeat {
      guard sources.count < context.limits.elements else { throw cursor.error(.tooMany) }
      sources.append(try MailboxFilter.parse(&cursor, &context))
      guard !cursor.skipSpaceBeforeList() else {
        options = try IMAPParameter.parseList(&cursor, &context)
        break
      }
    } while cursor.skip(.space)
    try cursor.expect(.closeParenthesis)
    return MailboxesSearch(
      try SearchProgram.parse(&cursor, &context), in: OneOrMore(unchecked: sources), options: options)
  }

  func write(to writer: inout IMAPWriter) {
    if let sources {
      writer.append(" IN (")
      for index in sources.elements.indices {
        if index > 0 { writer.append(.space) }
        sources.elements[index].write(to: &writer)
      }
      if !options.isEmpty {
        writer.append(.space)
        writer.writeList(options) { option, writer in option.write(to: &writer) }
      }
      writer.append(.closeParenthesis)
    }
    program.write(to: &writer)
  }
}
