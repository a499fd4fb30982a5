@_spi(MailCodec) import MailWire

/// The parameters of a structured field.
///
/// [RFC 2045 §5.1](https://www.rfc-editor.org/rfc/rfc2045#section-5.1),
/// [RFC 2231](https://www.rfc-editor.org/rfc/rfc2231).
///
///     ; filename*0*=utf-8''%e2%82%ac%20; filename*1="rates"
public struct FieldParameters: Hashable, Sendable {
  /// The parameters in order, as they stand in the field.
  public private(set) var list: [FieldParameter] = []

  /// No parameters.
  public init() {}

  /// Reads parameters off a value, from its first semicolon on.
  @_lifetime(lexer: copy lexer)
  init(_ lexer: inout FieldLexer, limit: Int) {
    while !lexer.isAtEnd {
      lexer.skipToSemicolon()
      _ = lexer.skipSpace()
      let name = lexer.takeParameterName()
      _ = lexer.skipSpace()
      guard !name.isEmpty, lexer.skip(.equals) else { continue }
      _ = lexer.skipSpace()
      let value = lexer.next == .quote ? lexer.takeQuoted() : lexer.takeParameterValue()
      guard list.count < limit else { return }
      list.append(FieldParameter(name: name, value: value))
    }
  }

  /// The value of the first parameter of that name, as it stands in the field; nil without one.
  public subscript(name: StaticString) -> [UInt8]? {
    for parameter in list where parameter.name.span.isSame(as: name) { return parameter.value }
    return nil
  }

  /// The value of a parameter as UTF-8: its pieces joined, charset and percent encoding undone, as well as encoded words, which
  /// have no place in a parameter but are found there.
  ///
  /// [RFC 2231 §3](https://www.rfc-editor.org/rfc/rfc2231#section-3). A value in an unknown charset is read as UTF-8.
  public func decoded(_ name: StaticString, charsets: Charsets = .builtIn) -> [UInt8]? {
    var pieces = ParameterPieces()
    for parameter in list { pieces.add(parameter, of: name) }
    if let (octets, charset) = pieces.joined() {
      return charsets.utf8(octets.span, charset: charset.span) ?? UTF8Text.repaired(octets.span)
    }
    guard let value = self[name] else { return nil }
    return EncodedWords.decoded(value.span, charsets: charsets)
  }
}

extension FieldLexer {
  /// Moves behind the next semicolon outside of quotes and comments, or to the end.
  @_lifetime(self: copy self)
  fileprivate mutating func skipToSemicolon() {
    while true {
      _ = skipSpace()
      switch next {
      case nil: return
      case .semicolon: return advance()
      case .quote: _ = takeQuoted()
      default: advance()
      }
    }
  }

  @_lifetime(self: copy self)
  fileprivate mutating func takeParameterName() -> [UInt8] {
    cursor.take { ($0.isASCIIGraphic || $0 > 127) && $0 != .equals && $0 != .semicolon && $0 != .openParenthesis }
      .copied()
  }

  /// A value without quotes. Mailers leave quotes out around anything, so only what must end it does.
  @_lifetime(self: copy self)
  fileprivate mutating func takeParameterValue() -> [UInt8] {
    cursor.take { ($0.isASCIIGraphic || $0 > 127) && $0 != .semicolon && $0 != .openParenthesis }.copied()
  }
}
