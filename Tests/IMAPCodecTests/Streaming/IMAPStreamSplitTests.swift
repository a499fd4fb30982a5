@_spi(MailCodec) import IMAPCodec
import MailTestKit
@_spi(MailCodec) import MailWire
import Testing

/// The same values come out however the octets are cut, and the same whether a content is streamed or kept.
@Suite struct IMAPStreamSplitTests {
  @Test func handMadeUnits() {
    for (rows, mode) in [
      (IMAPUnitStreamTests.responses, IMAPFramer.Mode.responses), (IMAPUnitStreamTests.commands, .commands)
    ] {
      for (text, _) in rows {
        let bytes = IMAPUnitStreamTests.expand(text + (mode == .commands ? "B NOOP|" : "* OK {3}|")).bytes
        Self.expectSame(bytes, mode, cuts: everyCut(of: bytes.count), text)
      }
    }
  }

  @Test func recordedResponses() throws {
    for name in Corpus.files(in: "IMAP") where name.hasSuffix(".server") {
      let bytes = try Corpus.bytes("IMAP/" + name)
      let run = Self.expectSame(bytes, .responses, cuts: wholeSessionCuts(bytes.count), name)
      for place in run.places.dropLast() {
        let unit = bytes[Int(place.lowerBound)..<Int(place.upperBound)]
        guard unit.count <= 300 else { continue }
        Self.expectSame([UInt8](unit), .responses, cuts: everyCut(of: unit.count, random: 2), name)
      }
    }
  }

  @Test func recordedCommands() throws {
    var count = 0
    for name in Corpus.files(in: "IMAP") where name.hasSuffix(".client") {
      let bytes = try Corpus.bytes("IMAP/" + name)
      let run = Self.expectSame(bytes, .commands, cuts: wholeSessionCuts(bytes.count), name)
      count += run.items.count
      // The scripted sessions are wrong on purpose, and what is compressed looks like anything.
      if name.contains("raw") || name.contains("mutt") { continue }
      for (item, place) in zip(run.items, run.places) where Self.isRefused(item) {
        Issue.record("\(name) at \(place): \(item)")
      }
    }
    #expect(count > 400)
  }

  /// A response whose content is put back into its gaps is what a framer that keeps everything finds.
  @Test func streamedIsKept() throws {
    var streamed = 0
    for name in Corpus.files(in: "IMAP") where name.hasSuffix(".server") {
      let bytes = try Corpus.bytes("IMAP/" + name)
      var run = UnitRun(.responses)
      run.feed(bytes.span)
      var contents: [[UInt8]] = []
      var found: [[UInt8]] = []
      for item in run.items {
        if case .content(let bytes) = item { contents.append(bytes) }
        guard case .response(let response) = item else { continue }
        streamed += contents.count
        let pieces = response.encoded().pieces
        found.append(zip(pieces, contents + [[]]).flatMap { $0 + $1 })
        contents = []
      }
      let expected = try ResponseTests.units(in: bytes).compactMap { unit in
        (try? ResponseTests.parse(unit).response).map { ResponseTests.written($0) }
      }
      for (found, expected) in zip(found, expected) where plain(found) != plain(expected) {
        Issue.record(
          "\(name): \(String(decoding: found.prefix(300), as: UTF8.self)) \(String(decoding: expected.prefix(300), as: UTF8.self))"
        )
        break
      }
      #expect(found.count == expected.count, "\(name)")
    }
    #expect(streamed > 100)
  }

  /// Without the sign of `literal8`, which is written where it is needed.
  private func plain(_ bytes: [UInt8]) -> [UInt8] { bytes.filter { $0 != UInt8(ascii: "~") } }

  private func wholeSessionCuts(_ count: Int) -> [[Range<Int>]] {
    var random = SplitMix64(seed: UInt64(count))
    return [
      (0..<count).map { $0..<($0 + 1) }, random.pieces(of: count, longest: 7), random.pieces(of: count, longest: 300)
    ]
  }

  @discardableResult
  static func expectSame(
    _ bytes: [UInt8], _ mode: IMAPFramer.Mode, cuts: [[Range<Int>]], _ name: String
  ) -> UnitRun {
    var whole = UnitRun(mode)
    whole.followsLines = mode == .commands
    whole.feed(bytes.span)
    for cut in cuts {
      var run = UnitRun(mode)
      run.followsLines = mode == .commands
      run.feed(bytes, cut)
      guard run.items == whole.items, run.places == whole.places else {
        Issue.record("\(name): \(bytes.count) octets in \(cut.count) pieces")
        break
      }
    }
    return whole
  }

  static func isRefused(_ item: UnitRun.Item) -> Bool {
    switch item {
    case .refused, .discarded, .failed: true
    case .response, .command, .continuation, .line, .wanted, .head, .content: false
    }
  }
}
