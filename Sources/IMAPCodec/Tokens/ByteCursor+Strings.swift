@_spi(MailCodec) import MailWire

// The strings of the protocol, for commands and responses alike: where each begins and ends, and whether it has escapes.

extension ByteCursor {
  /// `atom`: at least one `ATOM-CHAR`.
  @inline(__always)
  @_lifetime(copy self)
  @_lifetime(self: copy self)
  mutating func takeAtom() throws(SyntaxError) -> Span<UInt8> {
    let atom = take { ASCIIClass.atom.contains($0) }
    guard !atom.isEmpty else { throw unexpected }
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
    if atom.isEmpty, next == .quote { return try takeString(&context) }
    if next == .openBrace {
      guard atom.isEmpty else { throw unexpected }
      return try takeString(&context)
    }
    guard let byte = next, byte >= 128, context.accepts(.eightBitInAtom) else { throw unexpected }
    offset &-= atom.count
    return StringToken(take { $0 >= 128 || ASCIIClass.astring.contains($0) })
  }

  /// `string`: quoted or literal.
  @inline(__always)
  @_lifetime(copy self)
  @_lifetime(self: copy self)
  mutating func takeString(_ context: inout ParseContext) throws(SyntaxError) -> StringToken {
    if next == .quote {
      let start = offset &+ 1
      let hasEscapes = try skipQuoted(&context)
      return StringToken(bytes.extracting(start..<(offset &- 1)), hasEscapes: hasEscapes)
    }
    let size = try skipLiteral(&context)
    return StringToken(bytes.extracting((offset &- size)..<offset))
  }

  /// `string` or `literal8`, which alone may hold NUL.
  @_lifetime(copy self)
  @_lifetime(self: copy self)
  mutating func takeAnyString(_ context: inout ParseContext) throws(SyntaxError) -> StringToken {
    guard next == .tilde else { return try takeString(&context) }
    let size = try skipLiteral(&context, isBinaryAllowed: true)
    return StringToken(bytes.extracting((offset &- size)..<offset))
  }

  // MARK: Quoted strings

  /// `quoted`: [RFC 9051 §4.3](https://www.rfc-editor.org/rfc/rfc9051#section-4.3), the cursor at its first mark. Returns
  /// whether there are escapes in it.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func skipQuoted(_ context: inout ParseContext) throws(SyntaxError) -> Bool {
    let raw = unsafe bytes.bytes
    var index = offset &+ 1
    while index &+ 8 <= raw.byteCount {
      let found = raw.word(at: index).quotedSpecials
      if found != 0 {
        index &+= found.trailingZeroBitCount >> 3
        break
      }
      index &+= 8
    }
    if index &+ 1 < raw.byteCount, raw[byte: index] == .quote, raw[byte: index &+ 1].mayFollowString {
      offset = index &+ 1
      return false
    }
    offset = index
    return try skipQuotedSlowly(&context)
  }

  /// The rest of a quoted string that has an escape, an octet beyond ASCII, or its end near that of the text.
  @inline(never)
  @_lifetime(self: copy self)
  private mutating func skipQuotedSlowly(_ context: inout ParseContext) throws(SyntaxError) -> Bool {
    var hasEscapes = false
    while let byte = next {
      switch byte {
      case .quote where endsQuoted(&context):
        offset &+= 1
        return hasEscapes
      case .backslash:
        hasEscapes = true
        offset &+= 1
        guard let escaped = next else { throw error(.unexpectedEnd) }
        if escaped != .quote, escaped != .backslash {
          guard escaped >= 32, context.accepts(.needlessEscape) else { throw error(.unexpectedByte) }
        }
        offset &+= 1
      case 0, 10, 13:
        throw error(.unexpectedByte)
      case 0x80...:
        // IMAP4rev2 and UTF8=ACCEPT allow it, and servers send it to clients that asked for neither.
        guard context.accepts(.eightBitInQuoted) else { throw error(.unexpectedByte) }
        offset &+= 1
      default:
        offset &+= 1
      }
    }
    throw error(.unexpectedEnd)
  }

  /// Whether the quote at the cursor ends its string: a quote inside of one should have had a backslash before it.
  private func endsQuoted(_ context: inout ParseContext) -> Bool {
    let next = offset &+ 1
    return next >= bytes.count || bytes[next].mayFollowString || !context.accepts(.unescapedQuote)
  }

  // MARK: Literals

  /// `literal` with its octets behind it, which all must be there, and where it is allowed `literal8`; only the latter may
  /// hold NUL, or any by a quirk where the value can keep one. Returns how many octets it has.
  @inline(never)
  @_lifetime(self: copy self)
  mutating func skipLiteral(
    _ context: inout ParseContext, isBinaryAllowed: Bool = false, isZeroKept: Bool = false
  ) throws(SyntaxError) -> Int {
    let start = offset
    if !isBinaryAllowed, next == .tilde { throw unexpected }
    let header = try takeLiteralHeader(&context)
    if header.isNonSynchronising, context.isResponse, !context.accepts(.nonSynchronisingResponse) {
      throw SyntaxError(.badToken, at: start)
    }
    // What was streamed is content, and the grammar has another string here.
    guard !context.isGap(offset) else { throw SyntaxError(.unexpectedByte, at: start) }
    guard header.size <= UInt64(context.limits.literal) else { throw SyntaxError(.tooLong, at: start) }
    guard header.size <= UInt64(remaining) else { throw SyntaxError(.unexpectedEnd, at: bytes.count) }
    let content = bytes.extracting(offset..<(offset &+ Int(header.size)))
    if !header.isBinary, let zero = content.firstIndex(of: 0), !isZeroKept || !context.accepts(.zeroInLiteral) {
      throw SyntaxError(.unexpectedByte, at: offset &+ zero)
    }
    offset &+= content.count
    return content.count
  }

  /// `{n}`, `{n+}`, with `~` before it or not, and its line end.
  @_lifetime(self: copy self)
  mutating func takeLiteralHeader(_ context: inout ParseContext) throws(SyntaxError) -> LiteralHeader {
    let isBinary = skip(.tilde)
    try expect(.openBrace)
    let size = try takeNumber64()
    let isNonSynchronising = skip(.plus)
    try expect(.closeBrace)
    guard skip(.carriageReturn) || context.accepts(.bareLineFeed) else { throw error(.unexpectedByte) }
    try expect(.lineFeed)
    return LiteralHeader(size: size, isNonSynchronising: isNonSynchronising, isBinary: isBinary)
  }
}

extension UInt8 {
  /// What can stand behind a string: SP, `(`, `)`, `]`, or the end of the line.
  @inline(__always)
  var mayFollowString: Bool { self == 32 || self == 41 || self == 13 || self == 93 || self == 40 || self == 10 }
}

extension UInt64 {
  /// The top bit of the lowest octet that is `"`, `\`, NUL, CR, LF, another control below SO, or beyond ASCII. Higher bits
  /// may be wrong.
  @inline(__always)
  var quotedSpecials: UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = self ^ (ones &* 34)
    let backslash = self ^ (ones &* 92)
    let low = (self &- ones &* 14) & ~self
    return ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash | low | self) & (ones &* 0x80)
  }
}
