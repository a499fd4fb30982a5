import MailTestKit
import MailWire
import Testing

@Suite struct PlainMessageTests {
  @Test func messages() throws {
    let rows: [(message: String, identity: String, user: String, password: String)] = [
      ("\0susan\0secret", "", "susan", "secret"), ("admin\0susan\0secret", "admin", "susan", "secret"),
      ("\0s\0 ", "", "s", " "), ("\0schön\0пароль", "", "schön", "пароль")
    ]
    for row in rows {
      let credentials = try PlainMessage.parse(Array(row.message.utf8).span)
      #expect(credentials.authorizationIdentity == Array(row.identity.utf8))
      #expect(credentials.user == Array(row.user.utf8))
      #expect(credentials.password == Secret(row.password))
      #expect(try PlainMessage.write(credentials) == Array(row.message.utf8))
    }
  }

  @Test func refused() {
    let long = String(repeating: "a", count: 760)
    let rows: [(message: String, code: SyntaxError.Code)] = [
      ("", .badCredentials), ("susan", .badCredentials), ("\0susan", .badCredentials), ("\0\0secret", .badCredentials),
      ("\0susan\0", .badCredentials), ("\0\0", .badCredentials), ("\0susan\0se\0cret", .badCredentials),
      ("\0susan\0secret\0", .badCredentials), ("\0\(long)\0secret", .tooLong)
    ]
    for row in rows {
      let error = #expect(throws: SyntaxError.self, "\(visible(row.message.utf8))") {
        _ = try PlainMessage.parse(Array(row.message.utf8).span)
      }
      #expect(error?.code == row.code, "\(visible(row.message.utf8))")
    }
  }

  /// What `parse` refuses cannot be written.
  @Test func unwritable() throws {
    let long = [UInt8](repeating: 97, count: 760)
    let rows: [(Credentials, MisuseError)] = [
      (Credentials(user: "", password: "x"), .badArgument), (Credentials(user: "x", password: ""), .badArgument),
      (Credentials(user: "a\0b", password: "x"), .badArgument),
      (Credentials(user: "x", password: "a\0b"), .badArgument),
      (Credentials(authorizationIdentity: [0], user: [1], password: Secret("x")), .badArgument),
      (Credentials(user: long, password: Secret("secret")), .tooLong)
    ]
    for (credentials, expected) in rows {
      #expect(throws: expected) { try PlainMessage.write(credentials) }
    }
    var longest = Credentials(user: long, password: Secret("12345"))
    let message = try PlainMessage.write(longest)
    #expect(try PlainMessage.parse(message.span).user == long)
    longest.authorizationIdentity = [97]
    #expect(throws: MisuseError.tooLong) { try PlainMessage.write(longest) }
  }
}
