@_spi(MailCodec) import MailWire

extension ContentScanner {
  // MARK: FETCH

  /// `"(" name SP value *(SP name SP value) ")"`: a literal is content when it is the value of a section.
  mutating func fetchPlace(_ text: Span<UInt8>, _ header: Int, _ quirks: IMAPQuirks) -> ContentPlace? {
    while offset < header {
      guard depth == 1 else {
        guard depth > 0, skipNested(text, header, quirks) else {
          kind = .other
          return nil
        }
        continue
      }
      guard readItem(text, header, quirks) else { return nil }
    }
    guard offset == header, depth == 1, !isBracketed else {
      if offset != header { kind = .other }
      return nil
    }
    let isTouching = step == .name && name.lowerBound < header
    if isTouching { name = name.lowerBound..<header }
    guard step == .value || isTouching && quirks.contains(.missingSpace) && text[header] != .tilde else {
      step = .behindValue
      return nil
    }
    step = .behindValue
    guard let section = FetchSection.Name.parse(text.extracting(name), quirks) else { return nil }
    return .section(
      FetchSectionPlace(
        number: number, isUIDFetch: isUIDFetch, uid: uid, name: section.name, origin: section.origin))
  }

  /// Reads one octet, word or string of an item; false when the text is broken.
  private mutating func readItem(_ text: Span<UInt8>, _ header: Int, _ quirks: IMAPQuirks) -> Bool {
    let byte = text[offset]
    if byte == .quote {
      if !isBracketed { step = .behindValue }
      return skipQuoted(text, header, quirks)
    }
    switch step {
    case .name where isBracketed:
      if byte == .closeBracket { isBracketed = false }
    case .name:
      switch byte {
      case .openBracket: isBracketed = true
      case .space where offset == name.lowerBound: name = (offset + 1)..<(offset + 1)
      case .space:
        name = name.lowerBound..<offset
        step = .value
      case .openParenthesis:
        step = .behindValue
        depth = 2
      case .closeParenthesis: depth = 0
      default: break
      }
    case .value:
      guard byte != .space else { break }
      step = .behindValue
      if byte.isASCIIDigit, isUID(text) { readUID(text, header) }
      return true
    case .behindValue:
      switch byte {
      case .space:
        step = .name
        name = (offset + 1)..<(offset + 1)
      case .openParenthesis: depth = 2
      case .closeParenthesis: depth = 0
      default: break
      }
    }
    offset += 1
    return true
  }

  private func isUID(_ text: Span<UInt8>) -> Bool {
    name.count == 3 && text[name.lowerBound] | 32 == 117 && text[name.lowerBound + 1] | 32 == 105
      && text[name.lowerBound + 2] | 32 == 100
  }

  private mutating func readUID(_ text: Span<UInt8>, _ header: Int) {
    var cursor = ByteCursor(text.extracting(first: header))
    cursor.offset = offset
    uid = cursor.takeNumber(upTo: UInt64(UInt32.max)).map { UInt32(truncatingIfNeeded: $0) }
    offset = cursor.offset
  }

  /// Reads on in inner parentheses; false when the text is broken.
  private mutating func skipNested(_ text: Span<UInt8>, _ end: Int, _ quirks: IMAPQuirks) -> Bool {
    while offset < end, depth > 1 {
      switch text[offset] {
      case .quote:
        guard skipQuoted(text, end, quirks) else { return false }
        continue
      case .openParenthesis: depth += 1
      case .closeParenthesis: depth -= 1
      default: break
      }
      offset += 1
    }
    return true
  }

  // MARK: URLFETCH

  /// `*(SP url SP (nstring / 1*("(" name SP value ")")))`: a literal behind a URL is content, and one behind `BODY` or
  /// `BINARY` in a part.
  mutating func urlFetchPlace(_ text: Span<UInt8>, _ header: Int, _ quirks: IMAPQuirks) -> ContentPlace? {
    while offset < header {
      let byte = text[offset]
      switch byte {
      case .quote:
        if depth == 0 { finishWord() }
        guard skipQuoted(text, header, quirks) else { return nil }
        continue
      case .openParenthesis:
        depth += 1
        if depth == 1 {
          step = .name
          name = (offset + 1)..<(offset + 1)
        }
      case .closeParenthesis:
        depth -= 1
        // Another part may follow, and otherwise a URL.
        if depth == 0 { step = .behindValue }
      case .space:
        if depth == 1, name.isEmpty { name = name.lowerBound..<offset }
      default:
        if depth == 0, offset == 0 || text[offset - 1] == .space { finishWord() }
      }
      guard depth >= 0 else {
        kind = .other
        return nil
      }
      offset += 1
    }
    guard offset == header, header == 0 || text[header - 1] == .space || text[header - 1] == .openParenthesis else {
      kind = .other
      return nil
    }
    if depth == 0 {
      let isValue = step == .value
      finishWord()
      return isValue ? .url : nil
    }
    // Behind a content the name is gone from the text.
    guard depth == 1, step == .name, isContentPart(text.extracting(name)), header == name.upperBound + 1 else {
      return nil
    }
    step = .behindValue
    return .url
  }

  /// A word at the outermost level is a URL or a URL's value, in turn.
  private mutating func finishWord() { step = step == .value ? .behindValue : .value }

  private func isContentPart(_ name: Span<UInt8>) -> Bool {
    var cursor = ByteCursor(name)
    let word = cursor.takeWord()
    guard cursor.isAtEnd else { return false }
    return word == (packed("body"), 4) || word == (packed("binary"), 6)
  }
}

extension FetchSection.Name {
  /// The section of an item's name, with the origin behind it; nil when it is no section, or a malformed one.
  static func parse(_ text: Span<UInt8>, _ quirks: IMAPQuirks) -> (name: FetchSection.Name, origin: UInt64?)? {
    var cursor = ByteCursor(text)
    var context = ParseContext(quirks: quirks)
    let name: FetchSection.Name
    switch cursor.takeKeyword() {
    case IMAPWord("body"):
      guard let section = try? SectionSpecifier.parse(&cursor, &context) else { return nil }
      name = .body(section)
    case IMAPWord("binary"):
      guard cursor.skip(.openBracket), let path = try? SectionPath.parse(&cursor, &context),
        cursor.skip(.closeBracket)
      else { return nil }
      name = .binary(path)
    case IMAPWord("rfc822"): name = .message
    case IMAPWord("rfc822.header"): name = .messageHeader
    case IMAPWord("rfc822.text"): name = .messageText
    default: return nil
    }
    var origin: UInt64?
    if cursor.skip(.lessThan) {
      switch name {
      case .body, .binary: break
      case .message, .messageHeader, .messageText: return nil
      }
      guard let number = try? cursor.takeNumber64(), cursor.skip(.greaterThan) else { return nil }
      origin = number
    }
    return cursor.isAtEnd ? (name, origin) : nil
  }
}
