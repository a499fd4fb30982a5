/// A parameter of a structured field, as it stands there: `charset=utf-8`.
///
/// [RFC 2045 §5.1](https://www.rfc-editor.org/rfc/rfc2045#section-5.1). ``FieldParameters`` puts the pieces of RFC 2231
/// together.
public struct FieldParameter: Hashable, Sendable {
  /// The name, an asterisk and a number of RFC 2231 included.
  public let name: [UInt8]
  /// The value, without quotes.
  public let value: [UInt8]

  /// A parameter.
  public init(name: [UInt8], value: [UInt8]) {
    self.name = name
    self.value = value
  }
}
