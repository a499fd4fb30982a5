import MailTestKit
@_spi(MailCodec) import MailWire
import Testing

@Suite struct LineFramerTests {
  private struct Setup {
    var limit = 10
    var acceptsBareLineFeed = false
  }

  /// What the framer makes of `wire`: a string for each line, `!` for one over the limit, and what is left.
  private func frame(_ wire: [UInt8], _ setup: Setup, _ cut: [Range<Int>]) -> [String] {
    var framer = LineFramer(limit: setup.limit, acceptsBareLineFeed: setup.acceptsBareLineFeed)
    var buffer = ReceiveBuffer()
    var lines: [String] = []
    for piece in cut {
      buffer.append(wire.span.extracting(piece))
      loop: while true {
        switch framer.next(in: &buffer) {
        case .incomplete: break loop
        case .tooLong: lines.append("!")
        case .line(let length, let ending):
          lines.append("\(ending)" + visible(buffer.bytes.extracting(first: length).copied()))
          buffer.consume(length + ending)
        }
      }
    }
    if framer.isInsideLongLine { lines.append("…") } else { lines.append(visible(buffer.bytes.copied())) }
    return lines
  }

  @Test func lines() {
    let bare = Setup(acceptsBareLineFeed: true)
    let strict = Setup()
    let rows: [(wire: String, setup: Setup, lines: [String])] = [
      ("a\r\nb\r\n", strict, ["2a", "2b", ""]),
      ("\r\n\r\n", strict, ["2", "2", ""]),
      ("a\nb\r\n", strict, [#"2a\nb"#, ""]),
      ("a\nb\r\n", bare, ["1a", "2b", ""]),
      ("\n\r\n\n", bare, ["1", "2", "1", ""]),
      ("a\rb\r\n", strict, [#"2a\rb"#, ""]),
      ("a\r\r\n", strict, [#"2a\r"#, ""]),
      ("\n", strict, [#"\n"#]),
      ("a\rb", bare, [#"a\rb"#]),
      // The limit counts the ending and is inclusive.
      ("12345678\r\nb\r\n", strict, ["212345678", "2b", ""]),
      ("123456789\r\nb\r\n", strict, ["!", "2b", ""]),
      ("123456789\nb\n", bare, ["1123456789", "1b", ""]),
      ("1234567890\nb\n", bare, ["!", "1b", ""]),
      ("123456789\r\n12345678\r\n", strict, ["!", "212345678", ""]),
      // The rest of a long line is not another line; the second half of its ending is found across reads.
      ("1234567890123\n56\r\nb\r\n", strict, ["!", "2b", ""]),
      ("12345678901\r2\r\r\nb\r\n", strict, ["!", "2b", ""]),
      ("123456789012345678901234567890", strict, ["…"]),
      ("123456789\r", strict, ["…"]),
      ("12345678\r", strict, [#"12345678\r"#])
    ]
    var wrong: [String] = []
    for row in rows {
      let wire = Array(row.wire.utf8)
      for cut in everyCut(of: wire.count, random: 20) {
        let lines = frame(wire, row.setup, cut)
        if lines != row.lines { wrong.append("\(visible(wire)) \(cut): \(lines)") }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(5))")
  }

  /// Random material gives the same lines however it is cut.
  @Test func chunkIndependent() {
    var generator = SplitMix64(seed: 12)
    var wrong: [String] = []
    for round in 0..<2_000 {
      let wire = generator.hostileBytes(below: 60)
      let setup = Setup(limit: 4 + generator.below(12), acceptsBareLineFeed: round % 2 == 0)
      let expected = frame(wire, setup, [0..<wire.count])
      for _ in 0..<3 where frame(wire, setup, generator.pieces(of: wire.count, longest: 6)) != expected {
        wrong.append(visible(wire))
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(5))")
  }

  /// 5 MB without an end: the buffer stays below the limit plus one read, and the work stays linear.
  @Test func endlessLineStaysFlat() {
    var framer = LineFramer(limit: 512)
    var buffer = ReceiveBuffer()
    let read = [UInt8](repeating: 97, count: 4096)
    var most = 0
    for _ in 0..<1280 {
      buffer.append(read.span)
      if framer.next(in: &buffer) != .incomplete { Issue.record("an endless line ended") }
      most = max(most, buffer.count)
    }
    #expect(most == 0)
    #expect(framer.isInsideLongLine)
    buffer.append([13, 10, 98, 13, 10].span)
    #expect(framer.next(in: &buffer) == .tooLong)
    #expect(framer.next(in: &buffer) == .line(length: 1, ending: 2))
  }

  /// One byte at a time into a long line: each byte is looked at once, or this takes minutes.
  @Test(.timeLimit(.minutes(1))) func slowDripIsLinear() {
    let count = 300_000
    var framer = LineFramer(limit: count + 2)
    var buffer = ReceiveBuffer()
    for _ in 0..<count {
      buffer.append([97].span)
      if framer.next(in: &buffer) != .incomplete { Issue.record("no line yet") }
    }
    buffer.append([13, 10].span)
    #expect(framer.next(in: &buffer) == .line(length: count, ending: 2))
  }
}
