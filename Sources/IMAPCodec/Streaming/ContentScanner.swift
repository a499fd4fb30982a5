@_spi(MailCodec) import MailWire

/// Tells by its place in the grammar whether a literal is content, reading each octet of a unit's text once, whatever the
/// number of literals.
///
/// The framer shows the text up to each literal; the scanner reads on from the last one. It knows only as much grammar as it
/// needs to know the place, and leaves the judgement of the text to the parser.
struct ContentScanner: Sendable {
  enum Kind: Hashable, Sendable {
    /// Nothing was read yet.
    case undecided
    /// All literals are kept: the unit is of another kind, or broken.
    case other
    case fetch, urlFetch, append
  }

  /// Where in a list of names and values the scanner is.
  enum Step: Hashable, Sendable {
    case name
    /// Behind the space after a name.
    case value
    /// In a value or behind it.
    case behindValue
  }

  /// The word before a literal of `APPEND`, or before the parenthesis around it.
  enum Word: Hashable, Sendable {
    case none, utf8, catenate, text
  }

  var kind = Kind.undecided
  /// The next octet to read, counted from the first that was not streamed away.
  var offset = 0
  /// Open parentheses.
  var depth = 0

  // Responses.
  var step = Step.name
  var isBracketed = false
  var name = 0..<0
  var number: UInt32 = 0
  var isUIDFetch = false
  var uid: UInt32?

  // Commands.
  /// Arguments that come before the first message.
  var argumentsLeft = 0
  var word = Word.none
  /// What the open parenthesis belongs to.
  var container = Word.none

  /// Reads up to the literal whose header ends the text, and says what it is; nil for one that is kept.
  mutating func place(
    ofLiteralBehind text: Span<UInt8>, _ mode: IMAPFramer.Mode, _ quirks: IMAPQuirks
  ) -> ContentPlace? {
    if kind == .undecided { begin(text, mode) }
    guard kind != .other else { return nil }
    let header = Self.headerStart(text)
    guard offset <= header else {
      kind = .other
      return nil
    }
    switch kind {
    case .fetch: return fetchPlace(text, header, quirks)
    case .urlFetch: return urlFetchPlace(text, header, quirks)
    case .append: return appendPlace(text, header).map { .message($0) }
    case .undecided, .other: return nil
    }
  }

  /// The literal at hand is kept: the text goes on behind it.
  mutating func keep(_ size: UInt64, behind text: Int) { offset = text + Int(size) }

  /// The literal at hand is streamed: what follows it will be at the front.
  mutating func stream() { offset = 0 }

  /// Where the header begins that ends the text.
  private static func headerStart(_ text: Span<UInt8>) -> Int {
    var start = text.count
    while start > 0, text[start - 1] != .openBrace { start -= 1 }
    start = Swift.max(0, start - 1)
    return start > 0 && text[start - 1] == .tilde ? start - 1 : start
  }

  /// Reads what kind of unit it is.
  private mutating func begin(_ text: Span<UInt8>, _ mode: IMAPFramer.Mode) {
    kind = .other
    var cursor = ByteCursor(text)
    switch mode {
    case .lines: return
    case .commands: beginCommand(&cursor)
    case .responses: beginResponse(&cursor)
    }
    offset = cursor.offset
  }

  /// `tag SP ["UID" SP] ("APPEND" / "REPLACE") SP`
  @_lifetime(cursor: copy cursor)
  private mutating func beginCommand(_ cursor: inout ByteCursor) {
    _ = cursor.take { $0 > 32 }
    guard cursor.skipAll(.space) > 0 else { return }
    var keyword = cursor.takeWord()
    var isUID = false
    if keyword == (packed("uid"), 3), cursor.skipAll(.space) > 0 {
      isUID = true
      keyword = cursor.takeWord()
    }
    guard cursor.next == .space else { return }
    switch keyword {
    case (packed("append"), 6) where !isUID: (kind, argumentsLeft) = (.append, 1)
    case (packed("replace"), 7): (kind, argumentsLeft) = (.append, 2)
    default: break
    }
  }

  /// `"*" SP (number SP ("FETCH" / "UIDFETCH") SP "(" / "URLFETCH" SP)`
  @_lifetime(cursor: copy cursor)
  private mutating func beginResponse(_ cursor: inout ByteCursor) {
    guard cursor.skip(.asterisk), cursor.skipAll(.space) > 0 else { return }
    if let number = cursor.takeNumber(upTo: UInt64(UInt32.max)) {
      guard cursor.skipAll(.space) > 0 else { return }
      let word = cursor.takeWord()
      isUIDFetch = word == (packed("uidfetch"), 8)
      guard isUIDFetch || word == (packed("fetch"), 5) else { return }
      _ = cursor.skipAll(.space)
      guard cursor.skip(.openParenthesis) else { return }
      self.number = UInt32(truncatingIfNeeded: number)
      (kind, depth) = (.fetch, 1)
      name = cursor.offset..<cursor.offset
    } else if cursor.takeWord() == (packed("urlfetch"), 8) {
      kind = .urlFetch
      step = .behindValue
    }
  }

  /// Reads a quoted string, whose first mark is at hand, and says whether it ends before `end`.
  mutating func skipQuoted(_ text: Span<UInt8>, _ end: Int, _ quirks: IMAPQuirks) -> Bool {
    offset += 1
    while offset < end {
      switch text[offset] {
      case .backslash: offset += 2
      case .quote:
        offset += 1
        if text[offset].mayFollowString || !quirks.contains(.unescapedQuote) { return true }
      default: offset += 1
      }
    }
    kind = .other
    return false
  }
}
