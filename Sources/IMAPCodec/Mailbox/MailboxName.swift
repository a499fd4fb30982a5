@_spi(MailCodec) public import MailWire

/// The name of a mailbox: octets as they stand on the wire, with views as text.
///
/// [RFC 9051 §5.1](https://www.rfc-editor.org/rfc/rfc9051#section-5.1). The octets are the identity, because servers also
/// list names that are no valid modified UTF-7; such a name survives every round trip. `INBOX` in letters of any case is one
/// name, held in upper case.
///
///     S: * LIST () "/" "~peter/mail/&U,BTFw-/&ZeVnLIqe-"
public struct MailboxName: Hashable, Sendable, CustomStringConvertible {
  /// The octets as they stand on the wire, without quotes and escapes.
  public let bytes: [UInt8]

  /// `INBOX`: where mail arrives.
  public static let inbox = MailboxName(unchecked: [73, 78, 66, 79, 88])

  /// The empty name, the usual reference of `LIST`.
  public static let empty = MailboxName(unchecked: [])

  /// Validates the octets of the wire form.
  ///
  /// - Throws: ``SyntaxError`` with the code `unexpectedByte` for NUL.
  public init(_ span: Span<UInt8>) throws(SyntaxError) {
    if let index = span.firstIndex(of: 0) { throw SyntaxError(.unexpectedByte, at: index) }
    self.init(unchecked: span.copied())
  }

  /// The name that shows as this text.
  ///
  /// - Parameters:
  ///   - text: any text without NUL, as ``text(_:)`` gives it.
  ///   - form: how the server names mailboxes; UTF-8 once `UTF8=ACCEPT` or `IMAP4rev2` was enabled.
  /// - Throws: ``SyntaxError`` with the code `unexpectedByte` for NUL.
  public init(_ text: String, _ form: MailboxNameForm = .modifiedUTF7) throws(SyntaxError) {
    let bytes =
      switch form {
      case .modifiedUTF7: ModifiedUTF7.encode(text)
      case .utf8: ModifiedUTF7.encodeAsUTF8(text)
      }
    try self.init(bytes.span)
  }

  /// The name of these octets, which hold no NUL.
  @inline(__always)
  init(unchecked bytes: [UInt8]) {
    self.bytes = bytes.count == 5 && Self.isInbox(bytes.span) ? [73, 78, 66, 79, 88] : bytes
  }

  @inline(__always)
  private static func isInbox(_ span: Span<UInt8>) -> Bool {
    span[0] | 32 == 105 && span[1] | 32 == 110 && span[2] | 32 == 98 && span[3] | 32 == 111 && span[4] | 32 == 120
  }

  /// Whether it is ``inbox``.
  public var isInbox: Bool { bytes.count == 5 && Self.isInbox(bytes.span) }

  /// The name as text. What is not valid in the form shows as characters of the private use area, U+F700 to U+F7FF, so
  /// that ``init(_:_:)`` makes the same octets again.
  public func text(_ form: MailboxNameForm = .modifiedUTF7) -> String {
    switch form {
    case .modifiedUTF7: ModifiedUTF7.decode(bytes.span)
    case .utf8: ModifiedUTF7.decodeAsUTF8(bytes.span)
    }
  }

  /// Whether the octets are valid in the form, and the only ones for their text.
  public func isValid(_ form: MailboxNameForm = .modifiedUTF7) -> Bool {
    !text(form).unicodeScalars.contains { ModifiedUTF7.isEscape($0) }
  }

  /// The levels of the hierarchy, split at each delimiter of `LIST`.
  public func levels(delimiter: UInt8) -> [[UInt8]] {
    bytes.split(separator: delimiter, omittingEmptySubsequences: false).map { [UInt8]($0) }
  }

  /// The name of a mailbox one level below this one.
  ///
  /// - Throws: ``SyntaxError`` with the code `unexpectedByte` when the level holds the delimiter, `empty` for no octets.
  public func child(_ level: MailboxName, delimiter: UInt8) throws(SyntaxError) -> MailboxName {
    guard !level.bytes.isEmpty else { throw SyntaxError(.empty, at: 0) }
    if let index = level.bytes.span.firstIndex(of: delimiter) { throw SyntaxError(.unexpectedByte, at: index) }
    guard delimiter != 0 else { throw SyntaxError(.unexpectedByte, at: 0) }
    return MailboxName(unchecked: bytes + [delimiter] + level.bytes)
  }

  /// Parses `mailbox`, an `astring`.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> MailboxName {
    let token = try cursor.takeAString(&context)
    // The most frequent name of all costs no allocation.
    if token.raw.count == 5, isInbox(token.raw) { return MailboxName(unchecked: [73, 78, 66, 79, 88]) }
    return MailboxName(unchecked: token.copied())
  }

  func write(to writer: inout IMAPWriter) { writer.writeAString(bytes.span) }

  /// The name as text, from modified UTF-7.
  public var description: String { text() }
}
