@_spi(MailCodec) public import MailWire

/// A whole reply, borrowed: the layer without allocations, from which ``SMTPReply`` is made.
///
/// [RFC 5321 §4.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.2). All lines have been checked.
public struct SMTPReplyView: ~Escapable {
  /// The reply's code.
  public let code: SMTPReplyCode
  /// The enhanced status code of the first line, if it has one that fits the code.
  public let status: EnhancedStatusCode?
  /// How many lines the reply has.
  public let lineCount: Int
  /// The octets of all lines, line endings included.
  let bytes: Span<UInt8>

  /// Parses the octets of one whole reply, as ``SMTPReplyFramer`` finds them, line endings included.
  ///
  /// - Throws: ``SyntaxError`` with the code `badReply`, or `codesDiffer` without the quirk.
  @_lifetime(copy bytes)
  public init(
    _ bytes: Span<UInt8>, quirks: SMTPQuirks = .client, used: inout SMTPQuirks
  ) throws(SyntaxError) {
    var cursor = ByteCursor(bytes)
    var code: SMTPReplyCode?
    var lineCount = 0
    var status: EnhancedStatusCode?
    repeat {
      let start = cursor.offset
      let lineCode = try Self.takeCode(&cursor)
      if let code, code != lineCode {
        guard quirks.contains(.differingReplyCodes) else { throw SyntaxError(.codesDiffer, at: start) }
        used.insert(.differingReplyCodes)
      }
      code = lineCode
      lineCount &+= 1
      let isLast = try Self.takeSeparator(&cursor)
      if lineCount == 1 { status = Self.takeStatus(&cursor, fitting: lineCode) }
      let end = bytes.firstIndex(of: .lineFeed, from: cursor.offset) ?? bytes.count
      cursor.offset = end == bytes.count ? end : end &+ 1
      if isLast != cursor.isAtEnd { throw SyntaxError(.badReply, at: start) }
    } while !cursor.isAtEnd
    guard let code else { throw SyntaxError(.badReply, at: 0) }
    self.code = code
    self.status = status
    self.lineCount = lineCount
    self.bytes = bytes
  }

  /// Calls `body` with the text of each line, without code and enhanced status code.
  public func forEachLine<Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Void) throws(Failure) {
    var cursor = ByteCursor(bytes)
    while !cursor.isAtEnd {
      let start = cursor.offset
      let feed = bytes.firstIndex(of: .lineFeed, from: start) ?? bytes.count
      let end = feed > start && bytes[feed &- 1] == .carriageReturn ? feed &- 1 : feed
      var line = ByteCursor(bytes.extracting(start..<end))
      line.offset = min(4, line.bytes.count)
      if let status {
        let before = line.offset
        if EnhancedStatusCode.take(from: &line) != status { line.offset = before }
      }
      try body(line.takeRest())
      cursor.offset = feed == bytes.count ? feed : feed &+ 1
    }
  }

  @_lifetime(cursor: copy cursor)
  private static func takeCode(_ cursor: inout ByteCursor) throws(SyntaxError) -> SMTPReplyCode {
    let start = cursor.offset
    guard cursor.remaining >= 3 else { throw cursor.error(.badReply) }
    var number: UInt16 = 0
    for index in start..<(start &+ 3) {
      let digit = cursor.bytes[index] &- 48
      guard digit < 10 else { throw SyntaxError(.badReply, at: index) }
      number = number &* 10 &+ UInt16(digit)
    }
    guard let code = SMTPReplyCode(number) else { throw SyntaxError(.badReply, at: start) }
    cursor.offset = start &+ 3
    return code
  }

  /// What follows the code: a hyphen before another line, a space, or nothing at all.
  @_lifetime(cursor: copy cursor)
  private static func takeSeparator(_ cursor: inout ByteCursor) throws(SyntaxError) -> Bool {
    switch cursor.next {
    case 45:
      cursor.offset &+= 1
      return false
    case .space:
      cursor.offset &+= 1
      return true
    case .carriageReturn, .lineFeed, nil:
      return true
    default:
      throw cursor.error(.badReply)
    }
  }

  @_lifetime(cursor: copy cursor)
  private static func takeStatus(_ cursor: inout ByteCursor, fitting code: SMTPReplyCode) -> EnhancedStatusCode? {
    guard let next = cursor.next, next &- 48 == UInt8(truncatingIfNeeded: code.number / 100) else { return nil }
    // The line ends at CR or LF, which the status code may touch.
    let end = cursor.bytes.firstIndex(of: .lineFeed, from: cursor.offset) ?? cursor.bytes.count
    let length = end > cursor.offset && cursor.bytes[end &- 1] == .carriageReturn ? end &- 1 : end
    var line = ByteCursor(cursor.bytes.extracting(cursor.offset..<length))
    return EnhancedStatusCode.take(from: &line)
  }
}
