@_spi(MailCodec) import MailWire

/// The search key `MODSEQ`: a mod-sequence, and whose metadata it is about if not everything's.
///
/// [RFC 7162 §3.1.5](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.5): `search-modsequence`.
///
///     C: A1 SEARCH MODSEQ "/flags/\\draft" all 620162338
public struct ModSeqKey: Hashable, Sendable {
  /// Which entry counts, and whose.
  @frozen
  public enum EntryKind: Hashable, Sendable {
    /// `priv`: the user's own.
    case own
    /// `shared`: everybody's.
    case shared
    /// `all`: either.
    case any
  }

  /// The least mod-sequence.
  public let value: UInt64
  /// The flag whose entry counts; nil for all entries.
  public let flag: Flag?
  /// Whose entry.
  public let kind: EntryKind

  /// A key; numbers above 2⁶³ − 1 are cut to it.
  public init(_ value: UInt64, flag: Flag? = nil, kind: EntryKind = .any) {
    self.value = Swift.min(value, UInt64(Int64.max))
    self.flag = flag
    self.kind = flag == nil ? .any : kind
  }

  /// Parses `[SP entry-name SP entry-type-req] SP mod-sequence-valzer`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> ModSeqKey {
    try cursor.requireSpace(&context)
    guard cursor.next == .quote else { return ModSeqKey(try cursor.requireNumber()) }
    let flag = try flag(&cursor, &context)
    try cursor.requireSpace(&context)
    let kind: EntryKind
    if cursor.skipKeyword("priv") {
      kind = .own
    } else if cursor.skipKeyword("shared") {
      kind = .shared
    } else if cursor.skipKeyword("all") {
      kind = .any
    } else {
      throw cursor.error(.badToken)
    }
    try cursor.requireSpace(&context)
    return ModSeqKey(try cursor.requireNumber(), flag: flag, kind: kind)
  }

  /// `DQUOTE "/flags/" attr-flag DQUOTE`, in which a backslash is escaped.
  @_lifetime(cursor: copy cursor)
  private static func flag(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> Flag {
    let start = cursor.offset
    let name = try cursor.takeString(&context).copied()
    var rest = ByteCursor(name.span)
    guard rest.skip(47), rest.skipKeyword("flags"), rest.skip(47) else { throw SyntaxError(.badParameter, at: start) }
    do throws(SyntaxError) {
      return try Flag(rest.takeRest())
    } catch {
      throw SyntaxError(error.code, at: start)
    }
  }

  func write(to writer: inout IMAPWriter) {
    if let flag {
      writer.append("\"/flags/")
      for byte in flag.bytes {
        if byte == .backslash { writer.append(.backslash) }
        writer.append(byte)
      }
      writer.append(.quote)
      switch kind {
      case .own: writer.append(" priv ")
      case .shared: writer.append(" shared ")
      case .any: writer.append(" all ")
      }
    }
    writer.append(decimal: value)
  }
}
