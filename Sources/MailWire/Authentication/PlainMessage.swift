/// The one message of the SASL mechanism PLAIN.
///
/// [RFC 4616 §2](https://www.rfc-editor.org/rfc/rfc4616#section-2): `[authzid] NUL authcid NUL passwd`.
///
///     C: AUTH PLAIN AHN1c2FuQHdlYnNpdGUAc2VjcmV0
public enum PlainMessage {
  /// The longest message that is looked at, in octets: three fields of 255 and their separators.
  public static let maximumLength = 767

  /// Reads the decoded message.
  ///
  /// - Throws: ``SyntaxError`` with the code `badCredentials` unless there are exactly two NULs, a user and a password,
  ///   and `tooLong` beyond ``maximumLength``.
  public static func parse(_ message: Span<UInt8>) throws(SyntaxError) -> Credentials {
    guard message.count <= maximumLength else { throw SyntaxError(.tooLong, at: maximumLength) }
    guard
      let first = message.firstIndex(of: 0),
      let second = message.firstIndex(of: 0, from: first + 1)
    else { throw SyntaxError(.badCredentials, at: message.count) }
    guard message.firstIndex(of: 0, from: second + 1) == nil, second > first + 1, message.count > second + 1 else {
      throw SyntaxError(.badCredentials, at: second)
    }
    return Credentials(
      authorizationIdentity: message.extracting(0..<first).copied(),
      user: message.extracting((first + 1)..<second).copied(),
      password: Secret(message.extracting((second + 1)..<message.count).copied()))
  }

  /// Writes the message, not yet in base64.
  ///
  /// - Throws: ``MisuseError/badArgument`` when a field holds a NUL or the user or the password is empty,
  ///   ``MisuseError/tooLong`` beyond ``maximumLength``.
  public static func write(_ credentials: Credentials) throws(MisuseError) -> [UInt8] {
    let fieldsAreValid =
      !credentials.authorizationIdentity.contains(0) && !credentials.user.contains(0) && !credentials.user.isEmpty
      && credentials.password.withBytes { bytes in !bytes.isEmpty && bytes.firstIndex(of: 0) == nil }
    guard fieldsAreValid else { throw .badArgument }
    let count = credentials.authorizationIdentity.count + credentials.user.count + credentials.password.count + 2
    guard count <= maximumLength else { throw .tooLong }
    var message = credentials.authorizationIdentity
    message.append(0)
    message.append(contentsOf: credentials.user)
    message.append(0)
    credentials.password.withBytes { bytes in message.append(bytes) }
    return message
  }
}
