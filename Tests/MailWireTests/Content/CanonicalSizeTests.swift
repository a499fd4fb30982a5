import MailTestKit
import MailWire
import Testing

@Suite struct CanonicalSizeTests {
  @Test func sizes() {
    let rows: [(text: String, octets: UInt64)] = [
      ("", 0), ("a", 3), ("a\r\n", 3), ("a\n", 3), ("a\r", 3), ("\n", 2), ("\r", 2), ("\r\n", 2), ("\n\r", 4),
      ("\r\r\n", 4), (".a\r\n.", 7), ("\0", 3)
    ]
    for row in rows {
      for cut in everyCut(of: row.text.utf8.count) {
        var size = CanonicalSize()
        for piece in cut { size.add(Array(row.text.utf8).span.extracting(piece)) }
        #expect(size.octets == row.octets, "\(visible(row.text.utf8)) \(cut)")
      }
    }
  }

  /// Vectors and tails agree with the canonical text's length.
  @Test func agreesWithReference() {
    var generator = SplitMix64(seed: 6)
    var wrong: [String] = []
    for length in 0...200 {
      for _ in 0..<8 {
        let text = generator.sparseBytes(count: length)
        var size = CanonicalSize()
        for piece in generator.pieces(of: length, longest: 120) { size.add(text.span.extracting(piece)) }
        if size.octets != UInt64(Reference.canonical(text).count) { wrong.append(visible(text)) }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }
}
