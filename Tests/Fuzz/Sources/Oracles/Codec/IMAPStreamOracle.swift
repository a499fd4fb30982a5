@_spi(MailCodec) import IMAPCodec
@_spi(MailCodec) import MailWire

/// The first octet says who speaks and what is lenient, the second which questions are refused; the rest is what arrives.
func checkIMAPStream(_ input: Span<UInt8>) throws(Finding) {
  guard input.count > 2 else { return }
  let options = input[0]
  let refusals = input[1]
  let stream = input.extracting(droppingFirst: 2)
  var expected: (log: [[UInt8]], places: [UInt64], commands: [[UInt8]])?
  for cut in Cut.allCases {
    var record = IMAPStreamRecord(options, refusals: refusals)
    try stream.forEachPiece(cut) { (piece) throws(Finding) in try record.feed(piece) }
    if let expected {
      try require(record.log == expected.log, "events differ when cut \(cut)")
      try require(record.places == expected.places, "places differ when cut \(cut)")
    }
    expected = (record.log, record.places, record.commands)
  }
  for text in expected?.commands ?? [] { try checkIMAPCommand(text.span) }
}

/// What came out of a stream, as text.
private struct IMAPStreamRecord: ~Copyable {
  static let limits = IMAPLimits(line: 96, literal: 24, streamedLiteral: 200, total: 256, nesting: 8, elements: 40)

  private(set) var log: [[UInt8]] = []
  private(set) var places: [UInt64] = []
  private(set) var commands: [[UInt8]] = []
  private var stream: IMAPUnitStream
  private var buffer = ReceiveBuffer()
  private var parser: IMAPResponseParser
  private let refusals: UInt8
  private var questions = 0
  private var content: [UInt8] = []
  private var position: AppendContinuation.Position?
  private var hasFailed = false

  init(_ options: UInt8, refusals: UInt8) {
    let mode: IMAPFramer.Mode =
      switch options & 3 {
      case 0: .commands
      case 1, 2: .responses
      default: .lines
      }
    let quirks: IMAPQuirks = options & 4 == 0 ? .none : options & 8 == 0 ? .client : .lenient
    stream = IMAPUnitStream(mode, limits: Self.limits, quirks: quirks)
    parser = IMAPResponseParser(limits: Self.limits, quirks: quirks)
    self.refusals = refusals
  }

  mutating func feed(_ bytes: Span<UInt8>) throws(Finding) {
    buffer.append(bytes)
    while !hasFailed {
      let event = stream.next(in: &buffer)
      let place = stream.endOffset
      switch event {
      case .incomplete:
        let limit = Self.limits.total + Self.limits.line
        return try require(buffer.count <= limit, "\(buffer.count) octets stayed in the buffer")
      case .failed:
        hasFailed = true
        note("failed", place)
      case .unit: note(try unit(), place)
      case .continuationWanted(let header):
        note("wanted \(header)", place)
        ask()
      case .contentBegins(let header, let where_):
        if stream.mode == .commands { note(try unit(), place) }
        note("begins \(header.size) \(Self.text(where_))", place)
        if case .message(let position) = where_ { self.position = position }
        ask()
      case .content:
        let piece = stream.content(in: buffer).array
        try require(!piece.isEmpty, "an empty content")
        content += piece
      case .endOfContent:
        log.append(content)
        places.append(place)
        content = []
      case .discarded(let unit):
        content = []
        position = nil
        note("discarded \(unit)", place)
      }
    }
  }

  private static func text(_ place: ContentPlace) -> String { "\(place)" }

  private mutating func ask() {
    questions += 1
    if refusals >> UInt8(questions & 7) & 1 == 1 { try? stream.refuse(in: &buffer) }
  }

  private mutating func note(_ text: String, _ place: UInt64) {
    log.append([UInt8](text.utf8))
    places.append(place)
  }

  /// The value of a unit.
  private mutating func unit() throws(Finding) -> String {
    let text = stream.unit(in: buffer).text.array
    let hasGaps = stream.unit(in: buffer).gaps.count > 0
    switch stream.mode {
    case .lines: return text.visible
    case .responses:
      guard let response = try? stream.response(in: buffer, &parser) else { return "? " + text.visible }
      if !hasGaps { try checkIMAPResponse(text.span) }
      let encoded = response.encoded()
      try require(hasGaps || encoded.gaps.isEmpty, "gaps in what was whole")
      return "\(encoded.bytes.visible) \(encoded.gaps)"
    case .commands:
      var used = IMAPQuirks.none
      if let position {
        self.position = nil
        let continuation = try? stream.continuation(in: buffer, at: position)
        return continuation.map { $0.encoded(for: .server).bytes.visible } ?? "? " + text.visible
      }
      guard let command = try? stream.command(in: buffer, used: &used) else { return "? " + text.visible }
      commands.append(text)
      return command.encoded(for: .server).bytes.visible
    }
  }
}
