@_spi(MailCodec) public import MailWire

/// One line of the answer to `CAPA`: a keyword, perhaps with parameters.
///
/// [RFC 2449 §5](https://www.rfc-editor.org/rfc/rfc2449#section-5).
///
///     S: SASL PLAIN LOGIN
public struct POP3Capability: Hashable, Sendable, CustomStringConvertible {
  /// The keyword.
  public let keyword: POP3CapabilityKeyword
  /// The parameters, one space between each; empty without any.
  public let parameters: [UInt8]

  /// A capability of this keyword.
  ///
  /// - Parameter parameters: words with one space between each.
  /// - Throws: ``SyntaxError`` with the code `badParameter` for anything else, `tooLong` when the line would be longer than
  ///   512 octets.
  public init(_ keyword: POP3CapabilityKeyword, _ parameters: String = "") throws(SyntaxError) {
    self.keyword = keyword
    let bytes = [UInt8](parameters.utf8)
    guard Self.isWellFormed(bytes.span) else { throw SyntaxError(.badParameter, at: 0) }
    guard keyword.bytes.count + bytes.count + 3 <= POP3Limits.responseLine else { throw SyntaxError(.tooLong, at: 0) }
    self.parameters = bytes
  }

  /// Parses one line without its line ending.
  ///
  /// - Parameters:
  ///   - line: the octets before the CRLF.
  ///   - quirks: deviations to accept; ``POP3Quirks/severalSpaces`` and ``POP3Quirks/trailingSpace`` matter here.
  ///   - used: the deviations that were needed are added here.
  /// - Throws: ``SyntaxError`` with the code `badToken`, `badParameter`, `tooLong` or `trailingBytes`.
  public init(
    parsing line: Span<UInt8>, quirks: POP3Quirks = .none, used: inout POP3Quirks
  ) throws(SyntaxError) {
    var cursor = ByteCursor(line)
    let word = cursor.take { POP3CapabilityKeyword.allows($0, at: 0) }
    keyword = try POP3CapabilityKeyword(word)
    var parameters: [UInt8] = []
    while true {
      var rest = cursor
      _ = rest.skipAll(.space)
      if rest.isAtEnd { break }
      try POP3Grammar.skipSpace(&cursor, quirks, &used)
      let parameter = cursor.take { $0.isASCIIGraphic }
      guard !parameter.isEmpty else { throw cursor.error(.badParameter) }
      if !parameters.isEmpty { parameters.append(.space) }
      parameters.append(parameter)
    }
    try POP3Grammar.expectEnd(&cursor, quirks, &used)
    self.parameters = parameters
  }

  /// The line as text.
  public var description: String {
    parameters.isEmpty ? keyword.description : keyword.description + " " + String(decoding: parameters, as: UTF8.self)
  }

  /// Appends the line and its CRLF.
  @_spi(MailCodec)
  public func write(to output: inout OutboundBuffer) {
    output.append(keyword.bytes)
    if !parameters.isEmpty {
      output.append(.space)
      output.append(parameters)
    }
    output.appendLineEnd()
  }

  private static func isWellFormed(_ parameters: Span<UInt8>) -> Bool {
    var isWordStart = true
    for index in parameters.indices {
      let byte = parameters[index]
      if byte == .space, isWordStart { return false }
      if byte != .space, !byte.isASCIIGraphic { return false }
      isWordStart = byte == .space
    }
    return parameters.isEmpty || !isWordStart
  }
}
