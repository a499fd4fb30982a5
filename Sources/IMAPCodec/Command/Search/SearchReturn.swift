@_spi(MailCodec) public import MailWire

/// What `SEARCH` and `SORT` shall return.
///
/// [RFC 9051 §6.4.4](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.4),
/// [RFC 5267](https://www.rfc-editor.org/rfc/rfc5267), [RFC 9394](https://www.rfc-editor.org/rfc/rfc9394). Without any
/// option, the server returns `ALL`.
///
///     C: A1 SEARCH RETURN (MIN COUNT) UNDELETED
public struct SearchReturn: Hashable, Sendable {
  /// The options without arguments.
  @frozen
  public struct Options: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt16

    /// A set from its bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// `MIN`: the lowest number.
    public static var minimum: Options { Options(rawValue: 1) }
    /// `MAX`: the highest number.
    public static var maximum: Options { Options(rawValue: 2) }
    /// `ALL`: all numbers.
    public static var all: Options { Options(rawValue: 4) }
    /// `COUNT`: how many there are.
    public static var count: Options { Options(rawValue: 8) }
    /// `SAVE`: `$` stands for the result afterwards, [RFC 5182](https://www.rfc-editor.org/rfc/rfc5182).
    public static var save: Options { Options(rawValue: 16) }
    /// `UPDATE`: later changes of the result are told, [RFC 5267](https://www.rfc-editor.org/rfc/rfc5267).
    public static var update: Options { Options(rawValue: 32) }
    /// `CONTEXT`: more searches like this will follow, [RFC 5267](https://www.rfc-editor.org/rfc/rfc5267).
    public static var context: Options { Options(rawValue: 64) }
    /// `RELEVANCY`: how well each message fits, [RFC 6203](https://www.rfc-editor.org/rfc/rfc6203).
    public static var relevancy: Options { Options(rawValue: 128) }
  }

  /// The options without arguments.
  public let options: Options
  /// `PARTIAL`: this window of the result.
  public let partial: ResultRange?
  /// What the server tells of messages that `UPDATE` adds, [RFC 5465 §5.1](https://www.rfc-editor.org/rfc/rfc5465#section-5.1);
  /// only with ``Options/update``.
  public let updateItems: FetchItems?
  /// Options that are not in this list.
  public let unknown: [IMAPParameter]

  /// Options; bits without a meaning are dropped.
  public init(_ options: Options = [], partial: ResultRange? = nil) { self.init(options, partial, nil, []) }

  /// Options, with some that the library does not know.
  ///
  /// - Throws: ``SyntaxError`` with the code `badParameter` for an unknown one with the name of a known one, or for
  ///   items without ``Options/update``.
  public init(
    _ options: Options = [], partial: ResultRange? = nil, updateItems: FetchItems? = nil,
    unknown: [IMAPParameter] = []
  ) throws(SyntaxError) {
    guard updateItems == nil || options.contains(.update) else { throw SyntaxError(.badParameter, at: 0) }
    try unknown.refuse { Self.option($0) != nil || $0 == IMAPWord("partial") }
    self.init(options, partial, updateItems, unknown)
  }

  private init(
    _ options: Options, _ partial: ResultRange?, _ updateItems: FetchItems?, _ unknown: [IMAPParameter]
  ) {
    self.updateItems = updateItems
    self.options = Options(rawValue: options.rawValue & 255)
    self.partial = partial
    self.unknown = unknown
  }

  @inline(__always)
  private static func option(_ word: IMAPWord) -> Options? {
    switch word {
    case IMAPWord("min"): .minimum
    case IMAPWord("max"): .maximum
    case IMAPWord("all"): .all
    case IMAPWord("count"): .count
    case IMAPWord("save"): .save
    case IMAPWord("update"): .update
    case IMAPWord("context"): .context
    case IMAPWord("relevancy"): .relevancy
    default: nil
    }
  }

  /// Parses `"(" [search-return-opt *(SP search-return-opt)] ")"`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> SearchReturn {
    var options = Options()
    var partial: ResultRange?
    var updateItems: FetchItems?
    var unknown: [IMAPParameter] = []
    try cursor.expect(.openParenthesis)
    if cursor.skip(.closeParenthesis) { return SearchReturn() }
    repeat {
      let start = cursor.offset
      let word = cursor.takeName()
      if let option = option(word) {
        options.insert(option)
        if option == .update, cursor.skipSpaceBeforeList() { updateItems = try FetchItems.parse(&cursor, &context) }
      } else if word == IMAPWord("partial") {
        try cursor.requireSpace(&context)
        partial = try ResultRange.parse(&cursor)
      } else {
        guard unknown.count < context.limits.elements else { throw cursor.error(.tooMany) }
        cursor.offset = start
        unknown.append(try IMAPParameter.parse(&cursor, &context))
      }
    } while cursor.skip(.space)
    try cursor.expect(.closeParenthesis)
    return SearchReturn(options, partial, updateItems, unknown)
  }

  func write(to writer: inout IMAPWriter) {
    var list = ParameterWriting()
    for (option, name) in Self.names where options.contains(option) {
      list.begin(&writer)
      writer.append(name)
      guard option == .update, let updateItems else { continue }
      writer.append(.space)
      updateItems.write(to: &writer)
    }
    if let partial {
      list.begin(&writer)
      writer.append("PARTIAL ")
      partial.write(to: &writer)
    }
    list.end(unknown, &writer)
  }

  private static let names: [(Options, StaticString)] = [
    (.minimum, "MIN"), (.maximum, "MAX"), (.all, "ALL"), (.count, "COUNT"), (.save, "SAVE"), (.update, "UPDATE"),
    (.context, "CONTEXT"), (.relevancy, "RELEVANCY")
  ]
}
