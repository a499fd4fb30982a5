import IMAPCodec
import MailTestKit
import MailWire
import Testing

@Suite struct IMAPURLTests {
  /// The examples of RFC 5092 and RFC 4467, and what they are written as.
  @Test func examples() throws {
    let token = "91354a473744909de610943775f92038"
    let table: [(String, String?)] = [
      ("imap://minbari.example.org/gray-council;UIDVALIDITY=385759045/;UID=20/;PARTIAL=0.1024", nil),
      ("imap://psicorp.example.org/~peter/%E6%97%A5%E6%9C%AC%E8%AA%9E/%E5%8F%B0%E5%8C%97", nil),
      (
        "imap://;AUTH=GSSAPI@minbari.example.org/gray-council/;uid=20/;section=1.2",
        "imap://;AUTH=GSSAPI@minbari.example.org/gray-council/;UID=20/;SECTION=1.2"
      ),
      ("imap://;AUTH=*@minbari.example.org/gray%20council?SUBJECT%20shadows", nil),
      (
        "imap://john;AUTH=*@minbari.example.org/babylon5/personel?charset%20UTF-8%20SUBJECT%20%7B14+%7D%0D%0A%D0%98",
        nil
      ),
      (
        "imap://joe@example.com/INBOX/;uid=20/;section=1.2;urlauth=submit+fred:internal:" + token,
        "imap://joe@example.com/INBOX/;UID=20/;SECTION=1.2;URLAUTH=submit+fred:internal:" + token
      ),
      ("imap://joe@example.com/INBOX/;UID=20;EXPIRE=2026-12-01T00:00:00Z;URLAUTH=anonymous", nil),
      (
        "/Drafts;UIDVALIDITY=385759045/;UID=20/;section=HEADER", "/Drafts;UIDVALIDITY=385759045/;UID=20/;SECTION=HEADER"
      ),
      ("IMAP://[::1]:1143/", "imap://[::1]:1143/"), ("imap://h", "imap://h/"), ("/%2fa", "/%2Fa"), ("/a//;UID=3", nil)
    ]
    for (text, written) in table {
      let url = try IMAPURL(text)
      #expect(String(decoding: url.string.bytes, as: UTF8.self) == written ?? text)
      #expect(try IMAPURL(url.string.bytes.span) == url, "\(text)")
    }
  }

  @Test func refusals() {
    let table: [(String, SyntaxError.Code, Int)] = [
      ("", .empty, 0), ("http://h/", .badToken, 0), ("imap:/h/", .badToken, 0), ("//h/a", .unexpectedByte, 1),
      ("imap:///a", .empty, 7), ("imap://@h/", .empty, 7), ("imap://h:99999/", .badNumber, 13),
      ("/a;UIDVALIDITY=0", .badNumber, 15), ("/a/;UID=0", .badNumber, 8), ("/;UID=1", .unexpectedByte, 1),
      ("/a;UID=1", .unexpectedByte, 2), ("/a/;UID=1/;SECTION=", .empty, 19), ("/a/;UID=1/", .badToken, 10),
      ("/a/;UID=1/;PARTIAL=0.0", .badNumber, 21), ("/a%", .unexpectedByte, 2), ("/a%00", .unexpectedByte, 2),
      ("/a b", .trailingBytes, 2), ("/a;FOO=1", .trailingBytes, 2), ("/a?", .empty, 2),
      ("/a/;UID=1;URLAUTH=", .empty, 9), ("/a/;UID=1;URLAUTH=anonymous:internal:12", .empty, 37),
      ("/a/;UID=1;EXPIRE=2026", .unexpectedEnd, 21)
    ]
    for (text, code, offset) in table {
      #expect(throws: SyntaxError(code, at: offset), "\(text)") { try IMAPURL(text) }
    }
  }

  /// `parse(write(x)) == x`, and no octet of a part gets out of it.
  @Test func roundTrips() throws {
    var random = SplitMix64(seed: 31)
    func octets(_ least: Int) -> [UInt8] {
      let alphabet = [UInt8]("ab/;?@:%= &+*é\r\n\u{7f}".utf8)
      return (0..<(least + random.below(6))).map { _ in alphabet[random.below(alphabet.count)] }
    }
    for round in 0..<4_000 {
      let server = try IMAPURLServer(
        [UInt8]("h-1.test".utf8), port: random.below(2) == 0 ? nil : UInt16(random.below(65_536)),
        user: random.below(2) == 0 ? nil : octets(1),
        authentication: [nil, .any, .mechanism(try SASLMechanism("PLAIN"))][random.below(3)])
      let verifier = try URLAuthorisation.Verifier(.internal, token: Array(repeating: 97, count: 32))
      let authorisation = try URLAuthorisation(
        octets(1), expiry: random.below(2) == 0 ? nil : [UInt8]("2026-12-01T00:00:00Z".utf8),
        verifier: random.below(2) == 0 ? nil : verifier)
      let message = try IMAPURLMessage(
        uid: UInt32(1 + random.below(99)), section: random.below(2) == 0 ? nil : octets(1),
        partial: random.below(2) == 0 ? nil : .init(offset: random.next() >> 1, count: random.below(2) == 0 ? nil : 5),
        authorisation: random.below(2) == 0 ? nil : authorisation)
      let url = try IMAPURL(
        server: random.below(3) == 0 ? nil : server, mailbox: octets(1), uidValidity: random.below(2) == 0 ? nil : 7,
        target: [.mailbox, .search(octets(1)), .message(message)][random.below(3)])
      guard (try? IMAPURL(url.string.bytes.span)) == url else {
        Issue.record("round \(round): \(url)")
        return
      }
    }
  }

  @Test func secrets() throws {
    let verifier = try URLAuthorisation.Verifier(.internal, token: Array(repeating: 97, count: 32))
    #expect("\(verifier)" == "INTERNAL:…")
    let url = try IMAPURL("imap://h/INBOX/;UID=20;URLAUTH=anonymous:INTERNAL:" + String(repeating: "a", count: 32))
    #expect("\(url) \([url])".contains("aaa") == false)
    #expect("\(url)".hasSuffix(";URLAUTH=anonymous:INTERNAL:…"))
  }
}
