@_spi(MailCodec) public import MailWire

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
  public let action: Action
  /// `.SILENT`: the new flags need not be told.
  public let isSilent: Bool
  /// The flags.
  public let flags: FlagSet
  /// `UNCHANGEDSINCE`: messages with a higher mod-sequence are left alone.
  public let unchangedSince: UInt64?
  /// Modifiers that are not in this list.
  public let unknown: [IMAPParameter]

  /// A change; a mod-sequence above 2⁶³ − 1 is cut to it.
  public init(_ action: Action, _ flags: FlagSet, isSilent: Bool = false, unchangedSince: UInt64? = nil) {
    self.init(action, flags, isSilent, unchangedSince, [])
  }

  /// A change, with modifiers that the library does not know.
  ///
  /// - Throws: ``SyntaxError`` with the code `badParameter` for an unknown one with the name of a known one.
  public init(
    _ action: Action, _ flags: FlagSet, isSilent: Bool = false, unchangedSince: UInt64? = nil,
    unknown: [IMAPParameter]
  ) throws(SyntaxError) {
    try unknown.refuse { $0 == IMAPWord("unchangedsince") }
    self.init(action, flags, isSilent, unchangedSince, unknown)
  }

  private init(
    _ action: Action, _ flags: FlagSet, _ isSilent: Bool, _ unchangedSince: UInt64?, _ unknown: [IMAPParameter]
  ) {
    self.action = action
    self.isSilent = isSilent
    self.flags = flags
    self.unchangedSince = unchangedSince.map { Swift.min($0, UInt64(Int64.max)) }
    self.unknown = unknown
  }

  /// Parses `[SP store-modifiers] SP store-att-flags`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> StoreRequest {
    try cursor.requireSpace(&context)
    var unchangedSince: UInt64?
    var unknown: [IMAPParameter] = []
    if cursor.skip(.openParenthesis) {
      repeat {
        let start = cursor.offset
        if cursor.takeName() == IMAPWord("unchangedsince") {
          try cursor.requireSpace(&context)
          unchangedSince = try cursor.requireNumber()
        } else {
          guard unknown.count < context.limits.elements else { throw cursor.error(.tooMany) }
          cursor.offset = start
          unknown.append(try IMAPParameter.parse(&cursor, &context))
        }
      } while cursor.skip(.space)
      try cursor.expect(.closeParenthesis)
      try cursor.requireSpace(&context)
    }
    let action: Action = cursor.skip(.plus) ? .add : cursor.skip(.hyphen) ? .remove : .replace
    let start = cursor.offset
    guard cursor.takeLetters() == IMAPWord("flags") else { throw SyntaxError(.badToken, at: start) }
    let isSilent = cursor.skip(.dot)
    if isSilent, cursor.takeLetters() != IMAPWord("silent") { throw SyntaxError(.badToken, at: start) }
    try cursor.requireSpace(&context)
    let flags = try FlagSet.parse(&cursor, &context, isBareAllowed: true)
    return StoreRequest(action, flags, isSilent, unchangedSince, unknown)
  }

  func write(to writer: inout IMAPWriter) {
    if unchangedSince != nil || !unknown.isEmpty {
      writer.append(.space)
      var list = ParameterWriting()
      if let unchangedSince {
        list.begin(&writer)
        writer.append("UNCHANGEDSINCE ")
        writer.append(decimal: unchangedSince)
      }
      list.end(unknown, &writer)
    }
    switch action {
    case .replace: writer.append(" FLAGS")
    case .add: writer.append(" +FLAGS")
    case .remove: writer.append(" -FLAGS")
    }
    writer.append(isSilent ? ".SILENT " : " ")
    flags.write(to: &writer)
  }
}
