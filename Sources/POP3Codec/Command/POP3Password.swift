@_spi(MailCodec) public import MailWire

/// The argument of `PASS`: all that follows the one space, spaces included, and a secret.
///
/// [RFC 1939 §7](https://www.rfc-editor.org/rfc/rfc1939#section-7).
///
///     C: PASS correct horse battery staple
public struct POP3Password: Equatable, Sendable {
  /// The password.
  public let secret: Secret

  /// Validates a password.
  ///
  /// - Throws: ``SyntaxError`` with the code `badCredentials` when it is empty or has control characters, which this
  ///   command cannot carry; `AUTH PLAIN` can. The offset says nothing of the content.
  public init(_ secret: Secret) throws(SyntaxError) {
    let isValid = secret.withBytes { bytes in
      guard !bytes.isEmpty else { return false }
      for index in bytes.indices where bytes[index].isASCIIControl { return false }
      return true
    }
    guard isValid else { throw SyntaxError(.badCredentials, at: 0) }
    self.secret = secret
  }

  init(unchecked bytes: [UInt8]) { secret = Secret(bytes) }
}
