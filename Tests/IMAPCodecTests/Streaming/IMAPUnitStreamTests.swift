@_spi(MailCodec) import IMAPCodec
import MailTestKit
@_spi(MailCodec) import MailWire
import Testing

@Suite struct IMAPUnitStreamTests {
  /// Where each literal of a unit goes: `S` streamed, `K` kept; `|` is CRLF and `#` stands for the literal's octets.
  static let responses: [(String, String)] = [
    ("* 2 FETCH (BODY[] {3}|#)|", "S"),
    ("* 2 FETCH (UID 9 BODY[1.2.MIME]<0> {3}|# FLAGS (\\Seen))|", "S"),
    ("* 2 fetch (rfc822 {3}|# RFC822.HEADER {2}|# rfc822.text {0}|)|", "SSS"),
    ("* 9 UIDFETCH (BINARY[1] ~{3}|# BINARY[2]<7> {3}|# BODY[TEXT] NIL)|", "SS"),
    ("* 2 FETCH (BODY[HEADER.FIELDS (\"a]b\" {3}|# d)] {3}|#)|", "KS"),
    ("* 2 FETCH (BODY[HEADER.FIELDS.NOT (Date)] {3}|# BODY[] \"x)\\\"\" BODY[2] {1}|#)|", "SS"),
    ("* 2 FETCH (X-NEW {3}|# BODY {3}|# BODY[ {3}|# BODY[x] {3}|#)|", "KKKK"),
    ("* 2 FETCH (X-NEW (BODY[] {3}|#) BODY[] {1}|#)|", "KS"),
    ("* 2 FETCH (FLAGS (a b) ENVELOPE (NIL {3}|# ((NIL NIL {2}|# \"c\"))) BODY[] {1}|#)|", "KKS"),
    ("* 2 FETCH (X-GM-LABELS ({3}|# \"(\" \\a) BODY[] {1}|#)|", "KS"),
    ("*  2  FETCH  (UID  9  BODY[]  {3}|#  BODY[1]{2}|#)|", "SS"),
    ("* 2 FETCH (BODY[]<0.5> {3}|# RFC822<0> {3}|# RFC822.SIZE {3}|#)|", "KKK"),
    ("* 2 FETCH {3}|#|", "K"), ("* 2 FETCHED (BODY[] {3}|#)|", "K"), ("2 FETCH (BODY[] {3}|#)|", "K"),
    ("* 2 EXISTS (BODY[] {3}|#)|", "K"), ("* LIST () \"/\" {3}|#|", "K"),
    ("* 2 FETCH (BODY[] {3}|#) BODY[] {3}|#|", "SK"), ("* 2 FETCH (BODY[] \"{3}|#)|", "K"),
    ("* URLFETCH \"a b\" {3}|# c NIL {3}|# {3}|# d \"e\" f {1}|#|", "SKSS"),
    ("* URLFETCH a (BODY {3}|#) (BINARY ~{3}|#) b (BODYPARTSTRUCTURE (\"x\" {3}|#)) {3}|# (BODY {2}|#)|", "SSKKS"),
    ("* URLFETCH a (BODY {3}|#{2}|# BODY {2}|#) b {3}|#|", "SKKS"),
    ("* URLFETCH a (X {3}|#) b {3}|#|", "KS")
  ]

