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

  /// The names of the entries.
  public let entries: OneOrMore<IMAPString>
  /// `MAXSIZE`: longer values are left out.
  public let maximumSize: UInt32?
  /// `DEPTH`: nil means ``Depth/entry``.
  public let depth: Depth?

  /// A request.
  public init(_ entries: OneOrMore<IMAPString>, maximumSize: UInt32? = nil, depth: Depth? = nil) {
    self.entries = entries
    self.maximumSize = maximumSize
    self.depth = depth
  }

  /// Parses `[options SP] mailbox SP entries`.
  @_lifetime(cursor: copy cursor)
  static func parse(
    _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> (MailboxName, MetadataRequest) {
    var options: (maximumSize: UInt32?, depth: Depth?) = (nil, nil)
    try cursor.requireSpace(&context)
    if cursor.next == .openParenthesis {
      options = try parseOptions(&cursor, &context)
      try cursor.requireSpace(&context)
    }
    let mailbox = try MailboxName.parse(&cursor, &context)
    try cursor.requireSpace(&context)
    var entries: [IMAPString] = []
    if cursor.skip(.openParenthesis) {
      repeat {
        guard entries.count < context.limits.elements else { throw cursor.error(.tooMany) }
        entries.append(try IMAPString.parse(&cursor, &context))
      } while cursor.skip(.space)
      try cursor.expect(.closeParenthesis)
    } else {
      entries = [try IMAPString.parse(&cursor, &context)]
    }
    let request = MetadataRequest(
      OneOrMore(unchecked: entries), maximumSize: options.maximumSize, depth: options.depth)
    return (mailbox, request)
  }

  @_lifetime(cursor: copy cursor)
  private static func parseOptions(
    _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> (maximumSize: UInt32?, depth: Depth?) {
    var maximumSize: UInt32?
    var depth: Depth?
    try cursor.expect(.openParenthesis)
    repeat {
      let start = cursor.offset
      switch cursor.takeLetters() {
      case IMAPWord("maxsize"):
        try cursor.requireSpace(&context)
        maximumSize = UInt32(truncatingIfNeeded: try cursor.requireNumber(upTo: UInt64(UInt32.max)))
      case IMAPWord("depth"):
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
      default: throw SyntaxError(.badParameter, at: start)
      }
    } while cursor.skip(.space)
    try cursor.expect(.closeParenthesis)
    return (maximumSize, depth)
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
    writer.writeList(entries.elements) { entry, writer in
      entry.write(to: &writer)
    }
  }
}
