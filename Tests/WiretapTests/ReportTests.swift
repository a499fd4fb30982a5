import IMAPCodec
import MailTestKit
@_spi(MailCodec) import MailWire
import POP3Codec
import SMTPCodec
import Testing

@testable import Wiretap

@Suite struct ReportTests {
  @Test func text() throws {
    let tapped = try Tapped("smtp --from client", "mail from: <a@b.test> SIZE=9\nRCPT x\u{1B}\nEHLO")
    #expect(
      tapped.text == """
               0  mail
                    quirks: spaceAfterColon
                    reverse-path: <a@b.test>
                    SIZE: 9
              30  rcpt  REFUSED: badPath at its octet 5 (offset 35)
                    line: RCPT x\\x1B
              39  incomplete: the input ends after 4 octets of it
                    begins: command

        """)
  }

  @Test func json() throws {
    let tapped = try Tapped("smtp --from client", "quit \nX \"\\\nY\u{1}\nNO", with: "220 x\n221 bye \"\\\n")
    #expect(
      tapped.json == """
        {"offset":0,"length":7,"kind":"quit","ok":true,"quirks":["trailingSpace"],"error":null,"canonical":"UVVJVA0K",\
        "answered":[{"kind":"reply","offset":7,"summary":"221 bye \\"\\\\\\\\"}]}
        {"offset":7,"length":6,"kind":"unknown","ok":true,"quirks":[],"error":null,"canonical":"WCAiXA0K"}
        {"offset":13,"length":4,"kind":"command","ok":false,"quirks":[],"error":{"code":"badToken","offset":1},\
        "canonical":null}
        {"offset":17,"length":2,"kind":"incomplete","ok":false,"quirks":[],"error":{"code":"incomplete","offset":2},\
        "canonical":null}

        """)
  }

  /// No secret is in any output, in plain text or in base64, whatever is wrong with its line.
  @Test func secretsAreHidden() throws {
    let encoded = "SECRETAA"
    let table = [
      ("smtp", "AUTH PLAIN \(encoded)\n"), ("smtp", "AUTH LOGIN\n\(encoded)\n\(encoded)\nQUIT\n"),
      ("smtp", "AUTH  PLAIN \(encoded)\n"), ("smtp", "AUTH PLAIN \(encoded)!\n"), ("smtp", "AUTH PLAIN\nX SECRETAA\n"),
      ("smtp", "A1 LOGIN x SECRETAA\n"), ("smtp", "PASS SECRETAA\n"), ("smtp", "AUTH LOGIN\n\(encoded)\u{1}\n"),
      ("smtp", "AUTH PLAIN\n\(encoded)"), ("pop3", "PASS SECRETAA\n"), ("pop3", "PASS SECRETAA\u{1}\n"),
      ("pop3", " PASS SECRETAA\n"), ("pop3", "XPASS SECRETAA\n"), ("pop3", "USER x\nSECRETAA\n"),
      ("pop3", "APOP x 5EC0E7AA5EC0E7AA5EC0E7AA5EC0E7AA\n"), ("pop3", "APOP x SECRETAA\n"),
      ("pop3", "AUTH PLAIN \(encoded)\n"), ("pop3", "AUTH PLAIN\n\(encoded)\nQUIT\n"), ("pop3", "PASS SECRETAA"),
      ("imap", "A1 LOGIN x SECRETAA\n"), ("imap", "A1 LOGIN x \"SECRETAA\"\n"), ("imap", "A1 LOGIN x {8+}\nSECRETAA\n"),
      ("imap", "A1 LOGIN x SECRETAA y\n"), ("imap", "A1 AUTHENTICATE PLAIN \(encoded)\n"),
      ("imap", "A1 AUTHENTICATE PLAIN\n\(encoded)\nA2 NOOP\n"), ("imap", "A1 XLOGIN x SECRETAA\n"),
      ("imap", "SECRETAA\n"), ("imap", "A1 LOGIN x {8+}\nSECRETAA y\n"), ("imap", "A1 LOGIN x {8+}\nSECRETAA")
    ]
    for (name, text) in table {
      for options in ["", " --strict", " --chunk 1"] {
        let tapped = try Tapped("\(name) --from client\(options)", text)
        var shown = tapped.text + tapped.json
        for unit in tapped.units {
          if case .octets(let octets) = unit.value?.canonical ?? .none {
            shown += String(decoding: octets, as: UTF8.self)
          }
          if case .redacted(let octets) = unit.value?.canonical ?? .none {
            shown += String(decoding: octets, as: UTF8.self)
          }
        }
        if shown.uppercased().contains("SECRET") || shown.contains("5EC0") || shown.contains("U0VDUkVU") {
          Issue.record("\(name)\(options) \(text.debugDescription): \(shown)")
        }
        #expect(shown.contains("<hidden>") || shown.contains("incomplete"), "\(name) \(text.debugDescription)")
      }
    }
  }

  /// Hiding is for secrets only.
  @Test func othersAreShown() throws {
    let table = [
      ("smtp", "MAIL FROM:<user@auth.test\n"), ("smtp", "XYZ a\n"), ("smtp", "XYZ! a\n"), ("pop3", "USER\n"),
      ("pop3", "XYZ a\n"), ("imap", "A1 GENURLAUTH x INTERNAL\n"), ("imap", "A1 SELECT a b\n")
    ]
    for (name, text) in table {
      let shown = try Tapped("\(name) --from client", text).text
      #expect(!shown.contains("<hidden>"), "\(shown)")
    }
  }

  /// The names are those of the sources, which the language cannot list.
  @Test func quirkNames() throws {
    let smtp = { (bit: Int) in SMTPQuirks(rawValue: 1 << UInt32(bit)).names }
    let pop3 = { (bit: Int) in POP3Quirks(rawValue: 1 << UInt32(bit)).names }
    let imap = { (bit: Int) in IMAPQuirks(rawValue: 1 << UInt64(bit)).names }
    let files = [
      ("SMTPCodec/SMTPQuirks.swift", smtp), ("POP3Codec/POP3Quirks.swift", pop3), ("IMAPCodec/IMAPQuirks.swift", imap),
      ("IMAPCodec/Grammar/IMAPQuirks+Strings.swift", imap), ("IMAPCodec/IMAPQuirks+Responses.swift", imap)
    ]
    var count = 0
    for (file, names) in files {
      let source = String(decoding: try Corpus.bytes("../../Sources/" + file), as: UTF8.self)
      for line in source.split(separator: "\n") where line.contains("Quirks(rawValue: 1 << ") {
        let words = line.split { " ()".contains($0) }
        guard let place = words.firstIndex(of: "let"), let bit = words.last.flatMap({ Int($0) }) else { continue }
        #expect(names(bit) == [String(words[place + 1])], "\(line)")
        count += 1
      }
    }
    #expect(count > 60)
  }
}
