import MailTestKit
import MailWire
import Testing

@Suite struct DotStuffingEncoderTests {
  @Test func texts() {
    let rows: [(text: String, wire: String)] = [
      ("", ".\r\n"), (".", "..\r\n.\r\n"), ("a", "a\r\n.\r\n"), ("a\r\n", "a\r\n.\r\n"), ("a\n.b", "a\r\n..b\r\n.\r\n"),
      ("\r\n.\r\n", "\r\n..\r\n.\r\n"), ("a\r", "a\r\n.\r\n"), ("a\r.b", "a\r\n..b\r\n.\r\n"),
      ("\r\r\n", "\r\n\r\n.\r\n"), ("\n\n", "\r\n\r\n.\r\n"), ("a..\r\n..", "a..\r\n...\r\n.\r\n"),
      ("\0", "\0\r\n.\r\n")
    ]
    for row in rows {
      #expect(visible(encoded(Array(row.text.utf8))) == visible(Array(row.wire.utf8)))
      #expect(Reference.encode(Array(row.text.utf8)) == Array(row.wire.utf8), "the reference: \(row)")
    }
  }

  /// For any input in any chunks: no bare CR or LF, every line-initial dot stuffed, one terminator, at the end; and the
  /// size that was announced is the size that arrives.
  @Test func safeForAnyInput() {
    var generator = SplitMix64(seed: 3)
    var wrong: [String] = []
    for _ in 0..<20_000 {
      let text = generator.hostileBytes(below: 24)
      var encoder = DotStuffingEncoder()
      var size = CanonicalSize()
      var wire: [UInt8] = []
      for piece in generator.pieces(of: text.count, longest: 9) {
        encoder.encode(text.span.extracting(piece), into: &wire)
        size.add(text.span.extracting(piece))
      }
      encoder.finish(into: &wire)
      var decoder = DotStuffingDecoder()
      var back: [UInt8] = []
      let read = decoder.decode(wire.span, into: &back)
      let isRight =
        wire == Reference.encode(text) && decoder.isAtEnd && read == wire.count && back == Reference.canonical(text)
        && decoder.irregularities.subtracting(.null).isEmpty && size.octets == UInt64(back.count)
      if !isRight { wrong.append("\(visible(text)) -> \(visible(wire)), \(size.octets)") }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(5))")
  }

  @Test func decodingUndoesIt() {
    var generator = SplitMix64(seed: 4)
    for _ in 0..<500 {
      let text = generator.canonicalText(lines: 20)
      var decoder = DotStuffingDecoder()
      var back: [UInt8] = []
      _ = decoder.decode(encoded(text).span, into: &back)
      if back != text || !decoder.isAtEnd { Issue.record("\(visible(text))") }
    }
  }

  @Test func agreesWithReference() {
    var generator = SplitMix64(seed: 5)
    var wrong: [String] = []
    for length in 0...200 {
      for alignment in 0..<16 {
        let text = generator.sparseBytes(count: length)
        let storage = [UInt8](repeating: 13, count: alignment) + text
        var encoder = DotStuffingEncoder()
        var wire: [UInt8] = []
        let bytes = storage.span.extracting(droppingFirst: alignment)
        for piece in generator.pieces(of: length, longest: 120) { encoder.encode(bytes.extracting(piece), into: &wire) }
        encoder.finish(into: &wire)
        if wire != Reference.encode(text) { wrong.append(visible(text)) }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  private func encoded(_ text: [UInt8]) -> [UInt8] {
    var encoder = DotStuffingEncoder()
    var wire: [UInt8] = []
    encoder.encode(text.span, into: &wire)
    encoder.finish(into: &wire)
    return wire
  }
}
