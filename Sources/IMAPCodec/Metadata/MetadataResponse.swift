@_spi(MailCodec) public import MailWire

/// Annotations of a mailbox or of the server: entries with their values, or the names of those that have changed.
///
/// [RFC 5464 §4.4](https://www.rfc-editor.org/rfc/rfc5464#section-4.4).
///
///     S: * METADATA INBOX (/private/comment "My own comment")
///     S: * METADATA "" /shared/comment /private/comment
public struct MetadataResponse: Hashable, Sendable {
  /// What a response says.
  @frozen
  public enum Content: Hashable, Sendable {
    /// Entries and their values, in answer to `GETMETADATA`.
    case values([MetadataEntry])
    /// Names of entries that have changed.
    case names([IMAPString])
  }

  /// The mailbox; an empty name stands for the server.
  public let mailbox: MailboxName
  /// What it says.
  public let content: Content

  /// Annotations of a mailbox.
  ///
  /// - Throws: ``SyntaxError`` with the code `empty` without entries or names, or for an empty name among several.
  public init(_ mailbox: MailboxName, _ content: Content) throws(SyntaxError) {
    switch content {
    case .values(let entries): if entries.isEmpty { throw SyntaxError(.empty, at: 0) }
    case .names(let names): if names.isEmpty { throw SyntaxError(.empty, at: 0) }
    }
    self.init(checked: mailbox, content)
  }

  init(checked mailbox: MailboxName, _ content: Content) {
    self.mailbox = mailbox
    self.content = content
  }

  func write(to writer: inout IMAPWriter) {
    writer.append("METADATA ")
    writer.writeAString(mailbox.bytes.span)
    switch content {
    case .values(let entries):
      // There are entries, unless a quirk let none be read.
      var separator: StaticString = " ("
      if entries.isEmpty { writer.append(separator) }
      for entry in entries {
        writer.append(separator)
        separator = " "
        writer.writeAString(entry.name.bytes.span)
        writer.append(.space)
        writer.writeContent(entry.value)
      }
      writer.append(.closeParenthesis)
    case .names(let names):
      for name in names {
        writer.append(.space)
        writer.writeAString(name.bytes.span)
      }
    }
  }
}

extension LayoutBuilder {
  /// `SP mailbox SP ("(" entry SP value *(SP entry SP value) ")" / entry *(SP entry))`
  @_lifetime(cursor: copy cursor)
  mutating func metadata(_ cursor: inout ByteCursor) throws(SyntaxError) -> MetadataResponse {
    try value(&cursor)
    let mailbox = try mailboxValue(&cursor)
    try value(&cursor)
    guard cursor.skip(.openParenthesis) else {
      var names: [IMAPString] = []
      repeat {
        try checkCount(names.count, cursor)
        names.append(try astringValue(&cursor))
      } while try isMoreOnLine(&cursor)
      return MetadataResponse(checked: mailbox, .names(names))
    }
    var entries: [MetadataEntry] = []
    if cursor.next == .closeParenthesis, context.accepts(.emptyList), cursor.skip(.closeParenthesis) {
      return MetadataResponse(checked: mailbox, .values(entries))
    }
    repeat {
      try checkCount(entries.count, cursor)
      let name = try astringValue(&cursor)
      try value(&cursor)
      entries.append(MetadataEntry(name, try contentValue(&cursor)))
    } while try isAnother(&cursor)
    try cursor.expect(.closeParenthesis)
    return MetadataResponse(checked: mailbox, .values(entries))
  }
}
