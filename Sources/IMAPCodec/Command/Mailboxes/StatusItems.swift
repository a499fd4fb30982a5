@_spi(MailCodec) public import MailWire

/// What `STATUS` asks for.
///
/// [RFC 9051 §6.3.11](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.11): `status-att`.
///
///     C: A1 STATUS Archive (MESSAGES UNSEEN SIZE)
public struct StatusItems: Hashable, Sendable {
  /// The items as bits.
  @frozen
  public struct Known: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt16

    /// A set from its bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// `MESSAGES`: how many messages there are.
    public static var messages: Known { Known(rawValue: 1 << 0) }
    /// `RECENT`: how many are recent; gone from IMAP4rev2.
    public static var recent: Known { Known(rawValue: 1 << 1) }
    /// `UIDNEXT`: the next UID.
    public static var uidNext: Known { Known(rawValue: 1 << 2) }
    /// `UIDVALIDITY`: under which UIDs are valid.
    public static var uidValidity: Known { Known(rawValue: 1 << 3) }
    /// `UNSEEN`: how many are not seen.
    public static var unseen: Known { Known(rawValue: 1 << 4) }
    /// `DELETED`: how many are marked as deleted.
    public static var deleted: Known { Known(rawValue: 1 << 5) }
    /// `SIZE`: the octets of all, [RFC 8438](https://www.rfc-editor.org/rfc/rfc8438).
    public static var size: Known { Known(rawValue: 1 << 6) }
    /// `HIGHESTMODSEQ`: [RFC 7162](https://www.rfc-editor.org/rfc/rfc7162).
    public static var highestModSeq: Known { Known(rawValue: 1 << 7) }
    /// `APPENDLIMIT`: [RFC 7889](https://www.rfc-editor.org/rfc/rfc7889).
    public static var appendLimit: Known { Known(rawValue: 1 << 8) }
    /// `MAILBOXID`: [RFC 8474](https://www.rfc-editor.org/rfc/rfc8474).
    public static var mailboxID: Known { Known(rawValue: 1 << 9) }
    /// `DELETED-STORAGE`: the octets that `EXPUNGE` would free, [RFC 9208](https://www.rfc-editor.org/rfc/rfc9208).
    public static var deletedStorage: Known { Known(rawValue: 1 << 10) }
  }

  /// The items as bits.
  public let known: Known
  /// Items that are not in that list.
  public let unknown: [IMAPToken]

  /// Items; bits without a meaning are dropped.
  ///
  /// - Throws: ``SyntaxError`` with the code `empty` for none, `badToken` for an unknown one with the name of a known one.
  public init(_ known: Known, unknown: [IMAPToken] = []) throws(SyntaxError) {
    self.init(unchecked: Known(rawValue: known.rawValue & 0x7FF), unknown)
    guard !self.known.isEmpty || !unknown.isEmpty else { throw SyntaxError(.empty, at: 0) }
    for index in unknown.indices where Self.known(unknown[index].word) != nil {
      throw SyntaxError(.badToken, at: index)
    }
  }

  private init(unchecked known: Known, _ unknown: [IMAPToken]) {
    self.known = known
    self.unknown = unknown
  }

  /// Parses `"(" status-att *(SP status-att) ")"`; an empty list, by a quirk, as `MESSAGES`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> StatusItems {
    try cursor.expect(.openParenthesis)
    var items = Known()
    var unknown: [IMAPToken] = []
    if cursor.next == .closeParenthesis, context.accepts(.emptyList), cursor.skip(.closeParenthesis) {
      return StatusItems(unchecked: .messages, [])
    }
    repeat {
      let start = cursor.offset
      if let item = known(cursor.takeName()) {
        items.insert(item)
        continue
      }
      cursor.offset = start
      guard unknown.count < context.limits.elements else { throw cursor.error(.tooMany) }
      unknown.append(try IMAPToken.parse(&cursor))
    } while cursor.skip(.space)
    try cursor.expect(.closeParenthesis)
    return StatusItems(unchecked: items, unknown)
  }

  @inline(__always)
  private static func known(_ word: IMAPWord) -> Known? {
    switch word {
    case IMAPWord("messages"): .messages
    case IMAPWord("recent"): .recent
    case IMAPWord("uidnext"): .uidNext
    case IMAPWord("uidvalidity"): .uidValidity
    case IMAPWord("unseen"): .unseen
    case IMAPWord("deleted"): .deleted
    case IMAPWord("size"): .size
    case IMAPWord("highestmodseq"): .highestModSeq
    case IMAPWord("appendlimit"): .appendLimit
    case IMAPWord("mailboxid"): .mailboxID
    case IMAPWord("deleted-storage"): .deletedStorage
    default: nil
    }
  }

  func write(to writer: inout IMAPWriter) {
    var isFirst = true
    writer.append(.openParenthesis)
    for (item, name) in Self.names where known.contains(item) {
      if !isFirst { writer.append(.space) }
      isFirst = false
      writer.append(name)
    }
    for name in unknown {
      if !isFirst { writer.append(.space) }
      isFirst = false
      writer.append(name.bytes)
    }
    writer.append(.closeParenthesis)
  }

  private static let names: [(Known, StaticString)] = [
    (.messages, "MESSAGES"), (.recent, "RECENT"), (.uidNext, "UIDNEXT"), (.uidValidity, "UIDVALIDITY"),
    (.unseen, "UNSEEN"), (.deleted, "DELETED"), (.size, "SIZE"), (.highestModSeq, "HIGHESTMODSEQ"),
    (.appendLimit, "APPENDLIMIT"), (.mailboxID, "MAILBOXID"), (.deletedStorage, "DELETED-STORAGE")
  ]
}
