/// Who wants to log in, and the proof.
///
/// Names are octets, UTF-8 by the standards; ``user`` is what `AUTH PLAIN` calls the authentication identity.
public struct Credentials: Sendable {
  /// Whose rights are asked for; empty when the user asks for his own.
  /// [RFC 4616 §2](https://www.rfc-editor.org/rfc/rfc4616#section-2): the authorization identity.
  public var authorizationIdentity: [UInt8]
  /// Who logs in.
  public var user: [UInt8]
  /// The password.
  public var password: Secret

  /// Credentials from octets.
  public init(authorizationIdentity: [UInt8] = [], user: [UInt8], password: Secret) {
    self.authorizationIdentity = authorizationIdentity
    self.user = user
    self.password = password
  }

  /// Credentials from text.
  public init(user: String, password: String) {
    self.init(user: [UInt8](user.utf8), password: Secret(password))
  }
}
