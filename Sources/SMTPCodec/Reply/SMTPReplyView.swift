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
  /// Where the first line's text is.
  private let firstText: Range<Int>
  /// The octets of all lines, line endings included.
  let bytes: Span<UInt8>

  /// Parses the octets of one whole reply, as ``SMTPReplyFramer`` finds them, line endings included.
  ///
  /// - Throws: ``SyntaxError`` with the code `badReply`, also for a bare LF without its quirk, or `codesDiffer` without the quirk.
  @_lifetime(copy bytes)
  public init(
    _ bytes: Span<UInt8>, quirks: SMTPQuirks = .client, used: inout SMTPQuirks
  ) throws(SyntaxError) {
    var code: SMTPReplyCode?
    var lineCount = 0
    var firstText = 0..<0
    var start = 0
    repeat {
      let feed = bytes.firstIndex(of: .lineFeed, from: start) ?? bytes.count
      let end = feed > start && bytes[feed &- 1] == .carriageReturn ? feed &- 1 : feed
      if end == feed, feed < bytes.count {
        guard quirks.contains(.bareLineFeed) else { throw SyntaxError(.badReply, at: feed) }
        used.insert(.bareLineFeed)
      }
      var line = ByteCursor(bytes.extracting(start..<end))
      let lineCode = try Self.takeCode(&line, at: start)
      if let code, code != lineCode {
        guard quirks.contains(.differingReplyCodes) else { throw SyntaxError(.codesDiffer, at: start) }
        used.insert(.differingReplyCodes)
      }
      code = lineCode
      lineCount &+= 1
      let isLast = try Self.takeSeparator(&line, at: start)
      if lineCount == 1 { firstText = (start &+ line.offset)..<end }
      start = feed &+ 1
      if isLast != (start >= bytes.count) { throw SyntaxError(.badReply, at: start) }
    } while start < bytes.count
    guard let code else { throw SyntaxError(.badReply, at: 0) }
    self.code = code
    // Behind the last line, because its code is the one that counts when they differ, and the one the status must fit.
    var text = ByteCursor(bytes.extracting(firstText))
    status = Self.takeStatus(&text, fitting: code)
    self.firstText = (firstText.lowerBound &+ text.offset)..<firstText.upperBound
    self.lineCount = lineCount
    self.bytes = bytes
  }

  /// Calls `body` with the text of each line, without code and enhanced status code.
  public func forEachLine<Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Void) throws(Failure) {
    try body(firstLine)
    var start = (bytes.firstIndex(of: .lineFeed, from: firstText.upperBound) ?? bytes.count) &+ 1
    while start < bytes.count {
      let feed = bytes.firstIndex(of: .lineFeed, from: start) ?? bytes.count
      let end = feed > start && bytes[feed &- 1] == .carriageReturn ? feed &- 1 : feed
      var line = ByteCursor(bytes.extracting(start..<end))
      line.offset = min(4, end &- start)
      if let status {
        let before = line.offset
        if EnhancedStatusCode.take(from: &line) != status { line.offset = before }
      }
      try body(line.takeRest())
      start = feed &+ 1
    }
  }

  /// The text of the first line, without code and enhanced status code.
  public var firstLine: Span<UInt8> {
    @_lifetime(copy self)
    get { bytes.extracting(firstText) }
  }

  @inline(always)
  @_lifetime(line: copy line)
  private static func takeCode(_ line: inout ByteCursor, at start: Int) throws(SyntaxError) -> SMTPReplyCode {
    guard line.remaining >= 3 else { throw SyntaxError(.badReply, at: start) }
    let hundreds = line.bytes[0] &- 48
    let tens = line.bytes[1] &- 48
    let ones = line.bytes[2] &- 48
    guard 2...5 ~= hundreds, tens < 10, ones < 10 else { throw SyntaxError(.badReply, at: start) }
    line.offset = 3
    return SMTPReplyCode(unchecked: UInt16(hundreds) &* 100 &+ UInt16(tens) &* 10 &+ UInt16(ones))
  }

  /// What follows the code: a hyphen before another line, a space, or nothing at all.
  @inline(always)
  @_lifetime(line: copy line)
  private static func takeSeparator(_ line: inout ByteCursor, at start: Int) throws(SyntaxError) -> Bool {
    guard let separator = line.next else { return true }
    guard separator == .space || separator == 45 else { throw SyntaxError(.badReply, at: start &+ 3) }
    line.offset = 4
    return separator == .space
  }

  @inline(always)
  @_lifetime(line: copy line)
  private static func takeStatus(_ line: inout ByteCursor, fitting code: SMTPReplyCode) -> EnhancedStatusCode? {
    guard let next = line.next, next &- 48 == UInt8(truncatingIfNeeded: code.number / 100) else { return nil }
    return EnhancedStatusCode.take(from: &line)
  }
}
