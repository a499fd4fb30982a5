@_spi(MailCodec) import MailWire

/// The octets of an atom, a quoted string or a literal, borrowed as they stand on the wire.
struct StringToken: ~Escapable {
  /// The content, without quotes or literal header, escapes still in it.
  let raw: Span<UInt8>
  /// Whether `raw` has backslashes that escape.
  let hasEscapes: Bool

  @inline(__always)
  @_lifetime(copy raw)
  init(_ raw: Span<UInt8>, hasEscapes: Bool = false) {
    self.raw = raw
    self.hasEscapes = hasEscapes
  }

  /// The content without escapes: one allocation, or none when empty.
  @inline(__always)
  func copied() -> [UInt8] { hasEscapes ? unescaped() : raw.copied() }

  private func unescaped() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(raw.count)
    var index = 0
    while index < raw.count {
      if raw[index] == .backslash { index &+= 1 }
      bytes.append(raw[index])
      index &+= 1
    }
    return bytes
  }
}

extension ByteCursor {
  /// `atom`: at least one `ATOM-CHAR`.
  @inline(__always)
  @_lifetime(copy self)
  @_lifetime(self: copy self)
  mutating func takeAtom() throws(SyntaxError) -> Span<UInt8> {
    let atom = take { ASCIIClass.atom.contains($0) }
    guard !atom.isEmpty else { throw error(isAtEnd ? .unexpectedEnd : .unexpectedByte) }
    return atom
  }

  /// `astring`: at least one `ASTRING-CHAR`, or a string.
  @inline(__always)
  @_lifetime(copy self)
  @_lifetime(self: copy self)
  mutating func takeAString(_ context: inout ParseContext) throws(SyntaxError) -> StringToken {
    let atom = take { ASCIIClass.astring.contains($0) }
    if atom.isEmpty || next == .openBrace || (next ?? 0) >= 128 { return try takeStringOrIrregularAtom(atom, &context) }
    return StringToken(atom)
  }

  /// What begins no atom, or goes on where an atom ends: a string, or octets above 127 by a quirk.
  @_lifetime(copy self)
  @_lifetime(self: copy self)
  private mutating func takeStringOrIrregularAtom(
    _ atom: Span<UInt8>, _ context: inout ParseContext
  ) throws(SyntaxError) -> StringToken {
    if atom.isEmpty, next == .quote { return try takeQuoted(&context) }
    if next == .openBrace {
      // `~{` begins with an atom's character.
      offset &-= atom.count
      return try takeLiteral(&context)
    }
    guard let byte = next, byte >= 128, context.accepts(.eightBitInAtom) else {
      throw error(isAtEnd ? .unexpectedEnd : .unexpectedByte)
    }
    offset &-= atom.count
    return StringToken(take { $0 >= 128 || ASCIIClass.astring.contains($0) })
  }

  /// `string`: quoted or literal.
  @_lifetime(copy self)
  @_lifetime(self: copy self)
  mutating func takeString(_ context: inout ParseContext) throws(SyntaxError) -> StringToken {
    if next == .quote { return try takeQuoted(&context) }
    return try takeLiteral(&context)
  }

  /// `quoted`: [RFC 9051 §4.3](https://www.rfc-editor.org/rfc/rfc9051#section-4.3), the cursor at its first mark.
  @inline(__always)
  @_lifetime(copy self)
  @_lifetime(self: copy self)
  mutating func takeQuoted(_ context: inout ParseContext) throws(SyntaxError) -> StringToken {
    var index = offset &+ 1
    while index < bytes.count {
      let byte = bytes[index]
      if byte == .quote {
        let content = bytes.extracting((offset &+ 1)..<index)
        offset = index &+ 1
        return StringToken(content)
      }
      if byte == .backslash || byte &- 1 >= 127 || byte == 13 || byte == 10 { break }
      index &+= 1
    }
    return try takeIrregularQuoted(from: index, &context)
  }

  /// The same, from the first octet that is not plain.
  @_lifetime(copy self)
  @_lifetime(self: copy self)
  private mutating func takeIrregularQuoted(
    from start: Int, _ context: inout ParseContext
  ) throws(SyntaxError) -> StringToken {
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case .quote:
        let content = bytes.extracting((offset &+ 1)..<index)
        offset = index &+ 1
        return StringToken(content, hasEscapes: true)
      case .backslash:
        guard index &+ 1 < bytes.count else { throw SyntaxError(.unexpectedEnd, at: bytes.count) }
        let escaped = bytes[index &+ 1]
        guard escaped == .quote || escaped == .backslash else { throw SyntaxError(.unexpectedByte, at: index &+ 1) }
        index &+= 2
      case 0, 10, 13: throw SyntaxError(.unexpectedByte, at: index)
      case 128...:
        guard context.accepts(.eightBitInQuoted) else { throw SyntaxError(.unexpectedByte, at: index) }
        index &+= 1
      default: index &+= 1
      }
    }
    throw SyntaxError(.unexpectedEnd, at: bytes.count)
  }

  /// `literal` with its octets behind it, `literal8` as well; only the latter may hold NUL.
  @_lifetime(copy self)
  @_lifetime(self: copy self)
  mutating func takeLiteral(_ context: inout ParseContext) throws(SyntaxError) -> StringToken {
    let start = offset
    let header = try takeLiteralHeader(&context)
    guard header.size <= UInt64(context.limits.literal) else { throw SyntaxError(.tooLong, at: start) }
    guard header.size <= UInt64(remaining) else { throw SyntaxError(.unexpectedEnd, at: bytes.count) }
    let content = bytes.extracting(offset..<(offset &+ Int(header.size)))
    offset &+= content.count
    if let zero = content.firstIndex(of: 0) {
      throw SyntaxError(.unexpectedByte, at: offset &- content.count &+ zero)
    }
    return StringToken(content)
  }

  /// `{n}`, `{n+}`, with `~` before it or not, and its line end.
  @_lifetime(self: copy self)
  mutating func takeLiteralHeader(_ context: inout ParseContext) throws(SyntaxError) -> LiteralHeader {
    let isBinary = skip(.tilde)
    guard skip(.openBrace) else { throw error(isAtEnd ? .unexpectedEnd : .unexpectedByte) }
    guard let size = takeNumber() else { throw error(.badNumber) }
    let isNonSynchronising = skip(.plus)
    guard skip(.closeBrace) else { throw error(isAtEnd ? .unexpectedEnd : .unexpectedByte) }
    guard skip(.carriageReturn) || context.accepts(.bareLineFeed) else { throw error(.unexpectedByte) }
    guard skip(.lineFeed) else { throw error(isAtEnd ? .unexpectedEnd : .unexpectedByte) }
    return LiteralHeader(size: size, isNonSynchronising: isNonSynchronising, isBinary: isBinary)
  }
}
