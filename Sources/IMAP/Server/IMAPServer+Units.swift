@_spi(MailCodec) import IMAPCodec
@_spi(MailCodec) import MailWire

extension IMAPServer {
  /// Takes the next command or part of one; false when there is none.
  mutating func takeUnit() -> Bool {
    switch stream.next(in: &core.inbound) {
    case .incomplete:
      return false
    case .unit:
      takeText()
    case .continuationWanted:
      requestContinuation("OK")
    case .contentBegins(let header, .message(let position)):
      takeContentHead(header, position)
    case .contentBegins:
      refuseContent()
    case .content:
      let part = stream.content(in: core.inbound).copied()
      events.append(.content(part))
    case .endOfContent:
      events.append(.endOfContent)
    case .discarded(let unit):
      handleDiscarded(unit)
    case .failed:
      send(.untagged(.status(StatusResponse(.bye, nil, "Malformed literal"))))
      core.close(violation: .syntax(SyntaxError(.badNumber, at: 0)))
    }
    tally.isActive = true
    return true
  }

  private mutating func takeText() {
    switch running?.phase {
    case .exchange?: takeExchangeLine()
    case .idle?: takeIdleLine()
    case .receiving?: takeContinuation(nil)
    case nil, .offered?, .answering?: takeCommand(nil, nil)
    }
  }

  /// Takes the text before a message.
  private mutating func takeContentHead(_ header: LiteralHeader, _ position: AppendContinuation.Position) {
    if running?.phase == .receiving { takeContinuation((header, position)) } else { takeCommand(header, position) }
  }

  private mutating func takeCommand(_ literal: LiteralHeader?, _ position: AppendContinuation.Position?) {
    let isFirst = tally.isFirstCommand
    tally.isFirstCommand = false
    var used = IMAPQuirks.none
    let tagged: TaggedCommand
    do throws(SyntaxError) {
      tagged = try stream.command(in: core.inbound, used: &used)
    } catch {
      let line = firstLine()
      let tag = Self.tag(of: line)
      core.trace(tag == nil ? TraceRecord(.client, hidden: "<hidden>") : Self.hiding(line))
      endText(literal)
      return handleMalformed(line, tag, error, isFirst: isFirst)
    }
    trace(tagged)
    if literal == nil { stream.endUnit(in: &core.inbound) }
    used.formUnion(stream.usedQuirks)
    stream.usedQuirks = .none
    if !used.isEmpty { events.append(.quirks(used)) }
    if isFirst, isForeign(tagged.tag), case .unknown = tagged.command { return closeForeign() }
    guard let literal, let position else { return run(tagged) }
    offer(tagged, literal, position)
  }

  /// What follows a message, or a part of one.
  private mutating func takeContinuation(_ next: (LiteralHeader, AppendContinuation.Position)?) {
    guard let running, let position = running.position else { return }
    let continuation: AppendContinuation
    do throws(SyntaxError) {
      continuation = try stream.continuation(in: core.inbound, at: position)
    } catch {
      endText(next?.0)
      self.running = nil
      return refuse(running.tag, "Syntax error", .syntax(error))
    }
    if let next {
      self.running?.literal = next.0
      self.running?.position = next.1
      self.running?.phase = .offered
    } else {
      stream.endUnit(in: &core.inbound)
      self.running?.phase = .answering
    }
    events.append(.appendContinues(continuation))
  }

  /// Ends a text that is answered here and now, with what belongs to it.
  mutating func endText(_ literal: LiteralHeader?) {
    guard literal != nil else { return stream.endUnit(in: &core.inbound) }
    isDiscardAnswered = true
    try? stream.refuse(in: &core.inbound)
  }

  private mutating func refuseContent() {
    let line = firstLine()
    endText(LiteralHeader(size: 0, isNonSynchronising: false, isBinary: false))
    refuse(Self.tag(of: line), "Syntax error", .syntax(SyntaxError(.unexpectedByte, at: 0)))
  }

