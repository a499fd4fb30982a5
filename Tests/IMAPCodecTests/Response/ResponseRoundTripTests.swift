@_spi(MailCodec) import IMAPCodec
import MailTestKit
@_spi(MailCodec) import MailWire
import Testing

@Suite struct ResponseRoundTripTests {
  /// What was written from a value is read strictly as that value, which is written the same again.
  @Test func generatedValues() throws {
    var generator = ResponseGenerator(seed: 9_051)
    for _ in 0..<3_000 {
      let value = try generator.response()
      let wire = ResponseTests.written(value)
      guard let (again, used) = try? ResponseTests.parse(wire), used.isEmpty else {
        Issue.record("refused: \(String(decoding: wire, as: UTF8.self))")
        continue
      }
      if again != value || ResponseTests.written(again) != wire {
        Issue.record("differs: \(String(decoding: wire, as: UTF8.self))")
      }
    }
  }

  /// Codes whose lists are empty are the names alone.
  @Test func emptyCodes() throws {
    let codes: [(ResponseCode, String)] = [
      (.modified(NumberRanges()), "MODIFIED"), (.referral([]), "REFERRAL"), (.badEvent([]), "BADEVENT"),
      (.urlMechanisms([]), "URLMECH"), (.badCharset([]), "BADCHARSET"), (.capabilities([]), "CAPABILITY")
    ]
    for (code, name) in codes {
      let wire = bytes("* NO [\(name)] x\r\n")
      let response = try ResponseTests.parse(wire)
      #expect(response.used.isEmpty && ResponseTests.written(response.response) == wire)
      var found: ResponseCode?
      if case .untagged(.status(let status)) = response.response { found = status.code }
      #expect(found == code, "\(name)")
    }
  }

  /// What is no response neither traps nor loops, and what is read of it can be written and read again.
  @Test func mutations() throws {
    var generator = ResponseGenerator(seed: 3_501)
    for _ in 0..<2_000 {
      var wire = ResponseTests.written(try generator.response())
      for _ in 0...generator.below(4) {
        let place = generator.below(wire.count)
        switch generator.below(3) {
        case 0: wire.remove(at: place)
        case 1: wire.insert(UInt8(truncatingIfNeeded: generator.large()), at: place)
        default: wire[place] = bytes("(){}\"\\ \r\nN0*")[generator.below(12)]
        }
      }
      for quirks in [IMAPQuirks.none, .lenient] {
        guard let response = try? ResponseTests.parse(wire, quirks).response else { continue }
        let again = ResponseTests.written(response)
        if (try? ResponseTests.parse(again, .lenient).response) != response {
          Issue.record("\(String(decoding: wire, as: UTF8.self)) became \(String(decoding: again, as: UTF8.self))")
        }
      }
    }
  }

  /// Quirks add to what the grammar allows, and change nothing of it but codes and capabilities that it knows in general only.
  @Test func quirksOnlyAdd() throws {
    let rereadings: IMAPQuirks = [.zeroIdentifier, .emptyCopyUID, .trailingSpace, .spaceInCapability, .severalSpaces]
    var generator = ResponseGenerator(seed: 2_060)
    for _ in 0..<3_000 {
      var wire = ResponseTests.written(try generator.response())
      let place = generator.below(wire.count)
      wire[place] = bytes("(){}\"\\ []*+0:NI")[generator.below(15)]
      guard let strict = try? ResponseTests.parse(wire).response else { continue }
      guard let (lenient, used) = try? ResponseTests.parse(wire, .lenient) else {
        Issue.record("refused by a quirk: \(String(decoding: wire, as: UTF8.self))")
        continue
      }
      if lenient != strict, used.isDisjoint(with: rereadings) {
        Issue.record("changed by \(used.rawValue): \(String(decoding: wire, as: UTF8.self))")
      }
    }
  }
}
