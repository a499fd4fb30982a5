@_spi(MailCodec) public import MailWire

/// A reply of the server: code, enhanced status code, and lines of text.
///
/// [RFC 5321 §4.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.2). The text of a reply that was read is whatever octets
/// the server sent, CR, LF and NUL aside; it is for people and never decides anything.
///
///     S: 250-mail.website.test greets you
///     S: 250 SIZE 26214400
public struct SMTPReply: Hashable, Sendable {
  /// The code.
  public let code: SMTPReplyCode
  /// The enhanced status code, which every line repeats on the wire.
  public let status: EnhancedStatusCode?
  /// The text of all lines, with an LF between two; no CR.
  public let text: [UInt8]

  /// A reply from text.
  ///
  /// - Parameters:
  ///   - status: left out when its class is not the first digit of the code. A status that `text` begins with is taken
  ///     when none is given.
  ///   - text: LF separates lines. Any other control character becomes a question mark, so that no text can begin a reply
  ///     of its own.
  public init(_ code: SMTPReplyCode, _ status: EnhancedStatusCode? = nil, _ text: String) {
    self.init(code, status, bytes: [UInt8](text.utf8))
  }

  /// A reply from octets, treated as text is.
  public init(_ code: SMTPReplyCode, _ status: EnhancedStatusCode? = nil, bytes: [UInt8]) {
    self.code = code
    var text = bytes
    for index in text.indices where text[index].isASCIIControl && text[index] != .lineFeed { text[index] = 63 }
    let digit = UInt8(truncatingIfNeeded: code.number / 100)
    if let status {
      self.status = status.statusClass == digit ? status : nil
    } else if let first = text.first, first == digit + 48, let found = EnhancedStatusCode(leading: text.span) {
      self.status = found
      text = Self.removing(found, from: text)
    } else {
      self.status = nil
    }
    self.text = text
  }

  /// The text without the status that some of its lines begin with, as reading it from the wire would give.
  private static func removing(_ status: EnhancedStatusCode, from text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for line in text.split(separator: UInt8.lineFeed, omittingEmptySubsequences: false) {
      if !result.isEmpty || line.startIndex > 0 { result.append(.lineFeed) }
      var cursor = ByteCursor(line.span)
      if EnhancedStatusCode.take(from: &cursor) != status { cursor.offset = 0 }
      result.append(cursor.takeRest())
    }
    return result
  }

  /// The reply of a view, copied in one allocation. A CR within a line and a NUL become question marks, so that a reply
  /// that is passed on has the lines that it had.
  public init(_ view: SMTPReplyView) {
    code = view.code
    status = view.status
    guard view.lineCount > 1 else {
      var text = view.firstLine.copied()
      Self.replaceStrays(in: &text)
      self.text = text
      return
    }
    var text: [UInt8] = []
    text.reserveCapacity(view.bytes.count)
    var isFirst = true
    view.forEachLine { line in
      if !isFirst { text.append(.lineFeed) }
      isFirst = false
      text.append(line)
    }
    Self.replaceStrays(in: &text)
    self.text = text
  }

  /// A stray CR or NUL becomes a question mark, so that the text can be written again.
  private static func replaceStrays(in text: inout [UInt8]) {
    guard text.span.firstIndex(of: .carriageReturn, or: 0) != nil else { return }
    for index in text.indices where text[index] == .carriageReturn || text[index] == 0 { text[index] = 63 }
  }

  /// Parses the octets of one whole reply.
  ///
  /// - Throws: ``SyntaxError``, as ``SMTPReplyView/init(_:quirks:used:)``.
  public init(_ bytes: Span<UInt8>, quirks: SMTPQuirks = .client) throws(SyntaxError) {
    var used = SMTPQuirks.none
    self.init(try SMTPReplyView(bytes, quirks: quirks, used: &used))
  }

  /// What the first digit says.
  public var severity: SMTPReplyCode.Severity { code.severity }

  /// Whether the code is 2yz.
  public var isPositive: Bool { code.severity == .positiveCompletion }

  /// Whether the code is 4yz or 5yz.
  public var isNegative: Bool { code.number >= 400 }

  /// The lines of the text.
  public var lines: [ArraySlice<UInt8>] {
    text.split(separator: UInt8.lineFeed, omittingEmptySubsequences: false)
  }
}

extension SMTPReply: CustomStringConvertible {
  /// Code, status and text, with control characters and non-ASCII octets escaped as `\xHH`.
  public var description: String {
    var line = OutboundBuffer()
    line.append(decimal: UInt64(code.number))
    if let status {
      line.append(.space)
      status.write(to: &line)
    }
    line.append(.space)
    line.append(text)
    return String(decoding: TraceRecord(.server, line: line.bytes).text, as: UTF8.self)
  }
}
