@_spi(MailCodec) public import MailWire

extension SMTPCommandView {
  /// Parses one line without its line ending.
  ///
  /// - Parameters:
  ///   - line: the octets before the CRLF.
  ///   - quirks: deviations to accept.
  ///   - used: the deviations that were needed are added here.
  /// - Throws: ``SyntaxError``; its offset counts from the start of the line. An unknown verb is no error.
  @_lifetime(copy line)
  public static func parse(
    _ line: Span<UInt8>, quirks: SMTPQuirks = .none, used: inout SMTPQuirks
  ) throws(SyntaxError) -> SMTPCommandView {
    var cursor = ByteCursor(line)
    // Nearly every verb has four letters: they are compared as one integer.
    guard line.count >= 4, line.count == 4 || line[4] == .space else { return try longVerb(line, quirks, &used) }
    cursor.offset = 4
    switch unsafe line.bytes.letters(at: 0) {
    case packed("mail"):
      try expectPrefix(packed("from"), 4, &cursor, quirks, &used)
      let path = try PathView.parse(&cursor, as: .reverse, quirks, &used)
      return .mail(path, try ESMTPParametersView.parse(&cursor, quirks, &used))
    case packed("rcpt"):
      try expectPrefix(packed("to"), 2, &cursor, quirks, &used)
      let path = try PathView.parse(&cursor, as: .forward, quirks, &used)
      return .recipient(path, try ESMTPParametersView.parse(&cursor, quirks, &used))
    case packed("data"):
      try expectEnd(&cursor, quirks, &used)
      return .data
    case packed("bdat"):
      return try chunk(&cursor, quirks, &used)
    case packed("ehlo"):
      return .ehlo(try helloName(&cursor, quirks, &used))
    case packed("helo"):
      return .helo(try helloName(&cursor, quirks, &used))
    case packed("rset"):
      try expectEnd(&cursor, quirks, &used)
      return .reset
    case packed("quit"):
      try expectEnd(&cursor, quirks, &used)
      return .quit
    case packed("noop"):
      return .noop(try argument(&cursor))
    case packed("vrfy"):
      return .verify(try requiredArgument(&cursor))
    case packed("expn"):
      return .expand(try requiredArgument(&cursor))
    case packed("help"):
      return .help(try argument(&cursor))
    case packed("auth"):
      return try authenticate(&cursor, quirks, &used)
    default:
      return try longVerb(line, quirks, &used)
    }
  }

  /// `STARTTLS`, and what nobody here knows.
  @_lifetime(copy line)
  private static func longVerb(
    _ line: Span<UInt8>, _ quirks: SMTPQuirks, _ used: inout SMTPQuirks
  ) throws(SyntaxError) -> SMTPCommandView {
    var cursor = ByteCursor(line)
    let word = cursor.takeWord()
    guard word.count > 0 else { throw SyntaxError(line.isEmpty ? .empty : .badToken, at: 0) }
    guard word == (packed("starttls"), 8), cursor.isAtEnd || cursor.next == .space else { return try unknown(line) }
    try expectEnd(&cursor, quirks, &used)
    return .startTLS
  }

  /// Spaces behind a command's last argument: none, or some by a quirk.
  @inline(always)
  @_lifetime(cursor: copy cursor)
  private static func expectEnd(
    _ cursor: inout ByteCursor, _ quirks: SMTPQuirks, _ used: inout SMTPQuirks
  ) throws(SyntaxError) {
    guard !cursor.isAtEnd else { return }
    let end = cursor.offset
    guard quirks.contains(.trailingSpace), cursor.skipAll(.space) > 0, cursor.isAtEnd else {
      throw SyntaxError(.trailingBytes, at: end)
    }
    used.insert(.trailingSpace)
  }

  /// ` FROM:` or ` TO:`, in letters of either case.
  @inline(always)
  @_lifetime(cursor: copy cursor)
  private static func expectPrefix(
    _ word: UInt64, _ length: Int, _ cursor: inout ByteCursor, _ quirks: SMTPQuirks, _ used: inout SMTPQuirks
  ) throws(SyntaxError) {
    guard cursor.skip(.space) else { throw cursor.error(.unexpectedEnd) }
    let start = cursor.offset
    if cursor.remaining > length, cursor.bytes[start &+ length] == 58, letters(cursor, length) == word {
      cursor.offset = start &+ length
    } else if cursor.takeWord() != (word, length) {
      throw SyntaxError(.badPath, at: start)
    }
    guard cursor.skip(58) else { throw SyntaxError(.badPath, at: start) }
    guard cursor.next == .space, quirks.contains(.spaceAfterColon) else { return }
    _ = cursor.skipAll(.space)
    used.insert(.spaceAfterColon)
  }

