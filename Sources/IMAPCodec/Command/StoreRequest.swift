@_spi(MailCodec) import MailWire

/// How `STORE` changes flags.
///
/// [RFC 9051 §6.4.6](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.6),
/// [RFC 7162 §3.1.3](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.3).
///
///     C: A1 UID STORE 7,9 (UNCHANGEDSINCE 320162338) +FLAGS.SILENT (\Deleted)
public struct StoreRequest: Hashable, Sendable {
  /// What happens to the flags.
  @frozen
  public enum Action: Hashable, Sendable {
    /// `FLAGS`: these and no others are set.
    case replace
    /// `+FLAGS`: these are set.
    case add
    /// `-FLAGS`: these are removed.
    case remove
  }

  /// What happens to the flags.
  public var action: Action
  /// `.SILENT`: the new flags need not be told.
  public var isSilent: Bool
  /// The flags.
  public var flags: FlagSet
  /// `UNCHANGEDSINCE`: messages with a higher mod-sequence are left alone.
  public var unchangedSince: UInt64?
  /// Modifiers that are not in this list.
  public var unknown: [IMAPParameter]

  /// A change.
  public init(
    _ action: Action, _ flags: FlagSet, isSilent: Bool = false, unchangedSince: UInt64? = nil,
    unknown: [IMAPParameter] = []
  ) {
    self.action = action
    self.isSilent = isSilent
    self.flags = flags
    self.unchangedSince = unchangedSince
    self.unknown = unknown
  }

  /// Parses `[SP store-modifiers] SP store-att-flags`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> StoreRequest {
    try cursor.requireSpace(&context)
    var request = StoreRequest(.replace, FlagSet())
    if cursor.next == .openParenthesis {
      for parameter in try IMAPParameter.parseList(&cursor, &context) {
        if parameter.name.isKeyword("UNCHANGEDSINCE") {
          request.unchangedSince = try parameter.number()
        } else {
          request.unknown.append(parameter)
        }
      }
      try cursor.requireSpace(&context)
    }
    if cursor.skip(.plus) { request.action = .add } else if cursor.skip(.hyphen) { request.action = .remove }
    let start = cursor.offset
    guard cursor.takeWord() == (packed("flags"), 5) else { throw SyntaxError(.badToken, at: start) }
    if cursor.skip(.dot) {
      guard cursor.takeWord() == (packed("silent"), 6) else { throw SyntaxError(.badToken, at: start) }
      request.isSilent = true
    }
    try cursor.requireSpace(&context)
    request.flags = try FlagSet.parse(&cursor, &context, isBareAllowed: true)
    return request
  }

  func write(to writer: inout IMAPWriter) {
    var modifiers: [IMAPParameter] = []
    if let unchangedSince {
      modifiers.append(IMAPParameter(IMAPToken(keyword: "UNCHANGEDSINCE"), number: unchangedSince))
    }
    modifiers += unknown
    if !modifiers.isEmpty {
      writer.output.append(.space)
      writer.writeList(modifiers) { modifier, writer in modifier.write(to: &writer) }
    }
    switch action {
    case .replace: writer.output.append(" FLAGS")
    case .add: writer.output.append(" +FLAGS")
    case .remove: writer.output.append(" -FLAGS")
    }
    writer.output.append(isSilent ? ".SILENT " : " ")
    flags.write(to: &writer.output)
  }
}
