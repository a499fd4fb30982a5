import MailTestKit
import MailWire
import POP3Codec
import Testing

private func octets(_ text: String) -> [UInt8] { [UInt8](text.utf8) }

@Suite struct POP3CommandTests {
  /// A line, and the line that it is written as; nil where it is the same.
  private static let valid: [(line: String, canonical: String?)] = [
    ("USER susan@website.test", nil), ("user mrose", "USER mrose"), ("USER two words ", nil),
    ("PASS secret", nil), ("pAsS  a b  c ", "PASS  a b  c "), ("PASS  ", nil),
    ("APOP mrose c4c9334bac560ecc979e58001b3e22fb", nil),
    ("APOP two words c4c9334bac560ecc979e58001b3e22fb", nil),
    ("AUTH PLAIN", nil), ("AUTH PLAIN =", nil), ("auth plain AHRlc3QAMTIzNA==", "AUTH plain AHRlc3QAMTIzNA=="),
    ("CAPA", nil), ("capa", "CAPA"), ("STLS", nil), ("UTF8", nil), ("utf8", "UTF8"), ("LANG", nil), ("LANG *", nil),
    ("LANG en-boont", nil), ("STAT", nil), ("LIST", nil), ("LIST 1", nil), ("UIDL", nil),
    ("uidl 2147483647", "UIDL 2147483647"),
    ("RETR 1", nil), ("TOP 1 0", nil), ("TOP 1 99999999", nil), ("TOP 12 9223372036854775807", nil),
    ("TOP 1 18446744073709551615", "TOP 1 9223372036854775807"), ("DELE 3", nil), ("NOOP", nil), ("RSET", nil),
    ("LAST", nil), ("QUIT", nil), ("XTND XMIT me", nil), ("EHLO  x", nil), ("STATS", nil), ("JUNK ", "JUNK")
  ]

  @Test func linesThatAreCommands() throws {
    for (line, canonical) in Self.valid {
      let command = try POP3Command(octets(line).span)
      let expected = octets((canonical ?? line) + "\r\n")
      #expect(command.encoded == expected, "\(line)")
      let again = try POP3Command(expected.span.extracting(first: expected.count - 2))
      #expect(again == command, "\(line)")
    }
  }

  private static let malformed: [(line: String, code: SyntaxError.Code, offset: Int)] = [
    ("", .empty, 0), (" STAT", .badToken, 0), ("ST\u{0}AT", .badToken, 2), ("PASS\tsecret", .badToken, 4),
    ("USER", .unexpectedEnd, 4), ("USER ", .unexpectedEnd, 5), ("USER a\u{0}b", .unexpectedByte, 6),
    ("USER a\rb", .unexpectedByte, 6), ("PASS", .unexpectedEnd, 4), ("PASS ", .unexpectedEnd, 5),
    ("PASS a\nb", .unexpectedByte, 6),
    ("APOP", .unexpectedEnd, 4), ("APOP mrose", .unexpectedEnd, 10), ("APOP mrose short", .badCredentials, 11),
    ("APOP mrose C4C9334BAC560ECC979E58001B3E22FB", .badCredentials, 11),
    ("AUTH", .unexpectedEnd, 4), ("AUTH ", .unexpectedEnd, 5), ("AUTH =", .badToken, 5),
    ("AUTH PLAIN a b", .trailingBytes, 12), ("AUTH PLAIN !", .badBase64, 1),
    ("STAT 1", .trailingBytes, 4), ("STAT ", .trailingBytes, 4), ("NOOP x", .trailingBytes, 4),
    ("LIST 0", .badNumber, 5), ("LIST +1", .badNumber, 5), ("LIST -1", .badNumber, 5), ("LIST 1 2", .trailingBytes, 6),
    ("LIST 01", .badNumber, 5), ("LIST  1", .unexpectedByte, 5), ("LIST ", .trailingBytes, 4),
    ("RETR", .unexpectedEnd, 4), ("RETR ", .unexpectedEnd, 5), ("RETR abc", .badNumber, 5),
    ("RETR 1x", .trailingBytes, 6),
    ("RETR 2147483648", .badNumber, 5), ("RETR 99999999999999999999999", .badNumber, 5), ("RETR 0", .badNumber, 5),
    ("DELE 0", .badNumber, 5), ("DELE 1 ", .trailingBytes, 6), ("TOP 1", .unexpectedEnd, 5),
    ("TOP 1 ", .unexpectedEnd, 6),
    ("TOP 1 -1", .badNumber, 6), ("TOP 0 1", .badNumber, 4), ("TOP 1 2 3", .trailingBytes, 7),
    ("TOP 1 18446744073709551616", .badNumber, 6), ("LANG a_b", .trailingBytes, 6), ("LANG _", .badToken, 5),
    ("JUNK a\u{0}", .unexpectedByte, 6)
  ]

  @Test func linesThatAreNot() {
    for (line, code, offset) in Self.malformed {
      do throws(SyntaxError) {
        let command = try POP3Command(octets(line).span)
        Issue.record("\(line) was parsed as \(command)")
      } catch {
        #expect(error == SyntaxError(code, at: offset), "\(line): \(error)")
      }
    }
  }

