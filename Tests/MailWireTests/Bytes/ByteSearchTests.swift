import MailTestKit
@_spi(MailCodec) import MailWire
import Testing

@Suite struct ByteSearchTests {
  /// At all lengths and alignments, from every start.
  @Test func firstIndex() {
    var generator = SplitMix64(seed: 11)
    var wrong = 0
    for length in 0...200 {
      for alignment in 0..<16 {
        var storage = [UInt8](repeating: 10, count: alignment)
        for _ in 0..<length { storage.append(generator.below(40) == 0 ? 10 : 97) }
        let bytes = storage.span.extracting(droppingFirst: alignment)
        let start = generator.below(length + 3)
        let expected = storage.dropFirst(alignment + start).firstIndex(of: 10).map { $0 - alignment }
        if bytes.firstIndex(of: 10, from: start) != expected { wrong += 1 }
      }
    }
    #expect(wrong == 0)
  }

  @Test func comparisons() {
    let rows: [(String, String, same: Bool, letters: Bool)] = [
      ("", "", true, true), ("a", "a", true, true), ("a", "A", false, true), ("ab", "a", false, false),
      ("[", "{", false, false), ("@", "`", false, false), ("Ä", "ä", false, false), ("x1", "X1", false, true)
    ]
    for row in rows {
      let (left, right) = (Array(row.0.utf8), Array(row.1.utf8))
      #expect(left.span.hasSameBytes(as: right.span) == row.same, "\(row)")
      #expect(left.span.hasSameLetters(as: right.span) == row.letters, "\(row)")
      #expect(left.span.copied() == left)
    }
  }

  /// The classes agree with the definition for all 256 octets.
  @Test func classes() {
    let letters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
    let digits = Set("0123456789".utf8)
    var wrong: [UInt8] = []
    for octet in UInt8.min...UInt8.max {
      let isUpper = (65...90).contains(octet)
      let isLower = (97...122).contains(octet)
      let isRight =
        octet.isASCIILetter == letters.contains(octet) && octet.isASCIIDigit == digits.contains(octet)
        && octet.isASCIILetterOrDigit == (letters.contains(octet) || digits.contains(octet))
        && octet.isASCIIGraphic == (33...126).contains(octet) && octet.isASCIIPrintable == (32...126).contains(octet)
        && octet.isASCIIControl == (octet < 32 || octet == 127)
        && octet.asciiLowercased == (isUpper ? octet + 32 : octet)
        && octet.asciiUppercased == (isLower ? octet - 32 : octet)
      if !isRight { wrong.append(octet) }
    }
    #expect(wrong.isEmpty)
    #expect(packed("QuIt") == 0x7469_7571)
    #expect(packed("starttls") == packed("STARTTLSandmore"))
  }
}
