@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// `body`: the tree of a message's parts.
  ///
  /// [RFC 9051 §7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2). The loop has its own stack of open parts, in
  /// `open`, so that no depth exhausts the thread's; parts below `limits.nesting` levels are kept as text.
  @_lifetime(cursor: copy cursor)
  mutating func bodyStructure(_ cursor: inout ByteCursor) throws(SyntaxError) -> Int {
    open.removeAll(keepingCapacity: true)
    let root = entries.count
    while true {
      let node = reserve(BodyNode.count)
      entries[node &+ BodyNode.raw] = LayoutEntry(cursor.offset, 0)
      if open.count >= context.limits.nesting {
        _ = try skipValue(&cursor)
        finish(node, .opaque, cursor.offset)
      } else {
        try cursor.expect(.openParenthesis)
        if cursor.next == .openParenthesis {
          begin(node, .multipart)
          continue
        }
        if try part(&cursor, node) {
          begin(node, .message)
          continue
        }
      }
      if try endParents(&cursor) { return root }
    }
  }

  /// Opens a part, the children of which come next.
  private mutating func begin(_ node: Int, _ kind: BodyNode.Kind) {
    entries[node].offset = kind.rawValue
    open.append(node)
  }

  /// Notes where a part ends, in the text and in the table.
  @inline(__always)
  private mutating func finish(_ node: Int, _ kind: BodyNode.Kind, _ end: Int) {
    let start = entries[node &+ BodyNode.raw].start
    entries[node &+ BodyNode.raw] = LayoutEntry(start, end &- start)
    entries[node] = LayoutEntry(Int(kind.rawValue), entries.count)
  }

  /// Ends the open parts whose last child was just read; true when none is left.
  @_lifetime(cursor: copy cursor)
  private mutating func endParents(_ cursor: inout ByteCursor) throws(SyntaxError) -> Bool {
    while let parent = open.last {
      if entries[parent].offset == BodyNode.Kind.message.rawValue {
        try lines(&cursor, parent)
        try extensions(&cursor, parent, isSingle: true)
        finish(parent, .message, cursor.offset)
      } else {
        let parts = parent &+ BodyNode.message
        entries[parts] = LayoutEntry(0, entries[parts].isNull ? 1 : entries[parts].count &+ 1)
        if cursor.next == .openParenthesis { return false }
        try cursor.expect(.space)
        if cursor.next == .openParenthesis {
          guard context.accepts(.severalSpaces) else { throw cursor.unexpected }
          return false
        }
        entries[parent &+ BodyNode.subtype] = try requiredString(&cursor)
        try parametersAndExtensions(&cursor, parent)
        finish(parent, .multipart, cursor.offset)
      }
      open.removeLast()
    }
    return true
  }

  /// `[SP body-ext-mpart] ")"`
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  private mutating func parametersAndExtensions(_ cursor: inout ByteCursor, _ node: Int) throws(SyntaxError) {
    guard cursor.next != .closeParenthesis else { return cursor.offset &+= 1 }
    try space(&cursor)
    let parameters = try parameters(&cursor)
    entries[node &+ BodyNode.parameters] = parameters
    try extensions(&cursor, node, isSingle: false)
  }

  // MARK: Single parts

  /// `body-type-1part`, the opening parenthesis of which was read. True when a message's own body comes next.
  @_lifetime(cursor: copy cursor)
  private mutating func part(_ cursor: inout ByteCursor, _ node: Int) throws(SyntaxError) -> Bool {
    if !usualFields(&cursor, node), try !fields(&cursor, node) { return false }
    if try isMultipartAsBasicPart(&cursor, node) { return false }
    var kind = kind(cursor.bytes, node)
    if kind == .text {
      try lines(&cursor, node)
    } else if kind == .message {
      switch try enclosedMessage(&cursor, node) {
      case .follows: return true
      case .read: try lines(&cursor, node)
      case .absent: kind = .basic
      }
    }
    try extensions(&cursor, node, isSingle: true)
    finish(node, kind, cursor.offset)
    return false
  }

  /// The media type and `body-fields`; false for a multipart without parts, which was read to its end.
  @inline(never)
  @_lifetime(cursor: copy cursor)
  private mutating func fields(_ cursor: inout ByteCursor, _ node: Int) throws(SyntaxError) -> Bool {
    guard try mediaType(&cursor, node) else {
      try parametersAndExtensions(&cursor, node)
      finish(node, .multipart, cursor.offset)
      return false
    }
    try space(&cursor)
    let parameters = try parameters(&cursor)
    entries[node &+ BodyNode.parameters] = parameters
    try space(&cursor)
    entries[node &+ BodyNode.contentID] = try nstring(&cursor)
    try space(&cursor)
    entries[node &+ BodyNode.description] = try nstring(&cursor)
    try space(&cursor)
    let encodingStart = cursor.offset
    entries[node &+ BodyNode.encoding] = try nstring(&cursor)
    if entries[node &+ BodyNode.encoding].isNull, !context.accepts(.nilEncoding) {
      throw SyntaxError(.unexpectedByte, at: encodingStart)
    }
    try space(&cursor)
    entries[node &+ BodyNode.octets] = LayoutEntry(number: try number(&cursor))
    return true
  }

  /// The media type and subtype, when they are two strings; false for a multipart without parts.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  private mutating func mediaType(_ cursor: inout ByteCursor, _ node: Int) throws(SyntaxError) -> Bool {
    let start = cursor.offset
    if cursor.next == .quote {
      entries[node &+ BodyNode.mediaType] = try quoted(&cursor)
      if cursor.skip(.space), cursor.next == .quote {
        entries[node &+ BodyNode.subtype] = try quoted(&cursor)
        return true
      }
    }
    cursor.offset = start
    return try unusualMediaType(&cursor, node)
  }

  /// Types as literals, and what servers write when they could not make out the type.
  ///
  ///     ("X-ZIP" NIL NIL NIL "base64" 100)
  ///     (NIL "alternative" ("boundary" "x") NIL NIL)
  ///     ("ALTERNATIVE" ("BOUNDARY" "x") NIL NIL)
  @inline(never)
  @_lifetime(cursor: copy cursor)
  private mutating func unusualMediaType(_ cursor: inout ByteCursor, _ node: Int) throws(SyntaxError) -> Bool {
    let start = cursor.offset
    let type = try nstring(&cursor)
    entries[node &+ BodyNode.mediaType] = type
    entries[node &+ BodyNode.subtype] = .null
    var ahead = cursor
    if ahead.skip(.space), ahead.next != .openParenthesis {
      let subtype = try nstring(&ahead)
      if isFields(ahead) {
        guard !(type.isNull || subtype.isNull) || context.accepts(.irregularMediaType) else {
          throw SyntaxError(.unexpectedByte, at: start)
        }
        entries[node &+ BodyNode.subtype] = subtype
        cursor.offset = ahead.offset
        return true
      }
    }
    if isFields(cursor) {
      guard context.accepts(.irregularMediaType) else { throw cursor.unexpected }
      return true
    }
    guard context.accepts(.emptyMultipart) else { throw SyntaxError(.unexpectedByte, at: start) }
    entries[node &+ BodyNode.mediaType] = .null
    if type.isNull {
      try space(&cursor)
      entries[node &+ BodyNode.subtype] = try requiredString(&cursor)
    } else {
      entries[node &+ BodyNode.subtype] = type
    }
    return false
  }

  /// Whether a space and `body-fields` follow: four values and a number.
  private mutating func isFields(_ cursor: borrowing ByteCursor) -> Bool {
    var ahead = ByteCursor(cursor.bytes)
    ahead.offset = cursor.offset
    do throws(SyntaxError) {
      for _ in 0..<4 {
        try ahead.expect(.space)
        _ = try skipValue(&ahead)
      }
      try ahead.expect(.space)
    } catch {
      return false
    }
    return ahead.next.map { $0.isASCIIDigit || $0 == .hyphen } ?? false
  }

  /// What the type says of the fields that follow the number of octets.
  @inline(__always)
  private func kind(_ bytes: Span<UInt8>, _ node: Int) -> BodyNode.Kind {
    let type = entries[node &+ BodyNode.mediaType]
    // Both words are short, and neither has an escape: such a string lies in the response itself.
    guard type.count == 4 || type.count == 7, type.end <= bytes.count else { return .basic }
    let word = IMAPWord(bytes.extracting(type.start..<type.end))
    if word == IMAPWord("text") { return .text }
    let subtype = entries[node &+ BodyNode.subtype]
    guard word == IMAPWord("message"), subtype.count == 6, subtype.end <= bytes.count else { return .basic }
    let name = IMAPWord(bytes.extracting(subtype.start..<subtype.end))
    return name == IMAPWord("rfc822") || name == IMAPWord("global") ? .message : .basic
  }

  /// `SP body-fld-lines`, which some servers leave out.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  private mutating func lines(_ cursor: inout ByteCursor, _ node: Int) throws(SyntaxError) {
    let start = cursor.offset
    if cursor.skip(.space), let next = cursor.next, next.isASCIIDigit || next == .hyphen {
      entries[node &+ BodyNode.lines] = LayoutEntry(number: try number(&cursor))
      return
    }
    guard context.accepts(.missingBodyFields) else { throw cursor.unexpected }
    cursor.offset = start
  }

  /// A multipart in the form of a single part, whose parameters stand again where its digest belongs.
  ///
  ///     ("multipart" "related" ("boundary" "x") NIL NIL "7BIT" 400 ("boundary" "x") NIL NIL NIL)
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  private mutating func isMultipartAsBasicPart(_ cursor: inout ByteCursor, _ node: Int) throws(SyntaxError) -> Bool {
    let type = entries[node &+ BodyNode.mediaType]
    guard type.count == 9, type.end <= cursor.bytes.count, cursor.next == .space, cursor.remaining > 1,
      cursor.bytes[cursor.offset &+ 1] == .openParenthesis
    else { return false }
    return try multipartAsBasicPart(&cursor, node)
  }

  @inline(never)
  @_lifetime(cursor: copy cursor)
  private mutating func multipartAsBasicPart(_ cursor: inout ByteCursor, _ node: Int) throws(SyntaxError) -> Bool {
    let type = entries[node &+ BodyNode.mediaType]
    guard IMAPWord(cursor.bytes.extracting(type.start..<type.end)) == IMAPWord("multipart"),
      context.accepts(.multipartAsBasicPart)
    else { return false }
    for field in [BodyNode.mediaType, BodyNode.contentID, BodyNode.description, BodyNode.encoding, BodyNode.octets] {
      entries[node &+ field] = .null
    }
    try parametersAndExtensions(&cursor, node)
    finish(node, .multipart, cursor.offset)
    return true
  }

  private enum EnclosedMessage {
    case follows, read, absent
  }

  /// `SP envelope SP body`, up to the body.
  @_lifetime(cursor: copy cursor)
  private mutating func enclosedMessage(
    _ cursor: inout ByteCursor, _ node: Int
  ) throws(SyntaxError) -> EnclosedMessage {
    var ahead = cursor
    guard ahead.skip(.space), ahead.next == .openParenthesis else {
      guard context.accepts(.messageAsBasicPart) else { throw ahead.unexpected }
      return .absent
    }
    let envelope = try envelope(&ahead)
    cursor.offset = ahead.offset
    try space(&cursor)
    entries[node &+ BodyNode.message] = LayoutEntry(envelope, entries.count)
    guard cursor.next == .openParenthesis, cursor.offset &+ 1 < cursor.bytes.count,
      cursor.bytes[cursor.offset &+ 1] == .closeParenthesis
    else { return .follows }
    guard context.accepts(.emptyMessageBody) else { throw cursor.unexpected }
    cursor.offset &+= 2
    entries[node &+ BodyNode.message] = LayoutEntry(envelope, 0)
    return .read
  }
}