  static let commands: [(String, String)] = [
    ("A APPEND INBOX {3}|#|", "S"), ("A append \"a b\" (\\Seen x) \" 7-Feb-2026 21:52:25 +0000\" {3+}|#|", "S"),
    ("A APPEND {5}|# ~{3}|#|", "KS"), ("A APPEND b UTF8 (~{3}|#)|", "S"),
    ("A APPEND b {3}|# (\\Seen) {3+}|# UTF8 (~{2}|#) {2}|#|", "SSSS"),
    ("A APPEND b CATENATE (URL \"/a\" URL {3}|# TEXT {3}|# URL c TEXT {3}|#) {3}|#|", "KSSS"),
    ("A APPEND b CATENATE (TEXT {3}|#) CATENATE (URL {3}|# TEXT {3}|#)|", "SKS"),
    ("A REPLACE 4 {3}|# {3}|#|", "KS"), ("A UID REPLACE 4 b {3}|#|", "S"), ("A UID APPEND b {3}|#|", "K"),
    ("A APPEND b ({3}|#) {3}|#|", "KS"), ("A APPEND b TEXT {3}|#|", "S"),
    ("A APPEND b ANNOTATION (/c (v {3}|#)) {3}|#|", "KS"), ("A APPEND b UTF8 {3}|#|", "K"),
    ("A LOGIN {3}|# {3+}|#|", "KK"), ("A APPENDX b {3}|#|", "K"), ("APPEND b {3}|#|", "K"),
    ("A SEARCH BODY {3}|# APPEND INBOX {3}|#|", "KK"), ("A APPEND b \"{3}|#|", "K"), ("A APPEND b{3}|# {3}|#|", "KK")
  ]

  @Test func positions() {
    for (rows, mode) in [(Self.responses, IMAPFramer.Mode.responses), (Self.commands, .commands)] {
      for (text, expected) in rows {
        let (bytes, literals) = Self.expand(text)
        for cut in [[0..<bytes.count], bytes.indices.map { $0..<($0 + 1) }] {
          var run = UnitRun(mode)
          run.feed(bytes, cut)
          let streamed = run.items.compactMap { item -> [UInt8]? in
            guard case .content(let bytes) = item else { return nil }
            return bytes
          }
          var found = ""
          var next = 0
          for literal in literals {
            if next < streamed.count, streamed[next] == literal {
              found += "S"
              next += 1
            } else {
              found += "K"
            }
          }
          #expect(found == expected && next == streamed.count && run.buffer.isEmpty, "\(text) found \(found)")
        }
      }
    }
  }

  /// The octets of a row, and those of each of its literals; no two of them are alike.
  static func expand(_ text: String) -> (bytes: [UInt8], literals: [[UInt8]]) {
    var bytes: [UInt8] = []
    var literals: [[UInt8]] = []
    var size = 0
    for character in text.utf8 {
      switch character {
      case UInt8(ascii: "|"): bytes += [13, 10]
      case UInt8(ascii: "#"):
        literals.append([UInt8](repeating: 65 + UInt8(literals.count), count: size))
        bytes += literals[literals.count - 1]
      default:
        if character &- 48 < 10 { size = Int(character) - 48 }
        bytes.append(character)
      }
    }
    if text.contains("{0}|") { literals.append([]) }
    return (bytes, literals)
  }

  @Test func values() throws {
    var run = UnitRun(.responses)
    let text =
      "* 2 FETCH (UID 9 BODY[1]<5> {3}\r\na\r\n BINARY[2] ~{1}\r\n\0 FLAGS (\\Seen) BODY[3] NIL)\r\n* OK {5}\r\n"
    run.feed([UInt8](text.utf8).span)
    let place = FetchSection.Name.body(try SectionSpecifier(SectionPath([1]), .all))
    #expect(run.items.count == 6 && run.places.last == UInt64(text.utf8.count - 10)..<UInt64(text.utf8.count))
    guard case .head(LiteralHeader(size: 3), .section(let head)) = run.items[0] else { Issue.record(); return }
    #expect(head.number == 2 && head.uid == 9 && head.name == place && head.origin == 5)
    #expect(run.items[1] == .content([97, 13, 10]) && run.items[3] == .content([0]))
    let value = try FetchResponse(
      2, uid: 9, flags: FlagSet([.seen]),
      items: [
        .section(try FetchSection(place, origin: 5, streamed: 3)),
        .section(try FetchSection(.binary(SectionPath([2])), streamed: 1, isBinary: true)),
        .section(try FetchSection(.body(try SectionSpecifier(SectionPath([3]), .all)), content: nil))
      ])
    #expect(run.items[4] == .response(.untagged(.fetch(value))))
  }

