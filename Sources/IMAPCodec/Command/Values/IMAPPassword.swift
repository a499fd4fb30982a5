@_spi(MailCodec) public import MailWire

/// The password of `LOGIN`: a string of the protocol that cannot be printed.
///
/// [RFC 9051 §6.2.3](https://www.rfc-editor.org/rfc/rfc9051#section-6.2.3).
public struct IMAPPassword: Equatable, Sendable {
  /// The octets.
  public let secret: Secret

  /// Validates octets.
  ///
  /// - Throws: ``SyntaxError`` with the code `badCredentials` for a NUL, which no string of the protocol can hold.
  public init(_ secret: Secret) throws(SyntaxError) {
    let hasZero = secret.withBytes { $0.firstIndex(of: 0) != nil }
    if hasZero { throw SyntaxError(.badCredentials, at: 0) }
    self.secret = secret
  }

  init(unchecked bytes: [UInt8]) { secret = Secret(bytes) }
}
