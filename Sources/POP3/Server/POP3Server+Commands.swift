@_spi(MailCodec) import MailWire
@_spi(MailCodec) import POP3Codec

extension POP3Server {
  /// Takes a command line; false when there is no whole one.
  mutating func takeCommand() -> Bool {
    let keyword = POP3Keyword(beginning: core.inbound.bytes)
    let takesLongLines = keyword == .authenticate && configuration.quirks.contains(.longInitialResponse)
    framer.limit = takesLongLines ? configuration.limits.authenticationLine : configuration.limits.commandLine
    switch framer.next(in: &core.inbound) {
    case .incomplete:
      return false
    case .tooLong:
      refuse("-ERR Command line too long", .lineTooLong)
    case .line(let length, let ending):
      var used: POP3Quirks = ending == 1 ? .bareLineFeed : .none
      if length + ending > configuration.limits.commandLine { used.insert(.longInitialResponse) }
      do throws(SyntaxError) {
        let command = try command(length, &used)
        finishLine(length, ending, keyword)
        handle(command)
      } catch {
        let isText = length == 0 || core.inbound.bytes[0].isASCIIPrintable
        finishLine(length, ending, keyword)
        handleMalformedLine(error, keyword, isText: isText)
      }
      if !used.isEmpty { events.append(.quirks(used)) }
    }
    tally.isActive = true
    return true
  }

  /// The command of the line of `length` octets at the front of the input.
  private func command(_ length: Int, _ used: inout POP3Quirks) throws(SyntaxError) -> POP3Command {
    let line = core.inbound.bytes.extracting(first: length)
    return try POP3Command(POP3CommandView.parse(line, quirks: configuration.quirks, used: &used))
  }

  /// Traces a command line and drops it from the input.
  ///
  /// What has no known keyword is hidden whole: it may be the rest of an exchange that failed, and so a password.
  private mutating func finishLine(_ length: Int, _ ending: Int, _ keyword: POP3Keyword?) {
    let shown =
      switch keyword {
      case nil: 0
      case .password?, .digest?, .authenticate?: 5
      case .user?, .capabilities?, .startTLS?, .utf8?, .language?, .status?, .list?, .uniqueIDs?, .retrieve?, .top?,
        .delete?, .noop?, .reset?, .last?, .quit?:
        length
      }
    core.traceReceived(.client, length: length, shown: shown)
    core.inbound.consume(length + ending)
  }

  private mutating func handle(_ command: POP3Command) {
    let isFirst = tally.isFirstCommand
    tally.isFirstCommand = false
    switch command {
    case .user(let name): handleUser(name)
    case .password(let password): handlePassword(password)
    case .digest(let name, let digest): handleDigest(name, digest)
    case .authenticate(let mechanism, let response): handleAuthenticate(mechanism, response)
    case .capabilities: handleCapabilities()
    case .startTLS: handleStartTLS()
    case .status:
      guard isInTransaction() else { return }
      let start = core.outbound.count
      core.outbound.append("+OK ")
      DropListing(count: maildrop.count, octets: maildrop.octets).write(to: &core.outbound)
      core.outbound.appendLineEnd()
      core.traceWritten(.server, since: start)
    case .list(let number): handleListing(.sizes, number)
    case .uniqueIDs(let number): handleListing(.uniqueIDs, number)
    case .retrieve(let number): handleRetrieval(number, bodyLines: nil)
    case .top(let number, let lines): handleRetrieval(number, bodyLines: lines)
    case .delete(let number): handleDelete(number)
    case .noop:
      guard isInTransaction() else { return }
      send("+OK")
    case .reset:
      guard isInTransaction() else { return }
      maildrop.reset()
      sendSummary()
    case .last: handleLast()
    case .quit: handleQuit()
    case .utf8, .language: refuse("-ERR Not implemented", .unknownCommand)
    case .unknown(let verb, _): handleUnknown(verb, isFirst: isFirst)
    @unknown default: refuse("-ERR Not implemented", .unknownCommand)
    }
  }

