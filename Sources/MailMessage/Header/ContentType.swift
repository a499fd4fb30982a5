@_spi(MailCodec) import MailWire

/// The value of a `Content-Type` field.
///
/// [RFC 2045 §5.1](https://www.rfc-editor.org/rfc/rfc2045#section-5.1)
///
///     Content-Type: text/plain; charset=utf-8
public struct ContentType: Hashable, Sendable {
  /// The type in lower case: `text`.
  public let type: [UInt8]
  /// The subtype in lower case: `plain`.
  public let subtype: [UInt8]
  /// The parameters.
  public let parameters: FieldParameters

  /// Reads the value of a field; nil when it has no type and subtype, which means `text/plain`.
  ///
  /// - Parameter limit: the most parameters that are kept; the rest is dropped. Default 100.
  public init?(_ value: Span<UInt8>, limit: Int = 100) {
    var lexer = FieldLexer(value)
    _ = lexer.skipSpace()
    let type = lexer.takeMediaName()
    _ = lexer.skipSpace()
    guard !type.isEmpty, lexer.skip(.slash) else { return nil }
    _ = lexer.skipSpace()
    let subtype = lexer.takeMediaName()
    guard !subtype.isEmpty else { return nil }
    self.type = type
    self.subtype = subtype
    parameters = FieldParameters(&lexer, limit: limit)
  }

  /// Whether the type is this one.
  func isType(_ name: StaticString) -> Bool { type.span.isSame(as: name) }

  /// Whether the subtype is this one.
  func isSubtype(_ name: StaticString) -> Bool { subtype.span.isSame(as: name) }
}

extension FieldLexer {
  @_lifetime(self: copy self)
  mutating func takeMediaName() -> [UInt8] {
    cursor.take { $0.isWord && $0 != .slash && $0 != .equals && $0 != .question }.copied().map { $0.asciiLowercased }
  }
}