  @Test func quirks() throws {
    let table: [(line: String, canonical: String, quirk: POP3Quirks)] = [
      ("RETR 007", "RETR 7", .leadingZeros), ("TOP 1 00", "TOP 1 0", .leadingZeros), ("STAT ", "STAT", .trailingSpace),
      ("LIST  ", "LIST", .trailingSpace), ("DELE 1 ", "DELE 1", .trailingSpace), ("LIST  1", "LIST 1", .severalSpaces),
      ("TOP  1   2", "TOP 1 2", .severalSpaces), ("AUTH PLAIN ", "AUTH PLAIN", .trailingSpace)
    ]
    for (line, canonical, quirk) in table {
      var used = POP3Quirks.none
      let bytes = octets(line)
      let command = try POP3Command(POP3CommandView.parse(bytes.span, quirks: .lenient, used: &used))
      #expect(used == quirk && command.encoded == octets(canonical + "\r\n"), "\(line)")
      var strict = POP3Quirks.none
      let refused: Void? = try? { _ = try POP3Command(POP3CommandView.parse(bytes.span, used: &strict)) }()
      #expect(refused == nil && strict == .none, "\(line)")
    }
    // A message 0 is none by any quirk.
    for line in ["RETR 0", "DELE 00", "LIST 000"] {
      let command = try? POP3Command(octets(line).span, quirks: .lenient)
      #expect(command == nil, "\(line)")
    }
  }

  @Test func parsingWhatWasWritten() throws {
    var generator = SplitMix64(seed: 1939)
    for round in 0..<4000 {
      let command = try Self.command(&generator)
      let written = command.encoded
      let line = written.span.extracting(first: written.count - 2)
      let text = "round \(round): \(visible(written))"
      try #require(written.suffix(2) == [13, 10], "\(text)")
      for byte in written.dropLast(2) where byte < 32 || byte == 127 { Issue.record("\(text)") }
      let again = try POP3Command(line)
      if again != command { Issue.record("\(text): \(again)") }
    }
  }

  @Test func hostileLines() {
    var generator = SplitMix64(seed: 2449)
    let verbs = ["USER", "PASS", "APOP", "AUTH", "LIST", "RETR", "TOP", "LANG", "UIDL", "CAPA", "XX", ""]
    for _ in 0..<20_000 {
      var line = octets(verbs[generator.below(verbs.count)])
      if generator.below(4) > 0 { line.append(32) }
      line += generator.hostileBytes(below: 20)
      guard let command = try? POP3Command(line.span, quirks: .lenient) else { continue }
      let written = command.encoded
      let again = try? POP3Command(written.span.extracting(first: written.count - 2))
      if again != command { Issue.record("\(visible(line))") }
    }
  }

  @Test func secretsAreNotShown() throws {
    for line in ["PASS hunter2", "APOP susan c4c9334bac560ecc979e58001b3e22fb", "AUTH PLAIN AHN1c2FuAGh1bnRlcjI="] {
      let command = try POP3Command(octets(line).span)
      var dumped = ""
      dump(command, to: &dumped)
      for text in ["\(command)", String(reflecting: command), dumped] {
        #expect(!text.contains("hunter2") && !text.contains("c4c9334b") && !text.contains("AHN1"), "\(text)")
      }
    }
  }

  @Test func valuesThatCannotBe() {
    #expect((try? MessageNumber(0)) == nil && (try? MessageNumber(-1)) == nil)
    #expect((try? POP3Text("a\r\nDELE 1")) == nil && (try? POP3Text("")) == nil)
    #expect((try? POP3Password(Secret("a\r\nDELE 1"))) == nil && (try? POP3Password(Secret("a\u{0}"))) == nil)
    #expect((try? POP3Verb("retr")) == nil && (try? POP3Verb("A B")) == nil && (try? POP3Verb("XTND")) != nil)
  }

  static func command(_ generator: inout SplitMix64) throws -> POP3Command {
    let number = try MessageNumber(1 + generator.below(generator.below(2) == 0 ? 9 : Int(Int32.max)))
    func text(_ generator: inout SplitMix64) -> String {
      let alphabet = Array("abZ09 @.\"\\[]<>é~!")
      return String((0...generator.below(12)).map { _ in alphabet[generator.below(alphabet.count)] })
    }
    switch generator.below(19) {
    case 0: return .user(try POP3Text(text(&generator)))
    case 1: return .password(try POP3Password(Secret(text(&generator))))
    case 2:
      let digits = Array("0123456789abcdef".utf8)
      let digest = (0..<32).map { _ in digits[generator.below(16)] }
      return .digest(try POP3Text(text(&generator)), try APOPDigest(digest.span))
    case 3:
      let response = generator.below(3) == 0 ? nil : Secret(generator.hostileBytes(below: 9))
      return .authenticate(generator.below(2) == 0 ? .plain : .login, initialResponse: response)
    case 4: return .capabilities
    case 5: return .startTLS
    case 6: return .utf8
    case 7: return .language(generator.below(2) == 0 ? nil : try LanguageRange("en-*"))
    case 8: return .status
    case 9: return .list(generator.below(2) == 0 ? nil : number)
    case 10: return .uniqueIDs(generator.below(2) == 0 ? nil : number)
    case 11: return .retrieve(number)
    case 12: return .top(number, lines: generator.below(Int.max))
    case 13: return .delete(number)
    case 14: return .noop
    case 15: return .reset
    case 16: return .last
    case 17: return .quit
    default:
      let argument = generator.below(2) == 0 ? nil : try POP3Text(text(&generator))
      return .unknown(try POP3Verb(["XTND", "RPOP", "X", "[]", "STAT2"][generator.below(5)]), argument)
    }
  }
}
