@_spi(MailCodec) import IMAPCodec
@_spi(MailCodec) import MailWire

/// The client's side of an IMAP conversation.
///
/// The text of a message is a unit of its own, between the command's beginning and what follows in it.
struct IMAPCommandTap: Tap {
  var input = TapInput()
  private let quirks: IMAPQuirks
  private var stream: IMAPUnitStream
  /// Lines that are no commands may come.
  private var exchange: IMAPCommandValue.Exchange?
  /// Where the present part of a unit began.
  private var start: UInt64 = 0
  /// What the message before the present part belongs to.
  private var position: AppendContinuation.Position?
  private var content: ContentSummary?
  private var ending = StreamEnding()
  /// What the server said, when that is known.
  private var answers: IMAPAnswers?
  /// The tag of the present command.
  private var tag: [UInt8] = []

  init(isStrict: Bool, answers: IMAPAnswers? = nil) {
    self.answers = answers
    quirks = isStrict ? .none : .lenient
    stream = IMAPUnitStream(.commands, quirks: quirks)
  }

  mutating func next() throws(Failure) -> TapUnit? {
    if let unit = ending.next("command", since: start, in: &input) { return unit }
    guard ending.isOpen, chooseMode() else { return nil }
    while true {
      switch stream.next(in: &input.buffer) {
      case .incomplete: return ending.rest(content == nil ? "command" : "content", since: start, in: &input)
      case .unit:
        let isFirst = exchange == nil && position == nil
        var unit = unit()
        try answer(&unit, isFirst: isFirst)
        return end(unit)
      case .continuationWanted(let header):
        if position == nil { tag = tagAtFront() }
        if try isRefused(header) { try? stream.refuse(in: &input.buffer) }
      case .contentBegins(let header, let place):
        var unit = unit()
        // Before the completion is looked for, because this tells of what comes before it.
        let isRefused = try isRefused(header)
        try answer(&unit, isFirst: position == nil, isOver: false)
        start = stream.endOffset
        if isRefused {
          unit.remarks.append(Detail("note", "the server refused the message"))
          try? stream.refuse(in: &input.buffer)
          return unit
        }
        if case .message(let next) = place { position = next }
        content = ContentSummary(isDotStuffed: false)
        return unit
      case .content:
        var content = content.take() ?? ContentSummary(isDotStuffed: false)
        content.add(stream.content(in: input.buffer))
        self.content = content
      case .endOfContent:
        var unit = TapUnit("content", at: start, length: stream.endOffset - start)
        unit.value = content.take()
        start = stream.endOffset
        return unit
      case .discarded(let discarded):
        if discarded.reason == .refused, stream.endOffset == start {
          endUnit()
          continue
        }
        var unit = TapUnit("command", at: start, length: stream.endOffset - start)
        if discarded.reason == .refused {
          unit.remarks = [Detail("note", "the server refused a literal")]
        } else {
          unit.fault = TapUnit.Fault("\(discarded.reason)", at: 0)
        }
        unit.tag = tag
        try answer(&unit, isFirst: true)
        return end(unit)
      case .failed:
        ending.lose()
        return try next()
      }
    }
  }

  /// Decides how literals are recognised in what comes next; false when that is not yet known.
  private mutating func chooseMode() -> Bool {
    guard exchange != nil else { return true }
    if answers != nil {
      stream.mode = .lines
      return true
    }
    guard let isCommand = isCommandNext() else { return false }
    if isCommand { exchange = nil }
    stream.mode = isCommand ? .commands : .lines
    return true
  }

  /// Whether the next line is a command, which has a space; nil while it is not there.
  private func isCommandNext() -> Bool? {
    let bytes = input.buffer.bytes.extracting(droppingFirst: Int(stream.endOffset - input.offset))
    guard let feed = bytes.firstIndex(of: .lineFeed) else {
      return input.isAtEnd || bytes.count > stream.limits.line ? false : nil
    }
    return bytes.extracting(first: feed).firstIndex(of: .space) != nil
  }

  // MARK: Units

  private mutating func end(_ unit: TapUnit) -> TapUnit {
    endUnit()
    if unit.kind == "compress", unit.isAccepted {
      let isRefused = unit.answered.first.map { $0.summary.hasPrefix("NO") || $0.summary.hasPrefix("BAD") }
      if isRefused != true { ending.expectCompression() }
    }
    return unit
  }

  private mutating func endUnit() {
    position = nil
    content = nil
    start = stream.endOffset
    if exchange == nil { stream.mode = .commands }
  }

  // MARK: The server's side

  /// Whether the server did not want a literal, which the client then did not send.
  private mutating func isRefused(_ header: LiteralHeader) throws(Failure) -> Bool {
    guard !header.isNonSynchronising, answers != nil else { return false }
    return try answers?.continues(tag) == false
  }

  /// Adds the completion to a command, and finds out whether an exchange goes on.
  private mutating func answer(_ unit: inout TapUnit, isFirst: Bool, isOver: Bool = true) throws(Failure) {
    guard answers != nil else { return }
    if exchange != nil, try answers?.continues(tag) == false { exchange = nil }
    guard isFirst else { return }
    if let completion = try answers?.completion(of: tag) { unit.answered = [completion.asPartner] }
    if isOver, exchange == nil { answers?.forget(tag) }
  }

  private func tagAtFront() -> [UInt8] {
    let bytes = input.buffer.bytes
    return bytes.extracting(first: bytes.firstIndex(of: .space) ?? 0).copied()
  }

  private mutating func unit() -> TapUnit {
    let text = text()
    var unit = TapUnit("command", at: start, length: stream.endOffset - start)
    var used = stream.usedQuirks
    stream.usedQuirks = .none
    if unit.length == UInt64(text.count) + 1 { used.insert(.bareLineFeed) }
    do throws(SyntaxError) {
      if let exchange {
        try takeLine(text, of: exchange, &unit)
      } else if let position {
        let value = IMAPContinuationValue(
          continuation: try AppendContinuation(parsing: text.span, at: position, quirks: quirks))
        unit.kind = value.kind
        unit.value = value
      } else {
        let value = IMAPCommandValue(try TaggedCommand(text.span, quirks: quirks, used: &used))
        unit.kind = value.kind
        unit.tag = value.tag
        tag = value.tag
        exchange = value.exchange
        unit.value = value.isSuspect ? Withheld() : value
      }
    } catch {
      unit.fault = TapUnit.Fault(error)
      if exchange == nil, position == nil {
        unit.kind = IMAPCommandValue.kind(of: text)
        tag = Array(text.prefix { $0 != .space })
        unit.tag = tag
      }
      // A line without a space is no command: it may be a part of an exchange whose beginning is not there.
      let mayHoldSecret = exchange != nil || text.span.firstIndex(of: .space) == nil
      unit.remarks = [Redaction.line(text, mayHoldSecret: mayHoldSecret)]
    }
    unit.quirks = used.names
    return unit
  }

  private borrowing func text() -> [UInt8] {
    let unit = stream.unit(in: input.buffer)
    return unit.text.copied()
  }

  private mutating func takeLine(
    _ line: [UInt8], of exchange: IMAPCommandValue.Exchange, _ unit: inout TapUnit
  ) throws(SyntaxError) {
    switch exchange {
    case .authentication:
      if ExchangeLine.take(line, into: &unit) { self.exchange = nil }
    case .idling:
      unit.kind = "done"
      let done = IMAPDone.word
      guard line.span.hasSameLetters(as: done.span) else { throw SyntaxError(.badToken, at: 0) }
      unit.value = IMAPDone()
      self.exchange = nil
    }
  }
}
