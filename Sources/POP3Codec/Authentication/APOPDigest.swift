@_spi(MailCodec) public import MailWire

/// The proof in `APOP`: the MD5 digest of the greeting's timestamp and the shared secret, as 32 hexadecimal digits.
///
/// [RFC 1939 §7](https://www.rfc-editor.org/rfc/rfc1939#section-7). Whoever knows the secret calculates the digest; this
/// library does not. Two digests are compared without an early exit, and none is ever printed.
///
///     S: +OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>
///     C: APOP mrose c4c9334bac560ecc979e58001b3e22fb
public struct APOPDigest: Equatable, Sendable {
  private let text: Secret

  /// The length in hexadecimal digits.
  public static let length = 32

  /// Validates hexadecimal digits.
  ///
  /// - Throws: ``SyntaxError`` with the code `badCredentials` unless there are 32 digits in lower case.
  public init(_ text: Span<UInt8>) throws(SyntaxError) {
    guard Self.isWellFormed(text) else { throw SyntaxError(.badCredentials, at: 0) }
    self.init(unchecked: text.copied())
  }

  init(unchecked text: [UInt8]) { self.text = Secret(text) }

  /// Lends the 32 digits to `body`; they should not leave it.
  public func withText<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try text.withBytes(body)
  }

  static func isWellFormed(_ text: Span<UInt8>) -> Bool {
    guard text.count == length else { return false }
    for index in text.indices where !(text[index].isASCIIDigit || text[index] &- 97 < 6) { return false }
    return true
  }
}