  /// What is refused, by the caller or by a limit, is swallowed to its true end; `+` and a synchronising literal end a command.
  @Test func refusals() throws {
    let limits = IMAPLimits(line: 40, literal: 4, streamedLiteral: 9, unauthenticatedLiteral: 3, total: 50)
    let rows: [(String, IMAPFramer.Mode, IMAPLimits, Set<Int>, String)] = [
      // Argument: asked when synchronising, kept up to its limit, inclusive.
      ("A LOGIN {4}|abcd {4+}|efgh|B NOOP|", .commands, limits, [], "+4 c c"),
      ("A LOGIN {5}|B NOOP|", .commands, limits, [], "!A literalTooLong c"),
      ("A LOGIN {5+}|abcde {3}|B NOOP|", .commands, limits, [], "!A literalTooLong c"),
      ("A LOGIN {4}|B NOOP|", .commands, limits, [1], "+4 !A refused c"),
      ("A LOGIN {4+}|abcd {4}|B NOOP|", .commands, limits, [1], "+4 !A refused c"),
      ("A X {4+}|abcd {4+}|abcd {4+}|abcd {4+}|abcd {4+}|abcd|B NOOP|", .commands, limits, [], "!A tooLong c"),
      // Content.
      ("A APPEND b {9}|123456789|B NOOP|", .commands, limits, [], "c [9 =9 n c"),
      ("A APPEND b {9}|B NOOP|", .commands, limits, [1], "c [9 !A refused c"),
      ("A APPEND b {9+}|B NOOP|x {3+}|C| {1}|B NOOP|", .commands, limits, [1], "c [9 !A refused c"),
      ("A APPEND b {10}|B NOOP|", .commands, limits, [], "!A literalTooLong c"),
      ("A APPEND b {10+}|B NOOP|xy {2+}|ab|C NOOP|", .commands, limits, [], "!A literalTooLong c"),
      ("A APPEND b {1+}|x {9+}|B NOOP|x|C NOOP|", .commands, limits, [2], "c [1 =1 n [9 !- refused c"),
      ("* 1 FETCH (BODY[] {9}|123456789 UID 3)|* OK|", .responses, limits, [], "[9 =9 r r"),
      ("* 1 FETCH (BODY[] {10}|123456|789 UID 3)|* OK|", .responses, limits, [], "!- literalTooLong r"),
      ("* 1 FETCH (BODY[] {9}|12345|789 UID 3)|* OK|", .responses, limits, [1], "[9 !- refused r"),
      // Nobody's limits.
      ("A LOGIN {4}|B NOOP|", .commands, limits.beforeAuthentication, [], "!A literalTooLong c"),
      ("A APPEND b {4+}|abcd|B NOOP|", .commands, limits.beforeAuthentication, [], "!A literalTooLong c"),
      ("A APPEND b {3}|abc|B NOOP|", .commands, limits.beforeAuthentication, [], "c [3 =3 n c"),
      ("A LOGIN {99999999999999999999+}|B NOOP|", .commands, limits, [], "x"),
      ("A LOGIN {18446744073709551615}|B NOOP|", .commands, limits, [], "!A literalTooLong c"),
      // A stray line end behind a content that is announced too short, and an end that is none.
      ("* 1 FETCH (BODY[] {3}|abc|)|* OK|", .responses, limits, [], "[3 =3 r r"),
      ("* 1 FETCH (BODY[] {3}|abc||* OK|", .responses, limits, [], "[3 =3 ? r")
    ]
    for (text, mode, limits, refusals, expected) in rows {
      let bytes = [UInt8](text.replacing("|", with: "\r\n").utf8)
      for cut in everyCut(of: bytes.count, random: 2) {
        var run = UnitRun(mode, limits: limits)
        run.refusals = refusals
        run.feed(bytes, cut)
        let log = run.items.map { Self.note($0) }.joined(separator: " ")
        guard log == expected else {
          Issue.record("\(text) in \(cut.count): \(log)")
          break
        }
      }
    }
  }

