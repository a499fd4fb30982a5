import MailTestKit
import MailWire
import Testing

@Suite struct DotStuffingDecoderTests {
  /// What ends a text: every row cut in every way, under every policy.
  @Test func ends() {
    let rows: [(bytes: String, ends: Bool)] = [
      ("a\r\n.\r\n", true), ("a\r\r\n.\r\n", true), (".\r\n", true), ("\r\n.\r\n", true), ("..\r\n.\r\n", true),
      ("a\n.\n", false), ("a\n.\r\n", false), ("a\r\n.\n", false),
      ("a\r.\r", false), ("a\r.\n", false), ("a\r.\r\n", false), ("a\n.\r", false), ("a\r\n.\r", false),
      ("a\r\n.\r\r\n", false), ("a\r\r\n.\r\r\n", false), ("a\r\n\0.\r\n", false), ("a\r\n.\0\r\n", false),
      ("a\r\n..\r\n", false), ("a\r\n. \r\n", false), (".\n", false), (".\r\r\n", false), ("..\r\n", false),
      ("\n.\r\n", false), ("\r.\r\n", false), ("\0.\r\n", false), (".\0\r\n", false), ("", false)
    ]
    var wrong: [String] = []
    for row in rows {
      // Bytes behind the end belong to the next command; bytes behind what is no end belong to the text.
      let wire = Array(row.bytes.utf8) + [UInt8](repeating: 98, count: row.ends ? 20 : 0)
      for policy in [LineEndingPolicy.reject, .normalise, .verbatim] {
        for cut in everyCut(of: wire.count) {
          var decoder = DotStuffingDecoder(policy: policy)
          var text: [UInt8] = []
          var read = 0
          for piece in cut { read += decoder.decode(wire.span.extracting(piece), into: &text) }
          let expected = Reference.decode(wire, policy)
          let isRight =
            decoder.isAtEnd == row.ends && read == (row.ends ? row.bytes.utf8.count : wire.count)
            && text == expected.text && decoder.irregularities == expected.irregularities
          if !isRight { wrong.append("\(visible(wire)) \(policy) \(cut): \(visible(text))") }
        }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(5))")
  }

  @Test func textsAndPolicies() {
    let rows: [(wire: String, verbatim: String, normal: String, found: ContentIrregularities)] = [
      (".\r\n", "", "", []),
      ("a\r\n.\r\n", "a\r\n", "a\r\n", []),
      ("..\r\n.\r\n", ".\r\n", ".\r\n", []),
      ("..a\r\n...\r\n.\r\n", ".a\r\n..\r\n", ".a\r\n..\r\n", []),
      (".a\r\n.\r\n", "a\r\n", "a\r\n", []),
      ("a\rb\r\n.\r\n", "a\rb\r\n", "a\r\nb\r\n", .bareCarriageReturn),
      ("a\nb\r\n.\r\n", "a\nb\r\n", "a\r\nb\r\n", .bareLineFeed),
      ("a\0b\r\n.\r\n", "a\0b\r\n", "ab\r\n", .null),
      ("a\n.\r\nb\r\n.\r\n", "a\n.\r\nb\r\n", "a\r\n.\r\nb\r\n", .bareLineFeed),
      (".\r\r\n.\r\n", "\r\r\n", "\r\n\r\n", .bareCarriageReturn),
      ("\r\0\n\r\n.\r\n", "\r\0\n\r\n", "\r\n\r\n\r\n", [.bareCarriageReturn, .bareLineFeed, .null]),
      (".\rx\r\n.\r\n", "\rx\r\n", "\r\nx\r\n", .bareCarriageReturn),
      ("\0\0\0\r\n.\r\n", "\0\0\0\r\n", "\r\n", .null)
    ]
    for row in rows {
      let wire = Array(row.wire.utf8)
      for (policy, text) in [
        (LineEndingPolicy.verbatim, row.verbatim), (.reject, row.verbatim), (.normalise, row.normal)
      ] {
        var decoder = DotStuffingDecoder(policy: policy)
        var output: [UInt8] = []
        let read = decoder.decode(wire.span, into: &output)
        let isRight =
          output == Array(text.utf8) && read == wire.count && decoder.isAtEnd && decoder.irregularities == row.found
        #expect(isRight, "\(visible(wire)) \(policy): \(visible(output)) \(decoder.irregularities)")
      }
    }
  }

  /// For all byte strings without CRLF.CRLF that do not begin with .CRLF, the text never ends.
  @Test func nothingElseEnds() {
    var generator = SplitMix64(seed: 1)
    var wrong: [String] = []
    var checked = 0
    for _ in 0..<100_000 {
      let wire = generator.hostileBytes(below: 16)
      let ends = contains(wire)
      var decoder = DotStuffingDecoder(policy: .verbatim)
      var text: [UInt8] = []
      let place = wire.isEmpty ? 0 : generator.below(wire.count)
      _ = decoder.decode(wire.span.extracting(first: place), into: &text)
      _ = decoder.decode(wire.span.extracting(droppingFirst: place), into: &text)
      if decoder.isAtEnd != ends { wrong.append(visible(wire)) }
      if !ends { checked += 1 }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(5))")
    #expect(checked > 50_000)
  }

  private func contains(_ wire: [UInt8]) -> Bool {
    if wire.starts(with: [46, 13, 10]) { return true }
    guard wire.count >= 5 else { return false }
    for start in 0...(wire.count - 5)
    where wire[start] == 13 && wire[start + 1] == 10 && wire[start + 2] == 46 && wire[start + 3] == 13
      && wire[start + 4] == 10
    {
      return true
    }
    return false
  }

  /// The vectorised search and the runs agree with the slow reference at all lengths and alignments.
  @Test func agreesWithReference() {
    var generator = SplitMix64(seed: 2)
    var wrong: [String] = []
    for length in 0...200 {
      for alignment in 0..<16 {
        let wire = generator.sparseBytes(count: length)
        let storage = [UInt8](repeating: 46, count: alignment) + wire
        let policy: LineEndingPolicy = alignment % 2 == 0 ? .normalise : .verbatim
        var decoder = DotStuffingDecoder(policy: policy)
        var text: [UInt8] = []
        var read = 0
        let bytes = storage.span.extracting(droppingFirst: alignment)
        for piece in generator.pieces(of: length, longest: 120) where !decoder.isAtEnd {
          read += decoder.decode(bytes.extracting(piece), into: &text)
        }
        let expected = Reference.decode(wire, policy)
        let isRight =
          text == expected.text && read == expected.read && decoder.isAtEnd == expected.ended
          && decoder.irregularities == expected.irregularities
        if !isRight { wrong.append("\(visible(wire)) \(policy)") }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }
}
