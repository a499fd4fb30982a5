@_spi(MailCodec) import MailWire

/// Which annotations `GETMETADATA` asks for.
///
/// [RFC 5464 §4.2](https://www.rfc-editor.org/rfc/rfc5464#section-4.2).
///
///     C: A1 GETMETADATA (DEPTH 1) INBOX (/private/filters/values)
public struct MetadataRequest: Hashable, Sendable {
  /// How far below an entry its children are told.
  @frozen
  public enum Depth: Hashable, Sendable {
    /// `0`: not at all.
    case entry
    /// `1`: its children.
    case children
    /// `infinity`: all below it.
    case all
  }

  /// The names of the entries; none is written as an empty name.
  public var entries: [IMAPString]
  /// `MAXSIZE`: longer values are left out.
  public var maximumSize: UInt32?
  /// `DEPTH`: nil means ``Depth/entry``.
  public var depth: Depth?

  /// A request.
  public init(_ entries: [IMAPString], maximumSize: UInt32? = nil, depth: Depth? = nil) {
    self.entries = entries
    self.maximumSize = maximumSize
    self.depth = depth
  }

  /// Parses `[options SP] mailbox SP entries`.
  @_lifetime(cursor: copy cursor)
  static func parse(
    _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> (MailboxName, MetadataRequest) {
    var request = MetadataRequest([])
    try cursor.requireSpace(&context)
    if cursor.next == .openParenthesis {
      try request.parseOptions(&cursor, &context)
      try cursor.requireSpace(&context)
    }
    let mailbox = try MailboxName.parse(&cursor, &context)
    try cursor.requireSpace(&context)
    guard cursor.skip(.openParenthesis) else {
      request.entries = [try IMAPString.parse(&cursor, &context)]
      return (mailbox, request)
    }
    repeat {
      guard request.entries.count < context.limits.elements else { throw cursor.error(.tooMany) }
      request.entries.append(try IMAPString.parse(&cursor, &context))
    } while cursor.skip(.space)
    try cursor.expect(.closeParenthesis)
    return (mailbox, request)
  }

  @_lifetime(cursor: copy cursor)
  private mutating func parseOptions(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) {
    try cursor.expect(.openParenthesis)
    repeat {
      let start = cursor.offset
      if cursor.skipKeyword("maxsize") {
        try cursor.requireSpace(&context)
        maximumSize = UInt32(truncatingIfNeeded: try cursor.requireNumber(upTo: UInt64(UInt32.max)))
      } else if cursor.skipKeyword("depth") {
        try cursor.requireSpace(&context)
        if cursor.skip(48) {
          depth = .entry
        } else if cursor.skip(49) {
          depth = .children
        } else if cursor.skipKeyword("infinity") {
          depth = .all
        } else {
          throw cursor.error(.badParameter)
        }
      } else {
        throw SyntaxError(.badParameter, at: start)
      }
    } while cursor.skip(.space)
    try cursor.expect(.closeParenthesis)
  }

  func write(to writer: inout IMAPWriter, _ mailbox: MailboxName) {
    if maximumSize != nil || depth != nil {
      writer.append(" (")
      if let maximumSize {
        writer.append("MAXSIZE ")
        writer.append(decimal: UInt64(maximumSize))
      }
      if let depth {
        if maximumSize != nil { writer.append(.space) }
        switch depth {
        case .entry: writer.append("DEPTH 0")
        case .children: writer.append("DEPTH 1")
        case .all: writer.append("DEPTH infinity")
        }
      }
      writer.append(.closeParenthesis)
    }
    writer.append(.space)
    mailbox.write(to: &writer)
    writer.append(.space)
    writer.writeList(entries.isEmpty ? [IMAPString(unchecked: [])] : entries) { entry, writer in
      entry.write(to: &writer)
    }
  }
}
