import IMAPCodec
import MailTestKit
import MailWire
import Testing

@Suite struct IMAPCommandRoundTripTests {
  /// `parse(write(x)) == x` for seeded random commands, in every encoding; the pieces end where a literal begins.
  @Test func randomCommands() throws {
    var random = SplitMix64(seed: 21)
    let encodings = [
      IMAPEncoding(), IMAPEncoding(literals: .upTo4096, acceptsUTF8: true), IMAPEncoding(literals: .nonSynchronising),
      IMAPEncoding(literals: .nonSynchronising, longestQuoted: 0)
    ]
    for round in 0..<6_000 {
      let command = TaggedCommand(try IMAPTag(prefix: "A", number: UInt64(round)), try random.command())
      let encoded = command.encoded(for: encodings[round % 4])
      let isStreaming: Bool
      switch command.command {
      case .append(_, let message), .replace(_, _, let message): isStreaming = message.position != nil
      default: isStreaming = false
      }
      let unit = encoded.bytes.span.extracting(first: encoded.bytes.count - (isStreaming ? 0 : 2))
      let parsed = try? TaggedCommand(unit, quirks: .eightBitInQuoted)
      guard parsed == command, encoded.pieces.dropLast().allSatisfy({ $0.suffix(3) == [125, 13, 10] }) else {
        Issue.record("round \(round): \(command)\n\(String(decoding: encoded.bytes, as: UTF8.self))")
        return
      }
    }
  }

  /// Mutilated commands never trap, and what is accepted is written in one form that reads back as the same.
  @Test func hostileCommands() throws {
    var random = SplitMix64(seed: 22)
    var accepted = 0
    for round in 0..<12_000 {
      var bytes = [UInt8](IMAPCommandTests.canonical[random.below(IMAPCommandTests.canonical.count)].utf8)
      let alphabet = [UInt8](" ()\"\\{}[]<>*%$,:.+-~09aN".utf8) + [0, 10, 13, 200]
      for _ in 0..<random.below(4) {
        let index = random.below(bytes.count + 1)
        let letter = alphabet[random.below(alphabet.count)]
        switch random.below(3) {
        case 0: bytes.insert(letter, at: index)
        case 1: if index < bytes.count { bytes[index] = letter }
        default: if index < bytes.count { bytes.remove(at: index) }
        }
        if bytes.isEmpty { bytes = [97] }
      }
      let text = [UInt8]("A ".utf8) + bytes.flatMap { $0 == 124 ? [13, 10] : [$0] }
      for quirks in [IMAPQuirks.none, .lenient] {
        guard let command = try? TaggedCommand(text.span, quirks: quirks) else { continue }
        accepted += 1
        let written = command.encoded(for: IMAPEncoding(literals: .nonSynchronising)).bytes
        let isWhole = (try? TaggedCommand(written.span, quirks: quirks)) != command
        let again = try? TaggedCommand(
          written.span.extracting(first: written.count - (isWhole ? 2 : 0)), quirks: quirks)
        guard again == command else {
          Issue.record("round \(round): \(text)\n\(command)\n\(String(decoding: written, as: UTF8.self))")
          return
        }
      }
    }
    #expect(accepted > 2_000)
  }
}