  static func note(_ item: UnitRun.Item) -> String {
    switch item {
    case .response: "r"
    case .command: "c"
    case .continuation: "n"
    case .line: "l"
    case .wanted(let header): "+\(header.size)"
    case .head(let header, _): "[\(header.size)"
    case .content(let bytes): "=\(bytes.count)"
    case .discarded(let unit): "!\(unit.tag?.description ?? "-") \(unit.reason)"
    case .refused: "?"
    case .failed: "x"
    }
  }

  /// What is retained stays small, and what is not there yet is counted.
  @Test func memory() throws {
    var run = UnitRun(.responses)
    run.feed([UInt8]("* 1 FETCH (BODY[] {1000000}\r\n".utf8).span)
    #expect(run.stream.bytesNeeded(in: run.buffer) == 1 && run.stream.isInsideUnit)
    let block = [UInt8](repeating: 65, count: 10_000)
    for _ in 0..<100 { run.feed(block.span) }
    #expect(run.largestBuffer == 0 && run.buffer.retainedBytes <= 128)
    run.feed([UInt8](")\r\n* OK".utf8).span)
    #expect(run.items.count == 3 && run.stream.bytesNeeded(in: run.buffer) == 1 && run.largestBuffer == 4)

    var refusal = UnitRun(.commands)
    refusal.feed([UInt8]("A NOOP".utf8).span)
    #expect(throws: MisuseError.outOfSequence) { try refusal.stream.refuse(in: &refusal.buffer) }

    // A line of 100 MB without an end.
    var endless = UnitRun(.commands)
    let megabyte = [UInt8](repeating: 65, count: 1 << 20)
    for _ in 0..<100 { endless.feed(megabyte.span) }
    #expect(endless.largestBuffer < 100 && endless.buffer.retainedBytes < 3 << 20 && endless.items.isEmpty)
    endless.feed([UInt8]("\r\nB NOOP\r\n".utf8).span)
    #expect(endless.items.count == 2)
  }

  /// Lines during AUTHENTICATE and IDLE hold no literals.
  @Test func modes() {
    var run = UnitRun(.commands)
    run.feed([UInt8]("A IDLE\r\n".utf8).span)
    run.stream.mode = .lines
    run.feed([UInt8]("DONE {5}\r\n".utf8).span)
    run.stream.mode = .commands
    run.feed([UInt8]("A NOOP\r\n".utf8).span)
    #expect(run.items.map { Self.note($0) } == ["c", "l", "c"])
  }

  /// Small contents stay in their unit when the user of the stream wants that, and streamed ones stand beside them.
  @Test func inlineContents() {
    let text = "* 2 FETCH (BODY[1] {3}\r\nabc BODY[2] {4}\r\nabcd BODY[3] {2}\r\nab UID 9)\r\n* OK next\r\n"
    for cut in 0..<text.utf8.count {
      var stream = IMAPUnitStream(.responses)
      stream.inlineContent = 3
      var run = UnitRun(stream)
      let bytes = [UInt8](text.utf8)
      run.feed(bytes.span.extracting(0..<cut))
      run.feed(bytes.span.extracting(cut..<bytes.count))
      var heads = 0
      var sections: [MessageOctets] = []
      for item in run.items {
        if case .head = item { heads += 1 }
        if case .response(.untagged(.fetch(let fetch))) = item { sections = fetch.sections.map(\.octets) }
      }
      let expected: [MessageOctets] = [.inline([97, 98, 99]), .streamed(LiteralHeader(size: 4)), .inline([97, 98])]
      check(heads == 1 && sections == expected && run.items.count == 4, "cut at \(cut): \(run.items)")
    }
  }

  /// Behind `endUnit`, the buffer holds what follows the unit and nothing of it.
  @Test func endOfUnit() {
    var stream = IMAPUnitStream(.responses)
    var buffer = ReceiveBuffer()
    let bytes = [UInt8]("A1 OK done\r\n* OK".utf8)
    buffer.append(bytes.span)
    check(stream.next(in: &buffer) == .unit)
    stream.endUnit(in: &buffer)
    check(buffer.count == 4 && !stream.isInsideUnit)
    check(stream.next(in: &buffer) == .incomplete && stream.isInsideUnit == false)
  }
}
