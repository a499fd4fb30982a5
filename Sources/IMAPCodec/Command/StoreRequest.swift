@_spi(MailCodec) public import MailWire

/// What `STORE` changes, flags as a rule.
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

  /// What is changed.
  public enum Target: Hashable, Sendable {
    /// `FLAGS`: these flags.
    case flags(FlagSet)
    /// `X-GM-LABELS`: these labels of Gmail's, in modified UTF-7; those of the system begin with a backslash.
    case gmailLabels([IMAPString])
    /// Something else, such as `ANNOTATION`, and its values; made by ``unknown(_:_:)``.
    case unknown(IMAPToken, [IMAPValue], NestingDepth)

    /// Something of an extension, such as the annotations of [RFC 5257](https://www.rfc-editor.org/rfc/rfc5257).
    ///
    /// - Throws: ``SyntaxError`` with the code `badToken` for the name of a known one or one that does not begin with a
    ///   letter, `tooMany` beyond ``NestingDepth/maximum`` levels.
    public static func unknown(_ name: IMAPToken, _ values: [IMAPValue]) throws(SyntaxError) -> Target {
      let depth = try NestingDepth(around: IMAPValue.depth(of: values))
      guard name.bytes.first?.isASCIILetter == true, !isKnown(name.word) else { throw SyntaxError(.badToken, at: 0) }
      return .unknown(name, values, depth)
    }

    static func isKnown(_ word: IMAPWord) -> Bool {
      word == IMAPWord("flags") || word == IMAPWord("flags.silent") || word == IMAPWord("x-gm-labels")
        || word.count == 18 && word.low == packed("x-gm-lab") && word.high == packed("els.sile")
    }
  }

  /// What happens to it.
  public let action: Action
  /// `.SILENT`: the new flags or labels need not be told.
  public let isSilent: Bool
  /// What is changed.
  public let target: Target
  /// `UNCHANGEDSINCE`: messages with a higher mod-sequence are left alone.
  public let unchangedSince: UInt64?
  /// Modifiers that are not in this list.
  public let unknown: [IMAPParameter]

  /// A change of flags; a mod-sequence above 2⁶³ − 1 is cut to it.
  public init(_ action: Action, _ flags: FlagSet, isSilent: Bool = false, unchangedSince: UInt64? = nil) {
    self.init(action, .flags(flags), isSilent, unchangedSince, [])
  }

  /// A change of anything, perhaps with modifiers that the library does not know.
  ///
  /// - Throws: ``SyntaxError`` with the code `badParameter` for an unknown modifier with the name of a known one, and for
  ///   silence where the target is unknown: its name says that.
  public init(
    _ action: Action, _ target: Target, isSilent: Bool = false, unchangedSince: UInt64? = nil,
    unknown: [IMAPParameter] = []
  ) throws(SyntaxError) {
    try unknown.refuse { $0 == IMAPWord("unchangedsince") }
    if isSilent, case .unknown = target { throw SyntaxError(.badParameter, at: 0) }
    self.init(action, target, isSilent, unchangedSince, unknown)
  }

  private init(
    _ action: Action, _ target: Target, _ isSilent: Bool, _ unchangedSince: UInt64?, _ unknown: [IMAPParameter]
  ) {
    self.action = action
    self.isSilent = isSilent
    self.target = target
    self.unchangedSince = unchangedSince.map { Swift.min($0, Number64.maximum) }
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
    if cursor.takeLetters() == IMAPWord("flags"), cursor.next == .space || cursor.next == .dot {
      let isSilent = try silence(&cursor, from: start)
      try cursor.requireSpace(&context)
      let flags = try FlagSet.parse(&cursor, &context, isBareAllowed: true)
      return StoreRequest(action, .flags(flags), isSilent, unchangedSince, unknown)
    }
    cursor.offset = start
    let target = try otherTarget(&cursor, &context)
    return StoreRequest(action, target.0, target.isSilent, unchangedSince, unknown)
  }

  @_lifetime(cursor: copy cursor)
  private static func silence(_ cursor: inout ByteCursor, from start: Int) throws(SyntaxError) -> Bool {
    guard cursor.skip(.dot) else { return false }
    guard cursor.takeLetters() == IMAPWord("silent") else { throw SyntaxError(.badToken, at: start) }
    return true
  }

  /// What is not `FLAGS`: a name, and values in parentheses.
  @_lifetime(cursor: copy cursor)
  private static func otherTarget(
    _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> (Target, isSilent: Bool) {
    let start = cursor.offset
    guard cursor.next?.isASCIILetter == true else { throw cursor.unexpected }
    let name = try IMAPToken.parse(&cursor)
    if name.isKeyword("X-GM-LABELS") || name.isKeyword("X-GM-LABELS.SILENT") {
      try cursor.requireSpace(&context)
      return (.gmailLabels(try labels(&cursor, &context)), name.bytes.count > 11)
    }
    // A flag list belongs to a misspelt `FLAGS`; what an extension defines has a list of its own.
    guard cursor.skipSpaceBeforeList(), !Target.isKnown(name.word) else { throw SyntaxError(.badToken, at: start) }
    let values = try IMAPValue.parseList(&cursor, &context)
    return (.unknown(name, values, try NestingDepth(around: IMAPValue.depth(of: values))), false)
  }

  /// `"(" [label *(SP label)] ")"`, or one label alone.
  @_lifetime(cursor: copy cursor)
  private static func labels(
    _ cursor: inout ByteCursor, _ context: inout ParseContext
  ) throws(SyntaxError) -> [IMAPString] {
    guard cursor.skip(.openParenthesis) else { return [try label(&cursor, &context)] }
    var labels: [IMAPString] = []
    if cursor.skip(.closeParenthesis) { return labels }
    repeat {
      guard labels.count < context.limits.elements else { throw cursor.error(.tooMany) }
      labels.append(try label(&cursor, &context))
    } while cursor.skip(.space)
    try cursor.expect(.closeParenthesis)
    return labels
  }

  @_lifetime(cursor: copy cursor)
  private static func label(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> IMAPString
  {
    guard cursor.next == .backslash else { return try IMAPString.parse(&cursor, &context) }
    let start = cursor.offset
    cursor.offset &+= 1
    _ = try cursor.takeAtom()
    return IMAPString(unchecked: cursor.bytes.extracting(start..<cursor.offset).copied())
  }

  private static func write(_ label: IMAPString, to writer: inout IMAPWriter) {
    let bytes = label.bytes.span
    guard bytes.count > 1, bytes[0] == .backslash else { return label.write(to: &writer) }
    for index in 1..<bytes.count where !ASCIIClass.atom.contains(bytes[index]) { return label.write(to: &writer) }
    writer.append(bytes)
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
    case .replace: writer.append(.space)
    case .add: writer.append(" +")
    case .remove: writer.append(" -")
    }
    switch target {
    case .flags(let flags):
      writer.append(isSilent ? "FLAGS.SILENT " : "FLAGS ")
      flags.write(to: &writer)
    case .gmailLabels(let labels):
      writer.append(isSilent ? "X-GM-LABELS.SILENT " : "X-GM-LABELS ")
      writer.writeList(labels) { label, writer in Self.write(label, to: &writer) }
    case .unknown(let name, let values, _):
      writer.append(name.bytes)
      writer.append(.space)
      writer.writeList(values) { value, writer in value.write(to: &writer) }
    }
  }
}
