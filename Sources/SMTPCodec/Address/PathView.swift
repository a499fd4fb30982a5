@_spi(MailCodec) import MailWire

/// A path as it stands in a command, borrowed: a mailbox, `Postmaster` without a domain, or nothing.
///
/// [RFC 5321 §4.1.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2). A source route (`@relay.test:`) is checked and
/// left out, as [appendix C](https://www.rfc-editor.org/rfc/rfc5321#appendix-C) asks.
public struct PathView: ~Escapable {
  /// The octets of the mailbox; `Postmaster` for the postmaster; none for the null path.
  public let bytes: Span<UInt8>
  /// The length of the local part in octets.
  let localPartLength: Int

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>, localPartLength: Int) {
    self.bytes = bytes
    self.localPartLength = localPartLength
  }

  /// Whether the path is `<>`.
  public var isNull: Bool { bytes.isEmpty }

  /// Whether the path is `<Postmaster>`.
  public var isPostmaster: Bool { !bytes.isEmpty && localPartLength == bytes.count }

  /// The octets before the `@`.
  public var localPart: Span<UInt8> {
    @_lifetime(copy self)
    get { bytes.extracting(first: localPartLength) }
  }

  /// The octets behind the `@`.
  public var host: Span<UInt8> {
    @_lifetime(copy self)
    get { bytes.extracting(droppingFirst: min(localPartLength + 1, bytes.count)) }
  }

  /// The mailbox, copied.
  var mailbox: Mailbox { Mailbox(unchecked: bytes.copied(), localPartLength: localPartLength) }
}

extension PathView {
  /// What a path may be besides a mailbox.
  enum Role {
    case reverse
    case forward
  }

  /// Parses a path with its angle brackets; the cursor stops behind it.
  @_lifetime(copy cursor)
  @_lifetime(cursor: copy cursor)
  static func parse(
    _ cursor: inout ByteCursor, as role: Role, _ quirks: SMTPQuirks, _ used: inout SMTPQuirks
  ) throws(SyntaxError) -> PathView {
    let outside = cursor.offset
    let hasBrackets = cursor.skip(60)
    if !hasBrackets {
      guard quirks.contains(.missingAngleBrackets) else { throw cursor.error(.badPath) }
      used.insert(.missingAngleBrackets)
    } else if role == .reverse, cursor.skip(62) {
      return PathView(cursor.bytes.extracting(outside..<outside), localPartLength: 0)
    }
    if cursor.next == 64 { try skipSourceRoute(&cursor, quirks, &used) }
    let start = cursor.offset
    let localPartLength = try mailboxOrPostmaster(&cursor, role, quirks, &used)
    let end = cursor.offset
    if hasBrackets, !cursor.skip(62) { throw cursor.error(.badPath) }
    guard cursor.offset - outside <= AddressGrammar.maximumPath else { throw SyntaxError(.tooLong, at: outside) }
    return PathView(cursor.bytes.extracting(start..<end), localPartLength: localPartLength)
  }

  @inline(always)
  @_lifetime(cursor: copy cursor)
  private static func mailboxOrPostmaster(
    _ cursor: inout ByteCursor, _ role: Role, _ quirks: SMTPQuirks, _ used: inout SMTPQuirks
  ) throws(SyntaxError) -> Int {
    if role == .forward, isPostmaster(cursor) {
      cursor.offset += 10
      return 10
    }
    return try Mailbox.skip(&cursor, quirks, &used)
  }

  /// `Postmaster` with nothing behind it. The first two octets rule out nearly every other address at once.
  @inline(always)
  private static func isPostmaster(_ cursor: borrowing ByteCursor) -> Bool {
    let bytes = cursor.bytes
    let start = cursor.offset
    guard cursor.remaining >= 10, bytes[start] | 32 == 112, bytes[start + 1] | 32 == 111 else { return false }
    guard cursor.remaining == 10 || bytes[start + 10] == 62 || bytes[start + 10] == .space else { return false }
    let name: [UInt8] = [112, 111, 115, 116, 109, 97, 115, 116, 101, 114]
    return bytes.extracting(start..<(start + 10)).hasSameLetters(as: name.span)
  }

  /// `A-d-l ":"`, where `A-d-l = At-domain *( "," At-domain )`.
  @_lifetime(cursor: copy cursor)
  private static func skipSourceRoute(
    _ cursor: inout ByteCursor, _ quirks: SMTPQuirks, _ used: inout SMTPQuirks
  ) throws(SyntaxError) {
    repeat {
      guard cursor.skip(64) else { throw cursor.error(.badPath) }
      try AddressGrammar.skipDomain(&cursor, quirks, &used)
    } while cursor.skip(44)
    guard cursor.skip(58) else { throw cursor.error(.badPath) }
  }
}
