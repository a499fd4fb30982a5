@_spi(MailCodec) public import MailWire

extension IMAPUnitStream {
  /// The next event. What the last one lent is gone, and what it asked is answered with yes.
  @inlinable @inline(always)
  public mutating func next(in buffer: inout ReceiveBuffer) -> Event {
    // What a loan asks or lends, an event of the framer told: nothing is quiet then.
    if framer.passesOver(buffer) { return .incomplete }
    return advance(in: &buffer)
  }

  @usableFromInline
  mutating func advance(in buffer: inout ReceiveBuffer) -> Event {
    if case .streaming(let rest) = framer.state, let event = nextContent(rest, &buffer) { return event }
    return advanceInText(in: &buffer)
  }

  @inline(never)
  private mutating func advanceInText(in buffer: inout ReceiveBuffer) -> Event {
    let count = buffer.count
    takeBack(&buffer)
    let event = nextEvent(in: &buffer)
    position &+= UInt64(count &- buffer.count)
    return event
  }

  /// Refuses what was asked, or the rest of a unit whose content is at hand: all of it is swallowed, up to its true end. A
  /// synchronising literal ends its command here: the client, told with a tagged `NO` or `BAD`, does not send it.
  ///
  /// ``Event/discarded(_:)`` follows.
  ///
  /// - Throws: ``MisuseError/outOfSequence`` when nothing was asked and no content is at hand.
  public mutating func refuse(in buffer: inout ReceiveBuffer) throws(MisuseError) {
    let count = buffer.count
    switch loan {
    case .none, .argument, .contentHead: break
    case .content(let length): buffer.consume(length)
    case .unit: throw .outOfSequence
    }
    try framer.discardUnit(in: &buffer)
    loan = .none
    position &+= UInt64(count &- buffer.count)
  }

  /// Ends the loan of the unit that ``Event/unit`` told of, so that the buffer holds only what follows it.
  public mutating func endUnit(in buffer: inout ReceiveBuffer) {
    guard case .unit = loan else { return }
    let count = buffer.count
    takeBack(&buffer)
    position &+= UInt64(count &- buffer.count)
  }

  /// Ends the last loan.
  @inline(__always)
  private mutating func takeBack(_ buffer: inout ReceiveBuffer) {
    switch loan {
    case .none: return
    case .unit(let count):
      buffer.consume(count)
      forgetUnit()
      unitStart = position &+ UInt64(count)
    case .content(let count): buffer.consume(count)
    case .argument(let header): keep(header, &buffer)
    case .contentHead(_, let count):
      // It was within its limit when it was offered, and limits do not change within a unit.
      try? framer.streamLiteral()
      scanner.stream()
      if framer.mode == .responses {
        if gaps.isEmpty { text.append(buffer.bytes.extracting(first: count)) }
        gaps.append(text.count)
      }
      buffer.consume(count)
      mayStray = true
    }
    loan = .none
  }

  /// The next octets of the content that is at hand, or that none have come; nil when it is at its end. Messages may come in
  /// pieces of an octet, and each of them comes by here.
  @inline(__always)
  private mutating func nextContent(_ rest: UInt64, _ buffer: inout ReceiveBuffer) -> Event? {
    if case .content(let count) = loan {
      buffer.consume(count)
      position &+= UInt64(count)
      loan = .none
    }
    guard rest > 0 else { return nil }
    let count = framer.takeContent(rest, buffer)
    guard count > 0 else { return .incomplete }
    loan = .content(count)
    return .content
  }

  @inline(__always)
  private mutating func nextEvent(in buffer: inout ReceiveBuffer) -> Event {
    while true {
      let consumed = framer.consumed
      let isBehindContent = framer.isBehindContent
      switch framer.search(in: &buffer) {
      case .incomplete: return .incomplete
      case .failed: return .failed
      case .content(let count):
        loan = .content(count)
        return .content
      case .endOfContent: return .endOfContent
      case .discarded(let unit):
        forgetUnit()
        unitStart = position
        return .discarded(unit)
      case .unit(let count, let ending):
        if isBehindContent, count == 0, isStray() {
          buffer.consume(ending)
          framer.resumeUnit(consumed: consumed &+ ending)
          continue
        }
        finish(count, ending, buffer)
        return .unit
      case .literal(let header, let count):
        guard let event = announced(header, count, &buffer) else { continue }
        return event
      }
    }
  }

  /// Lends a unit that is complete.
  @inline(__always)
  private mutating func finish(_ count: Int, _ ending: Int, _ buffer: borrowing ReceiveBuffer) {
    length = count
    loan = .unit(count &+ ending)
    if !gaps.isEmpty { text.append(buffer.bytes.extracting(first: count)) }
  }

  private mutating func forgetUnit() {
    if scanner.kind != .undecided { scanner = ContentScanner() }
    guard !gaps.isEmpty else { return }
    mayStray = false
    if text.capacity > 4_096 { text = [] } else { text.removeAll(keepingCapacity: true) }
    if gaps.capacity > 64 { gaps = [] } else { gaps.removeAll(keepingCapacity: true) }
  }

  /// What to do with a literal that is announced; nil when it is kept without a question.
  private mutating func announced(_ header: LiteralHeader, _ count: Int, _ buffer: inout ReceiveBuffer) -> Event? {
    var place = scanner.place(ofLiteralBehind: buffer.bytes.extracting(first: count), framer.mode, quirks)
    if inlineContent > 0, staysInline(header) { place = nil }
    let limit = place == nil ? UInt64(Swift.max(0, framer.limits.literal)) : framer.limits.streamedLiteral
    guard header.size <= limit else {
      try? framer.discardUnit(.literalTooLong, in: &buffer)
      return nil
    }
    if let place {
      length = count
      loan = .contentHead(header, text: count)
      if !gaps.isEmpty { text.append(buffer.bytes.extracting(first: count)) }
      return .contentBegins(header, place)
    }
    guard framer.fitsTotal(header.size) else {
      try? framer.discardUnit(.tooLong, in: &buffer)
      return nil
    }
    if framer.mode == .commands, !header.isNonSynchronising {
      loan = .argument(header)
      return .continuationWanted(header)
    }
    keep(header, &buffer)
    return nil
  }

  /// Whether a content of a response is small enough to stay where it is, with what its unit has already.
  private func staysInline(_ header: LiteralHeader) -> Bool {
    framer.mode == .responses && header.size <= UInt64(Swift.min(inlineContent, Swift.max(0, framer.limits.literal)))
      && framer.fitsTotal(header.size)
  }

  private mutating func keep(_ header: LiteralHeader, _ buffer: inout ReceiveBuffer) {
    scanner.keep(header.size, behind: framer.scanned)
    do throws(MisuseError) {
      try framer.keepLiteral()
    } catch {
      // The limits were lowered after the question.
      try? framer.discardUnit(.literalTooLong, in: &buffer)
    }
  }

  /// Whether an empty line just behind a content is a stray one: the response's parenthesis is still open.
  private mutating func isStray() -> Bool {
    guard mayStray, scanner.kind == .fetch, scanner.depth == 1, quirks.contains(.strayLineEnd) else { return false }
    mayStray = false
    usedQuirks.formUnion(.strayLineEnd)
    return true
  }
}
