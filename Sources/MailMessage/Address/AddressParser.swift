@_spi(MailCodec) import MailWire

/// Reads entries off the value of an address field, one pass from left to right.
struct AddressParser: ~Escapable {
  private var lexer: FieldLexer
  private var left: Int

  @_lifetime(copy value)
  init(_ value: Span<UInt8>, limit: Int) {
    lexer = FieldLexer(value)
    left = limit
  }

  /// The next address or group; nil at the end.
  @_lifetime(self: copy self)
  mutating func nextEntry() -> AddressEntry? {
    while left > 0 {
      lexer.forgetComment()
      let words = takeWords()
      switch lexer.next {
      case nil: return single(words).map { .address($0) }
      case .colon:
        lexer.advance()
        left -= 1
        return .group(name: words.phrase, members: takeMembers())
      default: if let address = finish(words) { return .address(address) }
      }
    }
    return nil
  }

  /// The members of a group up to its semicolon, which is consumed, or the end.
  @_lifetime(self: copy self)
  private mutating func takeMembers() -> [MessageAddress] {
    var members: [MessageAddress] = []
    while left > 0 {
      lexer.forgetComment()
      let words = takeWords()
      switch lexer.next {
      case nil, .semicolon:
        lexer.advance()
        if let address = single(words) { members.append(address) }
        return members
      default: if let address = finish(words) { members.append(address) }
      }
    }
    return members
  }

  /// Goes on behind words at one of the characters that end them; nil when there is no address.
  @_lifetime(self: copy self)
  private mutating func finish(_ words: Words) -> MessageAddress? {
    switch lexer.next {
    case .lessThan: return bracketed(name: words.phrase)
    case .at: return plain(words)
    default:
      // A comma, a stray semicolon or colon, or what no address has.
      lexer.advance()
      return single(words)
    }
  }

  /// Words without a domain.
  private mutating func single(_ words: Words) -> MessageAddress? {
    guard !words.phrase.isEmpty else { return nil }
    left -= 1
    return MessageAddress(name: lexer.comment, localPart: words.phrase, domain: nil)
  }

  /// `local-part "@" domain`, at the at sign; the comment behind it is the name in old messages.
  @_lifetime(self: copy self)
  private mutating func plain(_ words: Words) -> MessageAddress? {
    lexer.advance()
    let domain = takeDomain()
    _ = lexer.skipSpace()
    if lexer.next == .lessThan {
      // An address as a name without the quotes it needs: susan@website.test <susan@website.test>
      return bracketed(name: words.local + [.at] + domain)
    }
    skipEntry()
    left -= 1
    return MessageAddress(name: lexer.comment, localPart: words.local, domain: domain.isEmpty ? nil : domain)
  }

  /// `"<" [route ":"] addr-spec ">"`, at the bracket.
  @_lifetime(self: copy self)
  private mutating func bracketed(name: [UInt8]) -> MessageAddress? {
    lexer.advance()
    _ = lexer.skipSpace()
    let route = takeRoute()
    let words = takeWords()
    var domain: [UInt8] = []
    if lexer.skip(.at) { domain = takeDomain() }
    skipEntry()
    left -= 1
    return MessageAddress(
      name: name.isEmpty ? lexer.comment : name, route: route, localPart: words.local,
      domain: domain.isEmpty ? nil : domain)
  }

  /// `1*("@" domain ",") ":"`, with the empty elements that old messages have; nil for none.
  @_lifetime(self: copy self)
  private mutating func takeRoute() -> [UInt8]? {
    guard lexer.next == .at || lexer.next == .comma else { return nil }
    var route: [UInt8] = []
    while let byte = lexer.next, byte == .at || byte == .comma {
      lexer.advance()
      if byte == .at {
        if !route.isEmpty { route.append(.comma) }
        route.append(.at)
        route += takeDomain()
      }
      _ = lexer.skipSpace()
    }
    _ = lexer.skip(.colon)
    _ = lexer.skipSpace()
    return route.isEmpty ? nil : route
  }

  /// Passes what is left of an entry and its comma, but no semicolon, which ends a group.
  @_lifetime(self: copy self)
  private mutating func skipEntry() {
    while true {
      _ = lexer.skipSpace()
      switch lexer.next {
      case nil, .semicolon: return
      case .comma: return lexer.advance()
      case .quote: _ = lexer.takeQuoted()
      default: lexer.advance()
      }
    }
  }

  private struct Words {
    /// With a space where spaces or comments were.
    var phrase: [UInt8] = []
    /// Without any, as RFC 5322 §4.4 has the local part.
    var local: [UInt8] = []
  }

  /// Takes words and quoted strings up to what is neither.
  @_lifetime(self: copy self)
  private mutating func takeWords() -> Words {
    var words = Words()
    while true {
      let isSpaced = lexer.skipSpace()
      guard let next = lexer.next, next == .quote || next.isWord || next == .backslash || next == .closeBracket else {
        return words
      }
      var word: [UInt8]
      if next == .quote {
        word = lexer.takeQuoted()
      } else {
        word = lexer.takeWord()
        if word.isEmpty {
          word = [next]
          lexer.advance()
        }
      }
      if isSpaced, !words.phrase.isEmpty { words.phrase.append(.space) }
      words.phrase += word
      words.local += word
    }
  }

  /// Takes a domain or an address literal, without the spaces and comments that old messages have in it.
  @_lifetime(self: copy self)
  private mutating func takeDomain() -> [UInt8] {
    var domain: [UInt8] = []
    while true {
      let end = domain.count
      _ = lexer.skipSpace()
      guard let next = lexer.next else { return domain }
      if next == .openBracket {
        domain += takeLiteral()
      } else {
        // Words that only a space separates are not one domain.
        guard next.isWord, end == 0 || domain[end - 1] == .dot || next == .dot else { return domain }
        domain += lexer.takeWord()
      }
    }
  }

  @_lifetime(self: copy self)
  private mutating func takeLiteral() -> [UInt8] {
    var literal: [UInt8] = []
    while let byte = lexer.next {
      if byte == .greaterThan || byte == .comma { return literal }
      lexer.advance()
      if !byte.isFieldSpace { literal.append(byte) }
      if byte == .closeBracket { return literal }
    }
    return literal
  }
}
