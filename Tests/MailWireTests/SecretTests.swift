import MailWire
import Testing

@Suite struct SecretTests {
  /// No way of making text of a value shows the secret in it.
  @Test func neverShown() {
    let secret = Secret("hunter2")
    let credentials = Credentials(user: "susan", password: "hunter2")
    var dumped = ""
    dump(secret, to: &dumped)
    dump(credentials, to: &dumped)
    dump([secret], to: &dumped)
    var printed = ""
    print(secret, credentials, [secret], ["key": secret], to: &printed)
    debugPrint(secret, credentials, [secret], to: &printed)
    let texts = [
      secret.description, secret.debugDescription, "\(secret)", String(describing: secret), String(reflecting: secret),
      String(reflecting: credentials), "\(credentials)", dumped, printed,
      "\(Mirror(reflecting: secret).children.map { $0 })"
    ]
    // As text, and as a list of octets.
    for text in texts {
      #expect(!text.contains("hunter2") && !text.contains("104") && !text.contains("0x68"), "\(text)")
    }
    #expect(credentials.user == Array("susan".utf8) && dumped.contains("<secret>") && printed.contains("<secret>"))
  }

  @Test func equality() {
    #expect(Secret("a") == Secret([97]) && Secret("a") != Secret("b") && Secret("a") != Secret("aa"))
    #expect(Secret("") == Secret([]) && Secret("ab").count == 2)
    #expect(Secret("ab").withBytes { bytes in bytes[1] } == 98)
  }
}
