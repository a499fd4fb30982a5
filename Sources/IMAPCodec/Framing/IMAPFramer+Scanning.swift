@_spi(MailCodec) public import MailWire

extension IMAPFramer {
  /// Looks for the next event. Octets that an earlier event gave to the caller must have been consumed.
  @inlinable
  public mutating func next(in buffer: inout ReceiveBuffer) -> Event {
    if passesOver(buffer) { return .incomplete }
    return search(in: &buffer)
  }

  /// Whether one octet came that ends nothing. A peer that sends an octet at a time costs no search for each.
  @inlinable @inline(always)
  mutating func passesOver(_ buffer: borrowing ReceiveBuffer) -> Bool {
    let count = buffer.count
    guard count &- 1 == scanned, count < quiet, buffer.bytes[scanned] != .lineFeed else { return false }
    scanned = count
    return true
  }

  @usableFromInline
  mutating func search(in buffer: inout ReceiveBuffer) -> Event {
    quiet = 0
    while true {
      switch state {
      case .text:
        guard let event = nextText(in: &buffer) else { continue }
        return event
      case .asking(let header): return .literal(header, text: scanned)
      case .keeping(let end):
        guard buffer.count >= end else {
          scanned = buffer.count
          quiet = end
          return .incomplete
        }
        startText(at: end)
      case .streaming(let rest):
        if rest == 0 {
          startText(at: 0)
          return .endOfContent
        }
        let count = takeContent(rest, buffer)
        return count > 0 ? .content(length: count) : .incomplete
      case .discardingText:
        guard let event = nextDiscarded(in: &buffer) else { continue }
        return event
      case .discardingLiteral(let rest):
        let count = Int(Swift.min(rest, UInt64(buffer.count)))
        buffer.consume(count)
        guard UInt64(count) == rest else {
          state = .discardingLiteral(rest - UInt64(count))
          return .incomplete
        }
        startText(at: 0)
        state = .discardingText
      case .ended:
        startUnit()
        return .discarded(discarded)
      case .failed: return .failed
      }
    }
  }

  /// How many octets of a content have come of which `rest` are missing.
  @inline(__always)
  mutating func takeContent(_ rest: UInt64, _ buffer: borrowing ReceiveBuffer) -> Int {
    let count = Int(Swift.min(rest, UInt64(buffer.count)))
    state = .streaming(rest &- UInt64(count))
    return count
  }

  // MARK: Text

  /// The end of the line, or of the unit, if it is there; nil when the state has changed and is to be looked at again.
  @inline(__always)
  private mutating func nextText(in buffer: inout ReceiveBuffer) -> Event? {
    guard let end = lineEnd(in: buffer.bytes) else {
      guard !isOverLimit(buffer.count) else { return startDiscarding(buffer) }
      quiet = Swift.min(line &+ limits.line, limits.total &- consumed)
      return .incomplete
    }
    let next = end.length &+ end.ending
    guard !isOverLimit(next &- 1) else { return startDiscarding(buffer) }
    guard mode != .lines, end.length > 0, buffer.bytes[end.length &- 1] == .closeBrace else {
      startUnit()
      return .unit(length: end.length, ending: end.ending)
    }
    return literal(in: buffer.bytes, end)
  }

  /// Whether a line that is not complete within `count` octets must exceed a limit.
  @inline(__always)
  private func isOverLimit(_ count: Int) -> Bool {
    count &- line >= limits.line || consumed &+ count >= limits.total
  }

  /// The first line ending at or after `scanned`; without one, `scanned` moves to the end.
  @inline(__always)
  private mutating func lineEnd(in bytes: Span<UInt8>) -> (length: Int, ending: Int)? {
    while let lineFeed = bytes.firstIndex(of: .lineFeed, from: scanned) {
      if lineFeed > line, bytes[lineFeed &- 1] == .carriageReturn { return (lineFeed &- 1, 2) }
      if acceptsBareLineFeed { return (lineFeed, 1) }
      scanned = lineFeed &+ 1
    }
    scanned = bytes.count
    return nil
  }

  /// What a line that ends in a closing brace is.
  private mutating func literal(in bytes: Span<UInt8>, _ end: (length: Int, ending: Int)) -> Event {
    switch LiteralTail.parse(bytes.extracting(line..<end.length)) {
    case .literal(let header) where !isStatus(bytes.extracting(first: end.length)):
      scanned = end.length + end.ending
      state = .asking(header)
      return .literal(header, text: scanned)
    case .malformed where !isStatus(bytes.extracting(first: end.length)):
      state = .failed
      return .failed
    case .none, .literal, .malformed:
      startUnit()
      return .unit(length: end.length, ending: end.ending)
    }
  }

  /// Whether a response is a status or a continuation request, whose text may end in anything.
  private func isStatus(_ text: Span<UInt8>) -> Bool {
    guard mode == .responses, !isBehindContent else { return false }
    var cursor = ByteCursor(text)
    if cursor.skip(.plus) { return true }
    _ = cursor.take { $0 != .space }
    _ = cursor.skipAll(.space)
    switch cursor.takeWord() {
    case (packed("ok"), 2), (packed("no"), 2), (packed("bad"), 3), (packed("bye"), 3), (packed("preauth"), 7): break
    default: return false
    }
    return cursor.next == .space || cursor.isAtEnd
  }

  // MARK: Discarding

  /// Swallows the line at hand, because it is too long, and what belongs to it.
  private mutating func startDiscarding(_ buffer: borrowing ReceiveBuffer) -> Event? {
    // What is visible of the unit, and which limit counts, must not depend on how much has arrived.
    let room = limits.total - consumed - line
    let visible = Swift.min(buffer.count, line + Swift.max(0, Swift.min(limits.line, room)))
    beginDiscarding(limits.line <= room ? .lineTooLong : .tooLong, buffer.bytes.extracting(first: visible))
    return nil
  }

  mutating func beginDiscarding(_ reason: DiscardedUnit.Reason, _ text: Span<UInt8>) {
    var tag: IMAPTag?
    if !isBehindContent, mode != .lines {
      var cursor = ByteCursor(text)
      let parsed = try? IMAPTag.parse(&cursor)
      if cursor.next == .space { tag = parsed }
    }
    discarded = DiscardedUnit(tag: tag, reason: reason)
    state = .discardingText
  }

  /// Swallows up to the line's end; nil when a literal follows.
  private mutating func nextDiscarded(in buffer: inout ReceiveBuffer) -> Event? {
    guard let end = lineEnd(in: buffer.bytes) else {
      // The longest header that can be told from other text stays, and the CR; nothing from before this line does.
      let kept = Swift.min(buffer.count - line, LiteralTail.maximumLength + 2)
      buffer.consume(buffer.count - kept)
      (line, scanned) = (0, kept)
      return .incomplete
    }
    let tail = mode == .lines ? .none : LiteralTail.parse(endOf: buffer.bytes.extracting(line..<end.length))
    buffer.consume(end.length + end.ending)
    startText(at: 0)
    switch tail {
    case .literal(let header):
      discardLiteral(header)
      return nil
    case .malformed:
      state = .failed
      return .failed
    case .none:
      startUnit()
      return .discarded(discarded)
    }
  }

  /// A literal that waits for a continuation request ends the command; any other comes, and is swallowed. A server's
  /// literals always come.
  mutating func discardLiteral(_ header: LiteralHeader) {
    if header.isNonSynchronising || mode == .responses {
      state = .discardingLiteral(header.size)
    } else {
      state = .ended
    }
  }
}