  private mutating func handleDiscarded(_ unit: DiscardedUnit) {
    if isDiscardAnswered {
      isDiscardAnswered = false
      return
    }
    let tag = running?.tag ?? unit.tag
    running = nil
    stream.mode = .commands
    switch unit.reason {
    case .lineTooLong, .tooLong, .refused: refuse(tag, "Command too long", .lineTooLong)
    case .literalTooLong:
      countError()
      guard core.isOpen else { return }
      let status = StatusResponse(.no, .keyword(.tooBig), "Literal too long")
      send(tag.map { .tagged($0, status) } ?? .untagged(.status(status)))
      events.append(.violation(ProtocolViolation(.lineTooLong, .refused)))
    @unknown default: refuse(tag, "Command too long", .lineTooLong)
    }
  }

  /// Asks for the literal, or the line, that the client holds back.
  mutating func requestContinuation(_ text: StaticString) {
    let start = core.outbound.count
    core.outbound.append("+ ")
    core.outbound.append(text)
    core.outbound.appendLineEnd()
    core.traceWritten(.server, since: start)
  }

  // MARK: What is wrong with a command

  private mutating func handleMalformed(_ line: [UInt8], _ tag: IMAPTag?, _ error: SyntaxError, isFirst: Bool) {
    // A browser or a proxy that took us for its own kind, or the start of a TLS handshake.
    if isFirst, tag == nil || tag.map({ isForeign($0) }) ?? false, line.first.map({ !$0.isASCIIPrintable }) ?? false {
      return closeForeign()
    }
    if isFirst, let tag, isForeign(tag) { return closeForeign() }
    switch error.code {
    case .unexpectedEnd: refuse(tag, "Argument missing", .syntax(error))
    case .trailingBytes: refuse(tag, "Noise behind the arguments", .syntax(error))
    default: refuse(tag, "Syntax error", .syntax(error))
    }
  }

  private func isForeign(_ tag: IMAPTag) -> Bool {
    let bytes = tag.bytes
    var cursor = ByteCursor(bytes.span)
    let word = cursor.takeWord().packed
    return word == packed("get") || word == packed("post") || word == packed("put") || word == packed("head")
      || word == packed("connect") || word == packed("options") || word == packed("pri")
      || word == packed("ehlo") || word == packed("helo") || word == packed("lhlo")
  }

  private mutating func closeForeign() {
    send(.untagged(.status(StatusResponse(.bye, nil, "This is an IMAP server"))))
    core.close(violation: .foreignProtocol)
  }

  /// Refuses a command that is wrong in itself, which counts as an error.
  mutating func refuse(_ tag: IMAPTag?, _ text: String, _ fault: ProtocolViolation.Fault) {
    countError()
    guard core.isOpen else { return }
    let status = StatusResponse(.bad, nil, text)
    send(tag.map { .tagged($0, status) } ?? .untagged(.status(status)))
    events.append(.violation(ProtocolViolation(fault, .refused)))
  }

  private mutating func countError() {
    tally.errors += 1
    guard tally.errors > configuration.limits.errors else { return }
    send(.untagged(.status(StatusResponse(.bye, nil, "Too many errors"))))
    core.close(violation: .tooManyErrors)
  }

  // MARK: Trace

  /// The text at hand up to its first line end.
  private func firstLine() -> [UInt8] {
    let text = stream.unit(in: core.inbound).text
    return text.extracting(first: text.firstIndex(of: .carriageReturn, or: .lineFeed) ?? text.count).copied()
  }

  /// The tag of a line; a word alone has none, for it may be a secret that missed its exchange.
  private static func tag(of line: [UInt8]) -> IMAPTag? {
    guard let end = line.firstIndex(of: .space) else { return nil }
    return try? IMAPTag(line.span.extracting(first: end))
  }

  /// A line that nobody understands, and that may be a secret out of place: its tag alone.
  private static func hiding(_ line: [UInt8]) -> TraceRecord {
    TraceRecord(.client, line: line.span, hiddenAfter: min(line.count, (line.firstIndex(of: .space) ?? line.count) + 1))
  }

  private mutating func trace(_ tagged: TaggedCommand) {
    guard core.isTracing else { return }
    let line = firstLine()
    switch tagged.command {
    case .login: core.trace(TraceRecord(.client, line: line.span, hiddenAfter: tagged.tag.bytes.count + 7))
    case .authenticate: core.trace(TraceRecord(.client, line: line.span, hiddenAfter: tagged.tag.bytes.count + 14))
    case .unknown: core.trace(Self.hiding(line))
    default: core.trace(TraceRecord(.client, line: line.span))
    }
  }
}
