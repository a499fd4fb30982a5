@_spi(MailCodec) import IMAPCodec
import MailTestKit
@_spi(MailCodec) import MailWire
import Testing

@Suite struct IMAPFramerTests {
  struct Row {
    let input: String
    let expected: [String]
    var answers: [FramerRun.Answer] = [.keep]
    var mode = IMAPFramer.Mode.commands
    var limits = IMAPLimits()
    var bareLineFeed = false
  }

  /// `|` is CRLF in the inputs and in the log.
  static let rows: [Row] = [
    Row(input: "A NOOP|B NOOP|", expected: ["unit A NOOP", "unit B NOOP"]),
    Row(input: "|", expected: ["unit "]), Row(input: "A NOOP", expected: ["rest"]),
    Row(input: "A {3}|abc|B|", expected: ["unit A {3}|abc", "unit B"]),
    Row(input: "A {3+}|a|||B|", expected: ["unit A {3+}|a|", "unit ", "unit B"]),
    Row(input: "A {0}||", expected: ["unit A {0}|"]),
    Row(input: "A {1}|x {2+}|yz ~{3}|123 w|", expected: ["unit A {1}|x {2+}|yz ~{3}|123 w"]),
    Row(input: "A {4}|{1}||", expected: ["unit A {4}|{1}|"]),
    Row(input: "A {0003}|abc|", expected: ["unit A {0003}|abc"]),
    // Streaming, several literals of one unit, and an empty one.
    Row(
      input: "A APPEND x {5}|hello|B|", expected: ["head A APPEND x {5}|", "content hello", "unit ", "unit B"],
      answers: [.stream]),
    Row(
      input: "A APPEND {1}|x {5+}|he|lo (\\Seen) ~{0}||B|",
      expected: ["head A APPEND {1}|x {5+}|", "content he|l", "head o (\\Seen) ~{0}|", "content ", "unit ", "unit B"],
      answers: [.keep, .stream]),
    // Refusals: a synchronising literal does not come; any other is swallowed, with all that follows it.
    Row(input: "A LOGIN {9}|B NOOP|", expected: ["discarded A refused", "unit B NOOP"], answers: [.refuse]),
    Row(
      input: "A LOGIN {9+}|B NOOP|x {3+}|C| {8+}|D LOGOUT|E|",
      expected: ["discarded A refused", "unit E"], answers: [.refuse]),
    Row(input: "A LOGIN {2+}|xy {3}|E|", expected: ["discarded A refused", "unit E"], answers: [.refuse]),
    Row(input: "A LOGIN {2}|xy {3+}|abc|E|", expected: ["discarded A refused", "unit E"], answers: [.keep, .refuse]),
    Row(
      input: "A APPEND x {5}|hello {3+}|abc|B|", expected: ["head A APPEND x {5}|", "discarded - refused", "unit B"],
      answers: [.abort]),
    // No literal headers.
    Row(input: "A x}|B {}|C {a}|D {|E }|", expected: ["unit A x}", "unit B {}", "unit C {a}", "unit D {", "unit E }"]),
    Row(input: "A {5} |B {5}x|", expected: ["unit A {5} ", "unit B {5}x"]),
    // Nobody knows what follows.
    Row(input: "A {5-}|B|", expected: ["failed"]), Row(input: "A {5++}|B|", expected: ["failed"]),
    Row(input: "A {18446744073709551616+}|B|", expected: ["failed"]), Row(input: "A {1x}|B|", expected: ["failed"]),
    // Modes.
    Row(input: "DONE {5}|abcde|", expected: ["unit DONE {5}", "unit abcde"], mode: .lines),
    Row(
      input: "A OK done {5}|* BAD {3-}|+ go {3}|", expected: ["unit A OK done {5}", "unit * BAD {3-}", "unit + go {3}"],
      mode: .responses),
    Row(
      input: "* PREAUTH {1}|* bye {1}|* NO {1}|", expected: ["unit * PREAUTH {1}", "unit * bye {1}", "unit * NO {1}"],
      mode: .responses),
    Row(
      input: "* LIST () \"/\" {3}|abc|* OKAY {1}|x|", expected: ["unit * LIST () \"/\" {3}|abc", "unit * OKAY {1}|x"],
      mode: .responses),
    Row(input: "A OK {3}|abc|", expected: ["unit A OK {3}|abc"]),
    // A refused literal of a server comes all the same.
    Row(
      input: "* 1 FETCH (BODY[] {3}|abc)|* OK|", expected: ["discarded - refused", "unit * OK"], answers: [.refuse],
      mode: .responses),
    // Bare line feeds.
    Row(input: "A\nB|", expected: ["unit A\nB"]), Row(input: "A\n|", expected: ["unit A\n"]),
    Row(input: "A {1}\nB|\nC\n", expected: ["unit A {1}\nB", "unit ", "unit C"], bareLineFeed: true),
    // Limits: exact and inclusive.
    Row(input: "A 345678|B|", expected: ["unit A 345678", "unit B"], limits: IMAPLimits(line: 10)),
    Row(input: "A 3456789|B|", expected: ["discarded A lineTooLong", "unit B"], limits: IMAPLimits(line: 10)),
    Row(input: "A 3456789 {3+}|xyz|B|", expected: ["discarded A lineTooLong", "unit B"], limits: IMAPLimits(line: 10)),
    Row(input: "A 3456789 {3}|B|", expected: ["discarded A lineTooLong", "unit B"], limits: IMAPLimits(line: 10)),
    Row(input: "3456789012345|B|", expected: ["discarded - lineTooLong", "unit B"], limits: IMAPLimits(line: 10)),
    Row(
      input: "A {5+}|12345 789012 {2+}|xx|B|", expected: ["discarded A lineTooLong", "unit B"],
      limits: IMAPLimits(line: 10)),
    Row(input: "A {3}|abc|B|", expected: ["unit A {3}|abc", "unit B"], limits: IMAPLimits(literal: 3)),
    Row(input: "A {3+}|abc|B|", expected: ["tooLong", "discarded A refused", "unit B"], limits: IMAPLimits(literal: 2)),
    Row(input: "A {3+}|abc|B|", expected: ["unit A {3+}|abc", "unit B"], limits: IMAPLimits(total: 13)),
    Row(input: "A {3+}|abc|B|", expected: ["discarded A tooLong", "unit B"], limits: IMAPLimits(total: 12)),
    Row(input: "A {3+}|abc|B|", expected: ["tooLong", "discarded A refused", "unit B"], limits: IMAPLimits(total: 10)),
    Row(
      input: "A {3+}|abc|B|", expected: ["tooLong", "discarded A refused", "unit B"], answers: [.stream],
      limits: IMAPLimits(streamedLiteral: 2)),
    Row(
      input: "A {3+}|abc|B|", expected: ["head A {3+}|", "content abc", "unit ", "unit B"], answers: [.stream],
      limits: IMAPLimits(streamedLiteral: 3, total: 10))
  ]

