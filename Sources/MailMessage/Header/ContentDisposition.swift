@_spi(MailCodec) import MailWire

/// The value of a `Content-Disposition` field.
///
/// [RFC 2183](https://www.rfc-editor.org/rfc/rfc2183)
///
///     Content-Disposition: attachment; filename="report.pdf"
public struct ContentDisposition: Hashable, Sendable {
  /// `inline`, `attachment` or another, in lower case.
  public let type: [UInt8]
  /// The parameters.
  public let parameters: FieldParameters

  /// Reads the value of a field; nil when it has no type.
  ///
  /// - Parameter limit: the most parameters that are kept; the rest is dropped. Default 100.
  public init?(_ value: Span<UInt8>, limit: Int = 100) {
    var lexer = FieldLexer(value)
    _ = lexer.skipSpace()
    type = lexer.takeMediaName()
    guard !type.isEmpty else { return nil }
    parameters = FieldParameters(&lexer, limit: limit)
  }
}
