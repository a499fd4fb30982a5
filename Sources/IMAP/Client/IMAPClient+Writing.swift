@_spi(MailCodec) import IMAPCodec
@_spi(MailCodec) import MailWire

extension IMAPClient {
  /// Writes what may be written now, or asks the host for content; false when there is nothing to do.
  mutating func writeNext() -> Bool {
    if writing != nil { return continueContent() }
    if idle?.phase == .active, idle?.isDoneWanted == true {
      endIdle()
      return true
    }
    guard core.hasRoomToWrite, let command = queue.first, mayWrite(command) else { return false }
    queue.removeFirst()
    // The commands before it may have led elsewhere than they were taken to.
    let isStale = command.removals.map { $0 != removals } ?? false
    if let text = command.command, command.isOrdered, !command.isInternal, isStale || !Self.allows(text, in: state) {
      isExpectationStale = true
      events.append(.notSent(command.id))
      return true
    }
    write(command)
    return true
  }

  private func mayWrite(_ command: ClientCommand) -> Bool {
    guard inFlight.count < configuration.limits.commandsInFlight else { return false }
    if let idle, idle.phase != .ending || command.role == .idle { return false }
    for other in inFlight {
      let isFree = !command.isOrdered && !other.traits.contains(.isAlone) && !command.traits.contains(.isAlone)
      guard isFree || command.traits.mayFollow(other.traits, isSelected: state == .selected) else { return false }
    }
    return true
  }

  /// Writes a command up to its end, to a literal that the server must take first, or to a message.
  private mutating func write(_ given: ClientCommand) {
    var command = given
    guard var text = command.command, let tag = nextTag() else { return }
    command.command = nil
    command.tag = tag
    prepare(&command, &text)
    let encoded = TaggedCommand(tag, text).encoded(for: encoding)
    let content = text.announcedContent
    trace(text, tag, encoded)
    isActive = true
    inFlight.append(command)
    writing = ClientWriting(
      id: command.id, text: encoded, content: content)
    writePiece()
  }

  /// What the machine notes of a command that is about to be written.
  private mutating func prepare(_ command: inout ClientCommand, _ text: inout IMAPCommand) {
    switch command.role {
    case .select(let name, let isReadOnly): openingMailbox = MailboxMirror(name, isReadOnly: isReadOnly)
    case .authenticate:
      hasFreshCapabilities = false
      guard case .authenticate(let mechanism, let response) = text else { break }
      var answers = command.answers
      if let response, !(configuration.sendsInitialResponse && capabilities.has("SASL-IR", orRevision2: true)) {
        if !command.isAutomatic { answers.insert(response, at: 0) }
        text = .authenticate(mechanism, initialResponse: nil)
      }
      authentication = ClientAuthentication(id: command.id, answers: answers, isAutomatic: command.isAutomatic)
      command.answers = []
    case .unauthenticate: hasFreshCapabilities = false
    case .idle: idle = ClientIdle(isDoneWanted: command.isDoneWanted || !queue.isEmpty)
    case .capability, .startTLS, .enable, .deselect, .logout, .other: break
    }
  }

  private mutating func nextTag() -> IMAPTag? {
    tagCount += 1
    return try? IMAPTag(prefix: "A", number: tagCount)
  }

  /// Writes the next piece of the text, and what follows when that was the last one.
  mutating func writePiece() {
    guard let writing else { return }
    let start = writing.pieces == 0 ? 0 : writing.text.stops[writing.pieces - 1]
    let hasStop = writing.pieces < writing.text.stops.count
    let end = hasStop ? writing.text.stops[writing.pieces] : writing.text.bytes.count
    core.outbound.append(writing.text.bytes.span.extracting(start..<end))
    written += UInt64(end - start)
    self.writing?.pieces += 1
    if !hasStop { finishText() }
  }

  /// The server takes the literal that was announced.
  mutating func continueText() {
    guard let writing else { return }
    isActive = true
    let start = writing.text.stops[writing.pieces - 1]
    if start < writing.text.bytes.count { writePiece() } else { finishText() }
  }

  /// The text is out: a message follows, or the command is whole.
  private mutating func finishText() {
    if let content = writing?.content { writing?.phase = .content(content.size) } else { finishCommand() }
  }

  mutating func finishCommand() {
    writing = nil
    guard let last = inFlight.indices.last else { return }
    inFlight[last].isWhole = true
    inFlight[last].end = written
  }

  private mutating func trace(_ command: IMAPCommand, _ tag: IMAPTag, _ encoded: EncodedCommand) {
    guard core.isTracing else { return }
    switch command {
    case .login, .authenticate: core.trace(TraceRecord(.client, line: Self.hiding(command, tag).span))
    default: core.trace(TraceRecord(.client, line: Self.firstLine(of: encoded).span))
    }
  }

  private static func hiding(_ command: IMAPCommand, _ tag: IMAPTag) -> [UInt8] {
    var output = OutboundBuffer()
    output.append(tag.bytes)
    if case .authenticate(let mechanism, _) = command {
      output.append(" AUTHENTICATE ")
      output.append(mechanism.bytes)
    } else {
      output.append(" LOGIN")
    }
    output.append(" <hidden>")
    return output.bytes.copied()
  }

  private static func firstLine(of encoded: EncodedCommand) -> [UInt8] {
    let bytes = encoded.bytes.span
    return bytes.extracting(first: bytes.firstIndex(of: .carriageReturn) ?? bytes.count).copied()
  }

  // MARK: Lines of their own

  mutating func writeAnswer(_ response: Secret) {
    let text = response.withBytes { Base64.encode($0) }
    writeLine(text.span)
    core.trace(TraceRecord(.client, hidden: "<hidden>"))
  }

  mutating func writeCancellation() {
    let line: [UInt8] = [42]
    writeLine(line.span)
    core.trace(TraceRecord(.client, line: line.span))
  }

  mutating func writeLine(_ line: Span<UInt8>) {
    core.outbound.append(line)
    core.outbound.appendLineEnd()
    written += UInt64(line.count + 2)
    if let last = inFlight.indices.last { inFlight[last].end = written }
    isActive = true
  }
}

extension IMAPCommand {
  /// Whether its messages are `1:*`, which means all whatever their numbers are.
  var isAboutAllMessages: Bool {
    switch self {
    case .fetch(.sequence(let set), _, _), .store(.sequence(let set), _), .copy(.sequence(let set), _),
      .move(.sequence(let set), _):
      set == .all
    default: false
    }
  }

  /// The message that the command announces at the end of its text.
  var announcedContent: (size: UInt64, position: AppendContinuation.Position)? {
    switch self {
    case .append(_, let message), .replace(_, _, let message): message.announcedContent
    default: nil
    }
  }
}

extension AppendMessage {
  /// The literal at the end.
  var announcedContent: (size: UInt64, position: AppendContinuation.Position)? {
    switch source {
    case .literal(let content): (content.size, .literal)
    case .utf8(let content): (content.size, .utf8)
    case .catenate(_, let content): (content.size, .catenate)
    case .catenateURLs: nil
    }
  }
}
