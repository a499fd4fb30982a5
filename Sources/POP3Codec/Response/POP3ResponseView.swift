@_spi(MailCodec) public import MailWire

/// The first line of a response, borrowed: the layer without allocations, from which ``POP3Response`` is made.
///
/// [RFC 2449 §3](https://www.rfc-editor.org/rfc/rfc2449#section-3). Whether more lines follow is a matter of the command,
/// never of the text.
///
///     S: -ERR [IN-USE] Do you have another POP session running?
public struct POP3ResponseView: ~Escapable {
  /// How the response begins.
  public let status: POP3Status
  /// What stands between the brackets at the start of the text; nil when there are none or they hold no code.
  public let code: Span<UInt8>?
  /// The rest of the line: text for people, or what `STAT`, `LIST` and `UIDL` were asked for.
  public let text: Span<UInt8>

  @_lifetime(copy text)
  init(_ status: POP3Status, text: Span<UInt8>) {
    self.status = status
    self.code = nil
    self.text = text
  }

  @_lifetime(copy code, copy text)
  init(_ status: POP3Status, code: Span<UInt8>, text: Span<UInt8>) {
    self.status = status
    self.code = code
    self.text = text
  }

  /// Parses one line without its line ending.
  ///
  /// - Parameters:
  ///   - line: the octets before the CRLF.
  ///   - quirks: deviations to accept.
  ///   - used: the deviations that were needed are added here.
  /// - Throws: ``SyntaxError`` with the code `badReply` for a line that begins neither with `+OK`, `-ERR` nor `+ `.
  @_lifetime(copy line)
  public static func parse(
    _ line: Span<UInt8>, quirks: POP3Quirks = .none, used: inout POP3Quirks
  ) throws(SyntaxError) -> POP3ResponseView {
    var cursor = ByteCursor(line)
    let status = try status(&cursor, quirks, &used)
    guard cursor.skip(.space) || cursor.isAtEnd else { throw cursor.error(.badReply) }
    guard status != .continuation, cursor.next == 91, let end = line.firstIndex(of: 93, from: cursor.offset) else {
      return POP3ResponseView(status, text: cursor.takeRest())
    }
    let code = line.extracting((cursor.offset + 1)..<end)
    guard POP3ResponseCode.isWellFormed(code) else { return POP3ResponseView(status, text: cursor.takeRest()) }
    cursor.offset = end + 1
    _ = cursor.skip(.space)
    return POP3ResponseView(status, code: code, text: cursor.takeRest())
  }

  @_lifetime(cursor: copy cursor)
  private static func status(
    _ cursor: inout ByteCursor, _ quirks: POP3Quirks, _ used: inout POP3Quirks
  ) throws(SyntaxError) -> POP3Status {
    let isPositive = cursor.skip(43)
    guard isPositive || cursor.skip(45) else { throw cursor.error(.badReply) }
    let start = cursor.offset
    let (word, length) = cursor.takeWord()
    switch (isPositive, word, length) {
    case (true, packed("ok"), 2), (false, packed("err"), 3):
      for offset in start..<cursor.offset where cursor.bytes[offset] > 96 {
        guard quirks.contains(.statusCase) else { throw SyntaxError(.badReply, at: offset) }
        used.insert(.statusCase)
      }
      return isPositive ? .ok : .error
    case (true, _, 0):
      if cursor.isAtEnd {
        guard quirks.contains(.bareContinuation) else { throw cursor.error(.badReply) }
        used.insert(.bareContinuation)
      }
      return .continuation
    default:
      throw SyntaxError(.badReply, at: start)
    }
  }
}
