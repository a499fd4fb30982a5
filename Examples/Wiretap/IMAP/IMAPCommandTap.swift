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

  init(isStrict: Bool) {
    quirks = isStrict ? .none : .lenient
    stream = IMAPUnitStream(.commands, quirks: quirks)
  }

  mutating func next() -> TapUnit? {
    if let unit = ending.next("command", since: start, in: &input) { return unit }
    guard ending.isOpen, chooseMode() else { return nil }
    while true {
      switch stream.next(in: &input.buffer) {
      case .incomplete: return ending.rest(content == nil ? "command" : "content", since: start, in: &input)
      case .unit: return end(unit())
      case .continuationWanted: continue
      case .contentBegins(_, let place):
        let unit = unit()
        if case .message(let next) = place { position = next }
        start = stream.endOffset
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
        var unit = TapUnit("command", at: start, length: stream.endOffset - start)
        unit.fault = TapUnit.Fault("\(discarded.reason)", at: 0)
        return end(unit)
      case .failed:
        ending.lose()
        return next()
      }
    }
  }

  /// Decides how literals are recognised in what comes next; false when that is not yet known.
  private mutating func chooseMode() -> Bool {
    guard exchange != nil else { return true }
    let bytes = input.buffer.bytes.extracting(droppingFirst: Int(stream.endOffset - input.offset))
    let feed = bytes.firstIndex(of: .lineFeed)
    guard feed != nil || input.isAtEnd || bytes.count > stream.limits.line else { return false }
    let isCommand = bytes.extracting(first: feed ?? 0).firstIndex(of: .space) != nil
    if isCommand { exchange = nil }
    stream.mode = isCommand ? .commands : .lines
    return true
  }

  // MARK: Units

  private mutating func end(_ unit: TapUnit) -> TapUnit {
    position = nil
    content = nil
    start = stream.endOffset
    if exchange == nil { stream.mode = .commands }
    return unit
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
          continuation: try AppendContinuation(parsing: text.span, at: position, quirks: quirks), position: position)
        unit.kind = value.kind
        unit.value = value
      } else {
        let value = IMAPCommandValue(try TaggedCommand(text.span, quirks: quirks, used: &used))
        unit.kind = value.kind
        exchange = value.exchange
        unit.value = value.isSuspect ? Withheld() : value
      }
    } catch {
      unit.fault = TapUnit.Fault(error)
      if exchange == nil, position == nil { unit.kind = IMAPCommandValue.kind(of: text) }
      // A line without a space is no command: it may be a part of an exchange whose beginning is not there.
      let mayHoldSecret = exchange != nil || text.span.firstIndex(of: .space) == nil
      unit.remarks = [Redaction.line(text, mayHoldSecret: mayHoldSecret)]
    }
    unit.quirks = QuirkNames.imap(used)
    return unit
  }

  private borrowing func text() -> [UInt8] { stream.unit(in: input.buffer).text.copied() }

  private mutating func takeLine(
    _ line: [UInt8], of exchange: IMAPCommandValue.Exchange, _ unit: inout TapUnit
  ) throws(SyntaxError) {
    switch exchange {
    case .authentication:
      unit.kind = "sasl-response"
      let value = try ExchangeLine(parsing: line.span)
      unit.value = value
      if value.isCancellation { self.exchange = nil }
    case .idling:
      unit.kind = "done"
      guard line.span.hasSameLetters(as: IMAPDone.word.span) else { throw SyntaxError(.badToken, at: 0) }
      unit.value = IMAPDone()
      self.exchange = nil
    }
  }
}
