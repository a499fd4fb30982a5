@_spi(MailCodec) public import MailWire

/// A command with its tag, as it goes over the wire.
///
/// [RFC 9051 §9](https://www.rfc-editor.org/rfc/rfc9051#section-9): `command`.
///
///     C: A00001 SELECT INBOX
public struct TaggedCommand: Equatable, Sendable {
  /// The tag.
  public let tag: IMAPTag
  /// The command.
  public let command: IMAPCommand

  /// A command with its tag.
  public init(_ tag: IMAPTag, _ command: IMAPCommand) {
    self.tag = tag
    self.command = command
  }

  /// Parses a whole unit: the text before its last line ending, kept literals included. Where the command streams a message,
  /// the text ends with the header of its literal and that line's ending.
  ///
  /// - Throws: ``SyntaxError``; its offset counts from the start of the unit. An unknown command is no error. When the text
  ///   ends with a literal's header, `unexpectedEnd` at its end means that the literal is an argument like any other.
  public init(
    _ unit: Span<UInt8>, quirks: IMAPQuirks = .none, limits: IMAPLimits = IMAPLimits()
  ) throws(SyntaxError) {
    var cursor = ByteCursor(unit)
    var context = ParseContext(quirks: quirks, limits: limits)
    self = try Self.parse(&cursor, &context)
  }

  /// Parses a whole unit and tells which quirks it needed.
  ///
  /// - Throws: ``SyntaxError``, as ``init(_:quirks:limits:)``.
  public init(
    _ unit: Span<UInt8>, quirks: IMAPQuirks, limits: IMAPLimits = IMAPLimits(), used: inout IMAPQuirks
  ) throws(SyntaxError) {
    var cursor = ByteCursor(unit)
    var context = ParseContext(quirks: quirks, limits: limits)
    self = try Self.parse(&cursor, &context)
    used.formUnion(context.used)
  }

  @inline(__always)
  @_lifetime(cursor: copy cursor)
  private static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> Self {
    let tag = try IMAPTag.parse(&cursor)
    try cursor.requireSpace(&context)
    return TaggedCommand(tag, try IMAPCommand.parse(&cursor, &context))
  }

  /// The command as octets, with the places where a continuation request must be awaited.
  ///
  /// A command that streams a message ends with the header of its literal; any other with CRLF.
  public func encoded(for encoding: IMAPEncoding) -> EncodedCommand {
    var writer = IMAPWriter(encoding)
    tag.write(to: &writer)
    writer.append(.space)
    command.write(to: &writer)
    return EncodedCommand(writer)
  }
}
