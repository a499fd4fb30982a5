import MailTestKit
import MailWire
import SMTPCodec
import Testing

@Suite struct AddressTests {
  @Test func mailboxes() {
    let longLocal = String(repeating: "a", count: 64)
    let longLabel = String(repeating: "b", count: 63)
    let accepted = [
      ("susan@website.test", "susan", "website.test"), ("a+b=c@x", "a+b=c", "x"),
      ("!#$%&'*+-/=?^_`{|}~@x.y", "!#$%&'*+-/=?^_`{|}~", "x.y"), ("\"a b\"@x", "a b", "x"),
      ("\"a\\\"b\\\\c\"@x", "a\"b\\c", "x"), ("\"\"@x", "", "x"), ("\"a@b\"@c.d", "a@b", "c.d"),
      ("a@[192.0.2.1]", "a", "[192.0.2.1]"), ("a@[IPv6:2001:db8::1]", "a", "[IPv6:2001:db8::1]"),
      ("a@[x-tag:anything!]", "a", "[x-tag:anything!]"), ("\(longLocal)@\(longLabel).x", longLocal, "\(longLabel).x"),
      ("a@1.2", "a", "1.2"), ("a@xn--bcher-kva.example", "a", "xn--bcher-kva.example")
    ]
    for (text, local, host) in accepted {
      guard let mailbox = try? Mailbox(text) else {
        Issue.record("refused \(text)")
        continue
      }
      let parts = (String(decoding: mailbox.localPart.unquoted, as: UTF8.self), mailbox.host.description)
      #expect(parts == (local, host) && mailbox.description == text)
    }
    let refused = [
      "", "a", "@", "a@", "@x", "a@x.", "a@.x", "a@x..y", "a@-x", "a@x-", "a@x_y", ".a@x", "a.@x", "a..b@x", "a b@x",
      "a@x y", "a@x>", "<a@x>", "a@@x", "\"a@x", "a\"b\"@x", "\"a\"b@x", "\"a\u{7f}\"@x", "\"a\n\"@x", "a\u{0}@x",
      "a@[192.0.2.256]", "a@[192.0.2]", "a@[1.2.3.4.5]", "a@[0192.0.2.1]", "a@[IPv6:]", "a@[IPv6:1:2:3]",
      "a@[IPv6::::1]", "a@[IPv6:1::2::3]", "a@[IPv6:1:2:3:4:5:6:7:8:9]", "a@[IPv6:12345::]", "a@[tag]", "a@[]",
      "a@[tag-:x]", "ä@x", "a@ü", "\(longLocal)a@x", "a@\(longLabel)b"
    ]
    for text in refused where (try? Mailbox(text)) != nil { Issue.record("accepted \(text)") }
  }

  @Test func addressLiterals() throws {
    let table: [(String, AddressLiteral.Kind)] = [
      ("[192.0.2.7]", .ipv4(0xC000_0207)), ("[IPv6:::]", .ipv6(high: 0, low: 0)),
      ("[ipv6:::1]", .ipv6(high: 0, low: 1)),
      ("[IPv6:1::]", .ipv6(high: 1 << 48, low: 0)),
      ("[IPv6:1:2:3:4:5:6:7:8]", .ipv6(high: 0x0001_0002_0003_0004, low: 0x0005_0006_0007_0008)),
      ("[IPv6:2001:DB8::a:b]", .ipv6(high: 0x2001_0DB8_0000_0000, low: 0x000A_000B)),
      ("[IPv6:::ffff:192.0.2.7]", .ipv6(high: 0, low: 0xFFFF_C000_0207)),
      ("[IPv6:1:2:3:4:5:6:1.2.3.4]", .ipv6(high: 0x0001_0002_0003_0004, low: 0x0005_0006_0102_0304))
    ]
    for (text, kind) in table {
      let bytes = [UInt8](text.utf8)
      #expect(try AddressLiteral(bytes.span).kind == kind, "\(text)")
    }
  }

  @Test func equality() throws {
    #expect(try Mailbox("susan@Website.TEST") == Mailbox("susan@website.test"))
    #expect(try Mailbox("Susan@website.test") != Mailbox("susan@website.test"))
    #expect(try Mailbox("\"susan\"@website.test") == Mailbox("susan@website.test"))
    #expect(try Mailbox("\"a\\b\"@x").hashValue == Mailbox("ab@x").hashValue)
    #expect(try Domain("MAIL.test") == Domain("mail.TEST"))
  }

  @Test func quotingIsExact() throws {
    for (value, written) in [
      ("a.b", "a.b"), ("a b", "\"a b\""), ("a\"\\", "\"a\\\"\\\\\""), ("", "\"\""), ("a..b", "\"a..b\"")
    ] {
      let bytes = [UInt8](value.utf8)
      let local = try LocalPart(unquoted: bytes.span)
      #expect(local.description == written && local.unquoted == bytes)
    }
    let control: [UInt8] = [97, 13]
    #expect(throws: SyntaxError.self) { try LocalPart(unquoted: control.span) }
  }

  @Test func quirks() throws {
    let table: [(String, SMTPQuirks)] = [
      ("a@x_y", .underscoreInDomain), (".a@x", .irregularDots), ("a..b.@x", .irregularDots),
      (String(repeating: "a", count: 65) + "@x", .longLocalPart)
    ]
    for (text, quirk) in table {
      let bytes = [UInt8](text.utf8)
      #expect(throws: Never.self, "\(text)") { try Mailbox(bytes.span, quirks: quirk) }
      #expect(throws: SyntaxError.self, "\(text)") {
        try Mailbox(bytes.span, quirks: SMTPQuirks.lenient.subtracting(quirk))
      }
    }
  }

  /// Within a command, plain addresses are judged sixteen octets at a time; alone, they are judged one by one. Both agree.
  @Test func shortWay() {
    var generator = SplitMix64(seed: 23)
    let alphabet = [UInt8]("abzAZ059--...._+=!@\"[>/:`".utf8)
    func text(_ limit: Int) -> [UInt8] {
      let usual = generator.below(3) > 0
      return (0..<generator.below(limit)).map { index in
        usual ? (index % 7 == 3 ? 46 : 97) : alphabet[generator.below(alphabet.count)]
      }
    }
    var wrong: [String] = []
    for round in 0..<20_000 {
      let quirks: SMTPQuirks = round % 2 == 0 ? .none : .server
      let localPart = text(70)
      let domain = text(80)
      let alone: Bool
      if let part = try? LocalPart(localPart.span, quirks: quirks), (try? Domain(domain.span, quirks: quirks)) != nil {
        alone = !part.bytes.isEmpty
      } else {
        alone = false
      }
      // Hosts and routes have a way of their own.
      if domain.first == 91 || localPart.first == 64 { continue }
      let line = [UInt8]("MAIL FROM:<".utf8) + localPart + [64] + domain + [UInt8]("> SIZE=1".utf8)
      let command = try? SMTPCommand(line.span, quirks: quirks)
      let hello = [UInt8]("EHLO ".utf8) + domain
      let helloName = try? SMTPCommand(hello.span)
      if (command != nil) != alone || (helloName != nil) != ((try? HelloName(domain.span)) != nil) {
        wrong.append(String(decoding: line, as: UTF8.self))
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }
}
