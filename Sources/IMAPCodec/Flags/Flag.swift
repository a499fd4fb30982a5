@_spi(MailCodec) public import MailWire

/// A flag of a message: one of the system's, with a backslash, or a keyword. Case does not count.
///
/// [RFC 9051 §2.3.2](https://www.rfc-editor.org/rfc/rfc9051#section-2.3.2): `flag`, `flag-perm`.
///
///     S: * 2 FETCH (FLAGS (\Deleted \Seen $Forwarded))
public struct Flag: Hashable, Sendable, CustomStringConvertible {
  /// The octets, backslash included.
  public let bytes: [UInt8]

  /// The longest flag in octets.
  public static let maximumLength = 1_000

  /// Validates octets: an atom, perhaps behind a backslash, or `\*`.
  ///
  /// - Throws: ``SyntaxError`` with the code `badToken` at the first octet that the grammar refuses, `tooLong` beyond
  ///   ``maximumLength``, `empty` for none.
  public init(_ span: Span<UInt8>) throws(SyntaxError) {
    guard !span.isEmpty else { throw SyntaxError(.empty, at: 0) }
    guard span.count <= Self.maximumLength else { throw SyntaxError(.tooLong, at: Self.maximumLength) }
    let start = span[0] == .backslash ? 1 : 0
    let isWildcard = start == 1 && span.count == 2 && span[1] == .asterisk
    guard span.count > start else { throw SyntaxError(.badToken, at: start) }
    for index in start..<span.count where !isWildcard && !ASCIIClass.atom.contains(span[index]) {
      throw SyntaxError(.badToken, at: index)
    }
    bytes = span.copied()
  }

  /// Validates text.
  ///
  /// - Throws: ``SyntaxError``, as for octets.
  public init(_ text: String) throws(SyntaxError) {
    let bytes = [UInt8](text.utf8)
    try self.init(bytes.span)
  }

  init(validated bytes: [UInt8]) { self.bytes = bytes }

  private init(_ text: StaticString) { bytes = IMAPWriter.bytes { $0.append(text) } }

  /// Whether it begins with a backslash.
  public var isSystemFlag: Bool { bytes.first == .backslash }

  /// Its bit, when it is one of those that every server knows.
  public var system: SystemFlags? { SystemFlags(name: bytes.span) }

  /// Equal when the octets are, where letters of either case are the same.
  public static func == (left: Flag, right: Flag) -> Bool { left.bytes.span.hasSameLetters(as: right.bytes.span) }

  /// Hashes the octets with letters folded to lower case.
  public func hash(into hasher: inout Hasher) {
    for byte in bytes { hasher.combine(byte.asciiLowercased) }
  }

  /// The flag as text.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}

extension Flag {
  /// `\Answered`.
  public static let answered = Flag("\\Answered" as StaticString)
  /// `\Flagged`.
  public static let flagged = Flag("\\Flagged" as StaticString)
  /// `\Deleted`.
  public static let deleted = Flag("\\Deleted" as StaticString)
  /// `\Seen`.
  public static let seen = Flag("\\Seen" as StaticString)
  /// `\Draft`.
  public static let draft = Flag("\\Draft" as StaticString)
  /// `\Recent`, gone from IMAP4rev2.
  public static let recent = Flag("\\Recent" as StaticString)
  /// `$Forwarded`: the message has been forwarded.
  public static let forwarded = Flag("$Forwarded" as StaticString)
  /// `$MDNSent`: its disposition notification was sent, [RFC 3503](https://www.rfc-editor.org/rfc/rfc3503).
  public static let dispositionNotified = Flag("$MDNSent" as StaticString)
  /// `$Junk`: it is certainly junk.
  public static let junk = Flag("$Junk" as StaticString)
  /// `$NotJunk`: it is certainly not.
  public static let notJunk = Flag("$NotJunk" as StaticString)
  /// `$Phishing`: it is likely to deceive its reader.
  public static let phishing = Flag("$Phishing" as StaticString)
}

extension SystemFlags {
  /// The bit of a flag's whole name, backslash included; nil for any other flag.
  @inline(__always)
  init?(name: Span<UInt8>) {
    guard name.count > 1, name.count <= 9, name[0] == .backslash else { return nil }
    var cursor = ByteCursor(name)
    cursor.offset = 1
    let word = cursor.takeWord()
    guard cursor.isAtEnd else {
      guard name.count == 2, name[1] == .asterisk else { return nil }
      self = .newKeywords
      return
    }
    switch word.packed {
    case packed("seen"): self = .seen
    case packed("answered"): self = .answered
    case packed("flagged"): self = .flagged
    case packed("deleted"): self = .deleted
    case packed("draft"): self = .draft
    case packed("recent"): self = .recent
    default: return nil
    }
  }
}