  /// Every row, whole, byte by byte, cut in two at every place, and at random.
  @Test func everyRowAtEveryCut() {
    for row in Self.rows {
      let bytes = [UInt8](row.input.replacing("|", with: "\r\n").utf8)
      for cut in everyCut(of: bytes.count) {
        let framer = IMAPFramer(row.mode, limits: row.limits, acceptsBareLineFeed: row.bareLineFeed)
        var run = FramerRun(framer, row.answers)
        let log = run.run(bytes, cut)
        guard log == row.expected else {
          Issue.record("\(row.input) cut at \(cut.map(\.upperBound)): \(log)")
          break
        }
      }
    }
  }

  /// An endless line and its literal are swallowed in constant memory.
  @Test func endlessLines() {
    let line = [UInt8]("A SEARCH ".utf8) + [UInt8](repeating: 120, count: 300_000)
    let bytes =
      line + [UInt8](" {70000+}\r\n".utf8) + [UInt8](repeating: 10, count: 70_000) + [UInt8]("\r\nB NOOP\r\n".utf8)
    for length in [1, 100, 4_096] {
      let pieces = stride(from: 0, to: bytes.count, by: length).map { $0..<min(bytes.count, $0 + length) }
      var run = FramerRun(IMAPFramer(.commands, limits: IMAPLimits(line: 8_192)))
      #expect(run.run(bytes, pieces) == ["discarded A lineTooLong", "unit B NOOP"])
      #expect(run.largestBuffer <= 8_192 + 4_096)
    }
  }

  /// A hundred thousand literals in one command cost linear work, one byte at a time too.
  @Test(.timeLimit(.minutes(1))) func manyLiterals() {
    var bytes = [UInt8]("A X".utf8)
    for _ in 0..<100_000 { bytes += [UInt8](" {1+}\r\na".utf8) }
    bytes += [13, 10]
    for length in [1, 65_536] {
      let pieces = stride(from: 0, to: bytes.count, by: length).map { $0..<min(bytes.count, $0 + length) }
      var run = FramerRun(IMAPFramer(.commands, limits: IMAPLimits(total: .max)))
      #expect(run.run(bytes, pieces).count == 1)
    }
  }

