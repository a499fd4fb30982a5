@_spi(MailCodec) public import MailWire

/// An address that receives mail: local part, `@`, host.
///
/// [RFC 5321 §4.1.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2). One allocation holds it all; the parts are cut
/// out when asked for. Not to be confused with an IMAP folder.
///
///     C: RCPT TO:<robert@domain.test>
public struct Mailbox: Hashable, Sendable, CustomStringConvertible {
  /// The octets as they were read or given, `local@host`.
  public let bytes: [UInt8]
  /// The length of the local part in octets.
  private let localPartLength: Int

  /// Parses `local@host`, without angle brackets.
  ///
  /// - Parameter quirks: deviations to accept.
  /// - Throws: ``SyntaxError`` with the code `badLocalPart`, `badDomain`, `tooLong`, `unexpectedByte` (no `@`) or
  ///   `trailingBytes`.
  public init(_ span: Span<UInt8>, quirks: SMTPQuirks = .none) throws(SyntaxError) {
    var used = SMTPQuirks.none
    var cursor = ByteCursor(span)
    let length = try Mailbox.skip(&cursor, quirks, &used)
    guard cursor.isAtEnd else { throw cursor.error(.trailingBytes) }
    self.init(unchecked: span.copied(), localPartLength: length)
  }

  /// Parses text such as `susan@website.test`.
  ///
  /// - Throws: ``SyntaxError``, as for octets.
  public init(_ text: String) throws(SyntaxError) {
    let bytes = [UInt8](text.utf8)
    try self.init(bytes.span)
  }

  /// A mailbox from its parts.
  public init(_ localPart: LocalPart, at host: MailHost) {
    self.init(unchecked: localPart.bytes + [64] + host.bytes, localPartLength: localPart.bytes.count)
  }

  package init(unchecked bytes: [UInt8], localPartLength: Int) {
    self.bytes = bytes
    self.localPartLength = localPartLength
  }

  /// The part before the `@`.
  public var localPart: LocalPart { LocalPart(unchecked: [UInt8](bytes[..<localPartLength])) }

  /// The part behind the `@`.
  public var host: MailHost {
    let span = bytes.span.extracting(droppingFirst: localPartLength + 1)
    if span[0] == 91, let literal = try? AddressLiteral(span) { return .literal(literal) }
    return .domain(Domain(unchecked: span.copied()))
  }

  /// The host when it is a domain.
  public var domain: Domain? {
    if case .domain(let domain) = host { return domain }
    return nil
  }

  /// Equal local parts, quoting removed, at equal hosts, case ignored.
  public static func == (left: Mailbox, right: Mailbox) -> Bool {
    let leftHost = left.bytes.span.extracting(droppingFirst: left.localPartLength)
    let rightHost = right.bytes.span.extracting(droppingFirst: right.localPartLength)
    return leftHost.hasSameLetters(as: rightHost) && left.localPart == right.localPart
  }

  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) {
    localPart.hash(into: &hasher)
    for byte in bytes[localPartLength...] { hasher.combine(byte.asciiLowercased) }
  }

  /// The mailbox as it is written.
  public var description: String { String(decoding: bytes, as: UTF8.self) }

  /// Moves the cursor behind a mailbox and returns the length of its local part.
  @inline(always)
  @_lifetime(cursor: copy cursor)
  static func skip(
    _ cursor: inout ByteCursor, _ quirks: SMTPQuirks, _ used: inout SMTPQuirks
  ) throws(SyntaxError) -> Int {
    let start = cursor.offset
    try AddressGrammar.skipLocalPart(&cursor, quirks, &used)
    let length = cursor.offset - start
    guard cursor.skip(64) else { throw cursor.error(cursor.isAtEnd ? .unexpectedEnd : .unexpectedByte) }
    try AddressGrammar.skipHost(&cursor, quirks, &used)
    return length
  }
}