  private mutating func handleCapabilities() {
    guard dialogue.allows(.inquiry) else { return refuseOutOfSequence() }
    let start = core.outbound.count
    core.outbound.append("+OK Capability list follows\r\nTOP\r\nUIDL\r\nRESP-CODES\r\nAUTH-RESP-CODE\r\nPIPELINING\r\n")
    if takesPasswords { core.outbound.append("USER\r\nSASL PLAIN\r\n") }
    if configuration.offersStartTLS, dialogue.allows(.startTLS) { core.outbound.append("STLS\r\n") }
    for capability in configuration.additionalCapabilities.all { capability.write(to: &core.outbound) }
    core.outbound.append(".\r\n")
    core.traceWritten(.server, since: start)
  }

  private mutating func handleStartTLS() {
    guard configuration.offersStartTLS else { return refuse("-ERR Not implemented", .unknownCommand) }
    guard dialogue.allows(.startTLS) else { return refuseOutOfSequence() }
    dialogue.take(.startTLS)
    user = []
    send("+OK Begin TLS negotiation")
    core.startTLS()
    if !core.isOver { core.schedule(Timeout(configuration.timeouts.handshake)) }
  }

  private mutating func handleQuit() {
    guard dialogue.allows(.quit) else { return refuseOutOfSequence() }
    dialogue.take(.quit)
    if dialogue.state == .update {
      events.append(.update(deleted: maildrop.deletedNumbers))
      question = .update
    } else {
      send("+OK Goodbye")
      core.close(.quit)
    }
  }

  // MARK: What is wrong with a command

  /// A browser or a proxy that took us for its own kind is a way to make it speak to us.
  private mutating func handleUnknown(_ verb: POP3Verb, isFirst: Bool) {
    var cursor = ByteCursor(verb.bytes.span)
    let word = cursor.takeWord().packed
    let isForeign =
      word == packed("get") || word == packed("post") || word == packed("put") || word == packed("head")
      || word == packed("connect") || word == packed("options") || word == packed("pri")
      || word == packed("ehlo") || word == packed("helo") || word == packed("lhlo")
    guard isFirst, isForeign else { return refuse("-ERR Unknown command", .unknownCommand) }
    closeForeign()
  }

  private mutating func closeForeign() {
    send("-ERR This is a POP3 server")
    core.close(violation: .foreignProtocol)
  }

  private mutating func handleMalformedLine(_ error: SyntaxError, _ keyword: POP3Keyword?, isText: Bool) {
    let isFirst = tally.isFirstCommand
    tally.isFirstCommand = false
    // The start of a TLS handshake, or of another binary protocol.
    if isFirst, keyword == nil, !isText { return closeForeign() }
    if keyword == .user { dialogue.take(.userRefused) }
    switch error.code {
    case .badNumber: refuse("-ERR Invalid number", .syntax(error))
    case .unexpectedEnd: refuse("-ERR Argument missing", .syntax(error))
    case .trailingBytes: refuse("-ERR Noise after the arguments", .syntax(error))
    default: refuse("-ERR Syntax error", .syntax(error))
    }
  }

  /// Whether the maildrop is open; refuses the command otherwise.
  mutating func isInTransaction() -> Bool {
    if dialogue.allows(.maildrop) { return true }
    refuseOutOfSequence()
    return false
  }

  mutating func refuseOutOfSequence() {
    refuse("-ERR Not valid in this state", .outOfSequence)
  }

  /// Refuses a command that is wrong in itself, which counts as an error.
  mutating func refuse(_ line: StaticString, _ fault: ProtocolViolation.Fault) {
    tally.errors += 1
    if tally.errors > configuration.limits.errors {
      send("-ERR Too many errors")
      core.close(violation: .tooManyErrors)
    } else {
      send(line)
      events.append(.violation(ProtocolViolation(fault, .refused)))
    }
  }
}