  /// Random bytes give the same events however they are cut.
  @Test func hostileBytes() {
    var random = SplitMix64(seed: 11)
    let words = [
      "{", "}", "+", "~", "\r\n", "\n", "\r", "1", "0", "a", " ", "{1}\r\n", "{2+}\r\n", "~{1+}\r\n", "A ", "OK "
    ]
    for round in 0..<3_000 {
      let bytes = (0..<(1 + random.below(24))).flatMap { _ in [UInt8](words[random.below(words.count)].utf8) }
      let answers = (0..<3).map { _ in [FramerRun.Answer.keep, .stream, .refuse, .abort][random.below(4)] }
      let limits = IMAPLimits(line: 4 + random.below(30), literal: random.below(3), total: 10 + random.below(30))
      let mode = [IMAPFramer.Mode.commands, .responses, .lines][random.below(3)]
      let framer = IMAPFramer(mode, limits: limits, acceptsBareLineFeed: random.below(3) == 0)
      var whole = FramerRun(framer, answers)
      let expected = whole.run(bytes, [0..<bytes.count]).filter { $0 != "rest" }
      var cuts = [(0..<bytes.count).map { $0..<($0 + 1) }]
      for _ in 0..<4 { cuts.append(random.pieces(of: bytes.count, longest: 7)) }
      for cut in cuts {
        var run = FramerRun(framer, answers)
        let log = run.run(bytes, cut).filter { $0 != "rest" }
        guard log == expected else {
          Issue.record(
            "round \(round): \(String(decoding: bytes, as: UTF8.self).debugDescription) \(answers) \(limits) \(mode)\n\(expected)\n\(log)"
          )
          return
        }
      }
    }
  }

  /// A limit that is lowered in the middle of a unit counts from the next octet on, and refusing what is at hand does, too:
  /// octets that come singly are passed over only as long as they can mean nothing.
  @Test func singleOctetsAfterChanges() throws {
    var buffer = ReceiveBuffer()
    var framer = IMAPFramer(.commands)
    func feed(_ text: String) -> [IMAPFramer.Event] {
      text.replacing("|", with: "\r\n").utf8.map { byte in
        buffer.append([byte].span)
        return framer.next(in: &buffer)
      }
    }
    #expect(feed("A SEARCH").allSatisfy { $0 == .incomplete } && buffer.count == 8)
    framer.limits.line = 9
    #expect(framer.isAtStart && feed(" x x").allSatisfy { $0 == .incomplete } && !framer.isAtStart)
    let discarded = DiscardedUnit(tag: try IMAPTag("A"), reason: .lineTooLong)
    #expect(feed("|") == [.incomplete, .discarded(discarded)] && buffer.isEmpty)
    framer.limits.line = 100
    #expect(feed("B APPEND c {4+}|").last == .literal(LiteralHeader(size: 4, isNonSynchronising: true), text: 17))
    try framer.streamLiteral()
    buffer.consume(17)
    #expect(framer.next(in: &buffer) == .incomplete)
    #expect(feed("a") == [.content(length: 1)])
    buffer.consume(1)
    try framer.discardUnit(in: &buffer)
    #expect(feed("bcd (|").last == .discarded(DiscardedUnit(tag: nil, reason: .refused)) && buffer.isEmpty)
    #expect(feed("C {3+}|").last == .literal(LiteralHeader(size: 3, isNonSynchronising: true), text: 8))
    try framer.keepLiteral()
    #expect(feed("\n\ra").allSatisfy { $0 == .incomplete } && framer.bytesNeeded(in: buffer) == 1)
    #expect(feed("|") == [.incomplete, .unit(length: 11, ending: 2)])
  }

  @Test func needs() throws {
    var framer = IMAPFramer(.commands)
    var buffer = ReceiveBuffer()
    let text = [UInt8]("A {100}\r\nx".utf8)
    #expect(framer.isAtStart && framer.bytesNeeded(in: buffer) == 1)
    #expect(throws: MisuseError.outOfSequence) { try framer.keepLiteral() }
    buffer.append(text.span)
    #expect(
      framer.next(in: &buffer) == .literal(LiteralHeader(size: 100), text: 9) && framer.bytesNeeded(in: buffer) == 0)
    try framer.keepLiteral()
    #expect(framer.next(in: &buffer) == .incomplete && framer.bytesNeeded(in: buffer) == 100 && !framer.isAtStart)
  }
}
