@_spi(MailCodec) import IMAPCodec
@_spi(MailCodec) import MailWire

/// The server's side of an IMAP conversation.
struct IMAPResponseTap: Tap {
  /// The parser keeps scratch memory, and cannot be copied.
  private final class Parser {
    var parser: IMAPResponseParser

    init(_ quirks: IMAPQuirks) { parser = IMAPResponseParser(quirks: quirks) }
  }

  var input = TapInput()
  private let quirks: IMAPQuirks
  private var stream: IMAPUnitStream
  private let parser: Parser
  /// Where the present unit began.
  private var start: UInt64 = 0
  /// The octets that were streamed out of the present unit, and those of the section at hand.
  private var sections: [ContentSummary] = []
  private var section: ContentSummary?
  private var ending = StreamEnding()

  init(isStrict: Bool) {
    quirks = isStrict ? .none : .lenient
    stream = IMAPUnitStream(.responses, quirks: quirks)
    parser = Parser(quirks)
  }

  mutating func next() -> TapUnit? {
    if let unit = ending.next("response", since: start, in: &input) { return unit }
    guard ending.isOpen else { return nil }
    while true {
      switch stream.next(in: &input.buffer) {
      case .incomplete: return ending.rest("response", since: start, in: &input)
      case .unit:
        let unit = unit()
        startUnit()
        if unit.kind == "completion", unit.summary?.lowercased().contains("compress") ?? false { mayBeCompressed() }
        return unit
      case .continuationWanted: continue
      case .contentBegins: section = ContentSummary(isDotStuffed: false)
      case .content:
        var section = section.take() ?? ContentSummary(isDotStuffed: false)
        section.add(stream.content(in: input.buffer))
        self.section = section
      case .endOfContent:
        if let section { sections.append(section) }
      case .discarded(let discarded):
        var unit = TapUnit("response", at: start, length: stream.endOffset - start)
        unit.fault = TapUnit.Fault("\(discarded.reason)", at: 0)
        startUnit()
        return unit
      case .failed:
        ending.lose()
        return next()
      }
    }
  }

  /// What follows the last unit may be compressed.
  mutating func mayBeCompressed() { ending.expectCompression() }

  private mutating func startUnit() {
    start = stream.endOffset
    sections = []
    section = nil
  }

  private mutating func unit() -> TapUnit {
    var unit = TapUnit("response", at: start, length: stream.endOffset - start)
    let (text, gaps) = text()
    var used = stream.usedQuirks
    stream.usedQuirks = .none
    let streamed = sections.reduce(UInt64(text.count)) { $0 + $1.octets }
    if unit.length == streamed + 1 { used.insert(.bareLineFeed) }
    let whole = filled(text, gaps)
    do throws(SyntaxError) {
      let response: IMAPResponse
      if let whole {
        response = try parser.parser.response(whole.span)
      } else {
        response = try parser.parser.response(stream.unit(in: input.buffer))
      }
      used.formUnion(parser.parser.usedQuirks)
      let value = IMAPResponseValue(response, sections: sections, isWhole: whole != nil)
      unit.kind = value.kind
      unit.value = value
      if case .tagged(let tag, let status) = response {
        unit.tag = tag.bytes
        unit.outcome = status.condition == .ok ? .positive : .negative
        unit.summary = value.summary
      }
    } catch {
      unit.fault = TapUnit.Fault(error)
      unit.remarks = [Detail("line", excerpt(text.span))]
    }
    unit.quirks = used.names
    return unit
  }

  private borrowing func text() -> ([UInt8], [Int]) {
    let unit = stream.unit(in: input.buffer)
    var gaps: [Int] = []
    for index in unit.gaps.indices { gaps.append(unit.gaps[index]) }
    return (unit.text.copied(), gaps)
  }

  /// A unit that ends in a literal of which the parser cannot take the last octets for its line end.
  private static func ended(_ unit: [UInt8]) -> [UInt8] { unit.last == .lineFeed ? unit + [13, 10] : unit }

  /// The unit with the octets that were streamed out of it; nil when there are too many.
  private func filled(_ text: [UInt8], _ gaps: [Int]) -> [UInt8]? {
    guard !gaps.isEmpty else { return Self.ended(text) }
    guard sections.count == gaps.count else { return nil }
    var octets: UInt64 = 0
    var whole: [UInt8] = []
    var end = 0
    for (gap, section) in zip(gaps, sections) {
      octets += section.octets
      guard octets <= UInt64(ContentSummary.keptOctets), case .octets(let kept) = section.canonical else { return nil }
      whole += text[end..<gap]
      whole += kept
      end = gap
    }
    return Self.ended(whole + text[end...])
  }
}