  /// [RFC 3030 §2](https://www.rfc-editor.org/rfc/rfc3030#section-2): `"BDAT" SP chunk-size [SP "LAST"]`.
  @_lifetime(copy cursor)
  @_lifetime(cursor: copy cursor)
  private static func chunk(
    _ cursor: inout ByteCursor, _ quirks: SMTPQuirks, _ used: inout SMTPQuirks
  ) throws(SyntaxError) -> SMTPCommandView {
    guard cursor.skip(.space) else { throw cursor.error(.unexpectedEnd) }
    guard let octets = cursor.takeNumber() else { throw cursor.error(.badNumber) }
    let end = cursor
    if cursor.skip(.space), cursor.takeWord() == (packed("last"), 4) {
      try expectEnd(&cursor, quirks, &used)
      return .chunk(octets: octets, isLast: true)
    }
    cursor = end
    try expectEnd(&cursor, quirks, &used)
    return .chunk(octets: octets, isLast: false)
  }

  /// The next two or four letters; two of them with what stands before.
  @inline(always)
  private static func letters(_ cursor: borrowing ByteCursor, _ length: Int) -> UInt64 {
    let bytes = unsafe cursor.bytes.bytes
    return length == 4 ? bytes.letters(at: cursor.offset) : bytes.letters(at: cursor.offset &- 2) &>> 16
  }

  @inline(always)
  @_lifetime(copy cursor)
  @_lifetime(cursor: copy cursor)
  private static func helloName(
    _ cursor: inout ByteCursor, _ quirks: SMTPQuirks, _ used: inout SMTPQuirks
  ) throws(SyntaxError) -> Span<UInt8> {
    let start = cursor.offset + 1
    guard cursor.skip(.space) else { throw cursor.error(.unexpectedEnd) }
    if let end = AddressGrammar.plainEnd(in: cursor.bytes, from: start, before: .space, isDomain: true),
      end == cursor.bytes.count
    {
      return cursor.takeRest()
    }
    let name = cursor.take { $0 != .space }
    do throws(SyntaxError) {
      try HelloName.check(name, quirks, &used)
    } catch {
      throw SyntaxError(error.code, at: start + error.offset)
    }
    try expectEnd(&cursor, quirks, &used)
    return name
  }

  /// What follows the verb's space: printable ASCII. Octets above it belong to an extension that is not in force.
  @_lifetime(copy cursor)
  @_lifetime(cursor: copy cursor)
  private static func argument(_ cursor: inout ByteCursor) throws(SyntaxError) -> Span<UInt8> {
    _ = cursor.skip(.space)
    let start = cursor.offset
    let argument = cursor.takeRest()
    for index in argument.indices where !argument[index].isASCIIPrintable {
      throw SyntaxError(.unexpectedByte, at: start + index)
    }
    return argument
  }

  @_lifetime(copy cursor)
  @_lifetime(cursor: copy cursor)
  private static func requiredArgument(_ cursor: inout ByteCursor) throws(SyntaxError) -> Span<UInt8> {
    let argument = try argument(&cursor)
    guard !argument.isEmpty else { throw cursor.error(.unexpectedEnd) }
    return argument
  }

  /// [RFC 4954 §4](https://www.rfc-editor.org/rfc/rfc4954#section-4): `AUTH SP sasl-mech [SP initial-response]`.
  @_lifetime(copy cursor)
  @_lifetime(cursor: copy cursor)
  private static func authenticate(
    _ cursor: inout ByteCursor, _ quirks: SMTPQuirks, _ used: inout SMTPQuirks
  ) throws(SyntaxError) -> SMTPCommandView {
    guard cursor.skip(.space) else { throw cursor.error(.unexpectedEnd) }
    let start = cursor.offset
    let mechanism = cursor.take { byte in SASLMechanism.allows(byte, at: 0) }
    guard !mechanism.isEmpty, mechanism.count <= SASLMechanism.maximumLength else {
      throw SyntaxError(.badToken, at: start)
    }
    guard cursor.next == .space, cursor.remaining > 1, cursor.bytes[cursor.offset + 1] != .space else {
      try expectEnd(&cursor, quirks, &used)
      return .authenticate(mechanism: mechanism, initialResponse: nil)
    }
    cursor.offset += 1
    let responseStart = cursor.offset
    cursor.offset = cursor.bytes.graphicEnd(from: responseStart, except: .space)
    let response = cursor.bytes.extracting(responseStart..<cursor.offset)
    try expectEnd(&cursor, quirks, &used)
    return .authenticate(mechanism: mechanism, initialResponse: response)
  }

  /// A verb of letters, digits, hyphens and underscores that nobody here knows.
  @_lifetime(copy line)
  private static func unknown(_ line: Span<UInt8>) throws(SyntaxError) -> SMTPCommandView {
    var cursor = ByteCursor(line)
    let verb = cursor.take { $0.isASCIILetterOrDigit || $0 == 45 || $0 == 95 }
    guard cursor.isAtEnd || cursor.next == .space else { throw cursor.error(.badToken) }
    return .unknown(verb: verb, argument: try argument(&cursor))
  }
}
