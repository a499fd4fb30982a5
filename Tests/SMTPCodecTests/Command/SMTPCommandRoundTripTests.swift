import MailTestKit
import MailWire
import SMTPCodec
import Testing

@Suite struct SMTPCommandRoundTripTests {
  /// `parse(write(x)) == x` for seeded random commands, and one CRLF, at the end.
  @Test func randomCommands() throws {
    var random = SplitMix64(seed: 1)
    for round in 0..<20_000 {
      let command = try random.command()
      let line = command.encoded
      guard line.suffix(2) == [13, 10], line.filter({ $0 < 32 || $0 > 126 }).count == 2 else {
        Issue.record("round \(round): \(line)")
        return
      }
      let parsed = try SMTPCommand(line.span.extracting(first: line.count - 2))
      guard parsed == command else {
        Issue.record("round \(round): \(command) became \(parsed)")
        return
      }
    }
  }

  /// Random lines never trap, and what is accepted is written canonically: parsing it again gives the same.
  @Test func hostileLines() throws {
    var random = SplitMix64(seed: 2)
    let verbs = ["MAIL FROM:<", "RCPT TO:<", "EHLO ", "AUTH PLAIN ", "NOOP ", "VRFY ", "X", "MAIL FROM:<a@b> "]
    var accepted = 0
    for _ in 0..<30_000 {
      let noise = random.below(3) == 0 ? random.hostileBytes(below: 30) : random.plausibleBytes(below: 30)
      let line = [UInt8](verbs[random.below(verbs.count)].utf8) + noise
      for quirks in [SMTPQuirks.none, .lenient] {
        guard let command = try? SMTPCommand(line.span, quirks: quirks) else { continue }
        accepted += 1
        let written = command.encoded
        let again = try SMTPCommand(written.span.extracting(first: written.count - 2), quirks: quirks)
        guard again == command else {
          Issue.record("\(line): \(command) became \(again)")
          return
        }
      }
    }
    #expect(accepted > 1000)
  }
}

extension SplitMix64 {
  mutating func pick(_ alphabet: String, below bound: Int, atLeast: Int = 1) -> String {
    let letters = Array(alphabet)
    return String((0..<(atLeast + below(bound))).map { _ in letters[below(letters.count)] })
  }

  mutating func plausibleBytes(below bound: Int) -> [UInt8] {
    [UInt8](pick("abAB09.@<>:[]\"\\ -_=,%ü", below: bound).utf8)
  }

  mutating func domain() throws -> Domain {
    try Domain((0...below(3)).map { _ in pick("abcXYZ019", below: 10) }.joined(separator: "."))
  }

  mutating func mailbox() throws -> Mailbox {
    let value = [UInt8](pick(below(2) == 0 ? "abc.XYZ!#+=" : "ab \"\\@<>().,;:", below: 12).utf8)
    let host = below(4) == 0 ? try MailHost([UInt8]("[192.0.2.\(below(256))]".utf8).span) : .domain(try domain())
    return Mailbox(try LocalPart(unquoted: value.span), at: host)
  }

  mutating func parameters() throws -> ESMTPParameters {
    try ESMTPParameters(
      (0..<below(4)).map { index in
        "K\(index)" + pick("AB-9", below: 4) + (below(2) == 0 ? "" : "=" + pick("ab<>@+;:,", below: 9))
      }.joined(separator: " "))
  }

  mutating func text() throws -> SMTPText { try SMTPText(pick("abc XYZ@<>\"", below: 20)) }

  mutating func command() throws -> SMTPCommand {
    switch below(14) {
    case 0: return .helo(try HelloName(domain().description))
    case 1: return .ehlo(try HelloName("[IPv6:::\(below(9))]"))
    case 2: return .mail(below(4) == 0 ? .null : .mailbox(try mailbox()), try parameters())
    case 3: return .recipient(below(4) == 0 ? .postmaster : .mailbox(try mailbox()), try parameters())
    case 4: return .data
    case 5: return .reset
    case 6: return .noop(below(2) == 0 ? SMTPText() : try text())
    case 7: return .quit
    case 8: return .verify(try text())
    case 9: return .expand(try text())
    case 10: return .help(below(2) == 0 ? SMTPText() : try text())
    case 11: return .startTLS
    case 12:
      let response = below(2) == 0 ? nil : InitialResponse(Secret(pick("ab\u{0}ü", below: 20, atLeast: 0)))
      return .authenticate(try SASLMechanism(pick("AB-_9", below: 20)), initialResponse: response)
    default: return .unknown(try SMTPVerb("X" + pick("AB-_9", below: 9)), try text())
    }
  }
}
