@_spi(MailCodec) public import MailWire

/// The modifiers of `FETCH`.
///
/// [RFC 7162 §3.1.4.1](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.4.1),
/// [RFC 9394 §3.3](https://www.rfc-editor.org/rfc/rfc9394#section-3.3).
///
///     C: A1 UID FETCH 300:500 (FLAGS) (CHANGEDSINCE 12345 VANISHED)
public struct FetchModifiers: Hashable, Sendable {
  /// `CHANGEDSINCE`: only messages with a higher mod-sequence.
  public let changedSince: UInt64?
  /// `VANISHED`: expunged messages are reported as well; only behind `UID`, with `CHANGEDSINCE`.
  public let vanished: Bool
  /// `PARTIAL`: only these of the messages.
  public let partial: ResultRange?
  /// Modifiers that are not in this list.
  public let unknown: [IMAPParameter]

  /// No modifiers, or some; a mod-sequence above 2⁶³ − 1 is cut to it.
  public init(changedSince: UInt64? = nil, vanished: Bool = false, partial: ResultRange? = nil) {
    self.init(changedSince, vanished, partial, [])
  }

  /// Modifiers, with some that the library does not know.
  ///
  /// - Throws: ``SyntaxError`` with the code `badParameter` for an unknown one with the name of a known one.
  public init(
    changedSince: UInt64? = nil, vanished: Bool = false, partial: ResultRange? = nil, unknown: [IMAPParameter]
  ) throws(SyntaxError) {
    try unknown.refuse { Self.isKnown($0) }
    self.init(changedSince, vanished, partial, unknown)
  }

  private init(_ changedSince: UInt64?, _ vanished: Bool, _ partial: ResultRange?, _ unknown: [IMAPParameter]) {
    self.changedSince = changedSince.map { Swift.min($0, UInt64(Int64.max)) }
    self.vanished = vanished
    self.partial = partial
    self.unknown = unknown
  }

  private static func isKnown(_ word: IMAPWord) -> Bool {
    word == IMAPWord("changedsince") || word == IMAPWord("vanished") || word == IMAPWord("partial")
  }

  /// Whether there are none.
  public var isEmpty: Bool { changedSince == nil && !vanished && partial == nil && unknown.isEmpty }

  /// Parses `"(" fetch-modifier *(SP fetch-modifier) ")"`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> FetchModifiers {
    var changedSince: UInt64?
    var vanished = false
    var partial: ResultRange?
    var unknown: [IMAPParameter] = []
    try cursor.expect(.openParenthesis)
    repeat {
      let start = cursor.offset
      switch cursor.takeName() {
      case IMAPWord("changedsince"):
        try cursor.requireSpace(&context)
        changedSince = try cursor.requireNumber()
      case IMAPWord("vanished"): vanished = true
      case IMAPWord("partial"):
        try cursor.requireSpace(&context)
        partial = try ResultRange.parse(&cursor)
      default:
        guard unknown.count < context.limits.elements else { throw cursor.error(.tooMany) }
        cursor.offset = start
        unknown.append(try IMAPParameter.parse(&cursor, &context))
      }
    } while cursor.skip(.space)
    try cursor.expect(.closeParenthesis)
    return FetchModifiers(changedSince, vanished, partial, unknown)
  }

  /// Writes the modifiers with a space before them, or nothing.
  func write(to writer: inout IMAPWriter) {
    guard !isEmpty else { return }
    writer.append(.space)
    var list = ParameterWriting()
    if let changedSince {
      list.begin(&writer)
      writer.append("CHANGEDSINCE ")
      writer.append(decimal: changedSince)
    }
    if vanished {
      list.begin(&writer)
      writer.append("VANISHED")
    }
    if let partial {
      list.begin(&writer)
      writer.append("PARTIAL ")
      partial.write(to: &writer)
    }
    list.end(unknown, &writer)
  }
}
