@_spi(MailCodec) import MailWire
@_spi(MailCodec) import SMTPCodec

extension SMTPServer {
  /// Takes a command line; false when there is no whole one.
  mutating func takeCommand() -> Bool {
    framer.limit =
      beginsWithAuth(core.inbound.bytes) ? configuration.limits.authenticationLine : configuration.limits.commandLine
    switch framer.next(in: &core.inbound) {
    case .incomplete:
      return false
    case .tooLong:
      refuse(.lineTooLong, .lineTooLong)
    case .line(let length, let ending):
      var used = SMTPQuirks.none
      do throws(SyntaxError) {
        let command = try command(length, &used)
        finishLine(length, ending)
        if !used.isEmpty { events.append(.quirks(used)) }
        handle(command)
      } catch {
        handleMalformedLine(length, ending, error)
      }
      if ending == 1 { events.append(.quirks(.bareLineFeed)) }
    }
    tally.isActive = true
    return true
  }

  /// The command of the line of `length` octets at the front of the input.
  private func command(_ length: Int, _ used: inout SMTPQuirks) throws(SyntaxError) -> SMTPCommand {
    let line = core.inbound.bytes.extracting(first: length)
    return SMTPCommand(try SMTPCommandView.parse(line, quirks: configuration.quirks, used: &used))
  }

  /// Traces a command line and drops it from the input.
  private mutating func finishLine(_ length: Int, _ ending: Int) {
    if core.isTracing {
      core.traceReceived(.client, length: length, shown: shownLength(core.inbound.bytes.extracting(first: length)))
    }
    core.inbound.consume(length + ending)
  }

  /// How much of a line may be shown: of `AUTH`, the mechanism's name; of a line without a known verb, nothing, since it
  /// may be the rest of an exchange that failed, and so a password.
  private func shownLength(_ line: Span<UInt8>) -> Int {
    var cursor = ByteCursor(line)
    switch cursor.takeWord().packed {
    case packed("auth"):
      _ = cursor.skipAll(.space)
      _ = cursor.take { $0 != .space }
      return cursor.isAtEnd ? line.count : cursor.offset + 1
    case packed("ehlo"), packed("helo"), packed("mail"), packed("rcpt"), packed("data"), packed("rset"), packed("noop"),
      packed("quit"), packed("vrfy"), packed("expn"), packed("help"), packed("bdat"), packed("starttls"):
      return line.count
    default:
      return 0
    }
  }

  private func beginsWithAuth(_ line: Span<UInt8>) -> Bool {
    var cursor = ByteCursor(line)
    return cursor.takeWord() == (packed("auth"), 4)
  }

  private mutating func handle(_ command: SMTPCommand) {
    let isFirst = tally.isFirstCommand
    tally.isFirstCommand = false
    reportPipelining(behind: command)
    switch command {
    case .mail(let path, let parameters): handleMail(path, parameters)
    case .recipient(let path, let parameters): handleRecipient(path, parameters)
    case .data: handleData()
    case .ehlo(let name): handleHello(name, isExtended: true)
    case .helo(let name): handleHello(name, isExtended: false)
    case .reset:
      guard dialogue.allows(.reset) else { return refuse(.badSequence, .outOfSequence) }
      endTransaction()
      send(.ok)
      countJunk()
    case .noop:
      guard dialogue.allows(.inquiry) else { return refuse(.badSequence, .outOfSequence) }
      send(.ok)
      countJunk()
    case .quit:
      send(.goodbye)
      dialogue.take(.quit)
      core.close(.quit)
    case .startTLS: handleStartTLS()
    case .authenticate(let mechanism, let response): handleAuthenticate(mechanism, response)
    case .verify(let text):
      inquire(.verify, .verify(text), .cannotVerify)
    case .expand(let text):
      inquire(.expand, .expand(text), .notImplemented)
    case .help(let text):
      inquire(.help, .help(text), .help)
    case .chunk(let octets, _): refuseChunk(octets)
    case .unknown(let verb, _):
      handleUnknown(verb, isFirst: isFirst)
    @unknown default:
      refuse(.notImplemented, .unknownCommand)
    }
  }

  private mutating func handleHello(_ name: HelloName, isExtended: Bool) {
    guard dialogue.allows(.hello) else { return refuse(.badSequence, .outOfSequence) }
    if dialogue.state != .greeted { countJunk() }
    guard core.isOpen else { return }
    endTransaction()
    events.append(.hello(name, isExtended: isExtended))
    if configuration.hostAnswers.contains(.hello) {
      question = .hello(isExtended: isExtended)
    } else {
      welcome(isExtended: isExtended, nil)
    }
  }

  mutating func welcome(isExtended: Bool, _ reply: SMTPReply?) {
    dialogue.takeHello(isExtended: isExtended)
    if let reply {
      send(reply, includesStatus: false)
    } else if isExtended {
      send(capabilities.reply(from: configuration.name), includesStatus: false)
    } else {
      send(SMTPReply(250, bytes: configuration.name.bytes), includesStatus: false)
    }
  }

  private mutating func handleStartTLS() {
    guard configuration.offersStartTLS else { return refuse(.notImplemented, .unknownCommand) }
    guard dialogue.allows(.startTLS) else { return refuse(.badSequence, .outOfSequence) }
    send(.readyForTLS)
    dialogue.take(.startTLS)
    core.startTLS()
    core.schedule(Timeout(configuration.timeouts.handshake))
  }

  /// A command that changes nothing: answered by the machine unless the host wants to.
  private mutating func inquire(
    _ answerer: SMTPServerConfiguration.HostAnswers, _ event: SMTPServerEvent, _ reply: SMTPReply
  ) {
    guard dialogue.allows(.inquiry) else { return refuse(.badSequence, .outOfSequence) }
    if !configuration.hostAnswers.contains(answerer) { send(reply) }
    countJunk()
    guard configuration.hostAnswers.contains(answerer), core.isOpen else { return }
    events.append(event)
    question = .inquiry
  }

  /// A chunk follows its command without waiting for the reply ([RFC 3030 §2](https://www.rfc-editor.org/rfc/rfc3030#section-2)):
  /// a refused one passes unread, or a message could hold commands.
  private mutating func refuseChunk(_ octets: UInt64) {
    refuse(.notImplemented, .unknownCommand)
    guard core.isOpen, octets > 0 else { return }
    mode = .refusedChunk(octets)
  }

  /// Drops what has arrived of a refused chunk; false when nothing has.
  mutating func takeRefusedChunk(_ octets: UInt64) -> Bool {
    guard !core.inbound.isEmpty else { return false }
    let count = Int(clamping: min(octets, UInt64(core.inbound.count)))
    core.inbound.consume(count)
    let rest = octets - UInt64(count)
    mode = rest > 0 ? .refusedChunk(rest) : .commands
    tally.isActive = true
    return true
  }

  private mutating func handleUnknown(_ verb: SMTPVerb, isFirst: Bool) {
    if isFirst, isForeign(verb) {
      send(.goodbye)
      core.close(violation: .foreignProtocol)
    } else {
      refuse(.unknownCommand, .unknownCommand)
    }
  }

  /// A browser or a proxy that took us for its own kind is a way to make it send mail.
  private func isForeign(_ verb: SMTPVerb) -> Bool {
    var cursor = ByteCursor(verb.bytes.span)
    let word = cursor.takeWord().packed
    return word == packed("get") || word == packed("post") || word == packed("put") || word == packed("head")
      || word == packed("connect") || word == packed("options") || word == packed("pri")
  }

  /// The word at the front of the input.
  private func word(_ length: Int) -> (packed: UInt64, count: Int) {
    var cursor = ByteCursor(core.inbound.bytes.extracting(first: length))
    return cursor.takeWord()
  }

  private mutating func handleMalformedLine(_ length: Int, _ ending: Int, _ error: SyntaxError) {
    let fault = ProtocolViolation.Fault.syntax(error)
    let (verb, letters) = word(length)
    finishLine(length, ending)
    let isFirst = tally.isFirstCommand
    tally.isFirstCommand = false
    if isFirst, letters == 0, length > 0 {
      // The start of a TLS handshake, or of another binary protocol.
      send(.syntaxError)
      return core.close(violation: .foreignProtocol)
    }
    switch verb {
    case packed("mail") where error.code == .badParameter || error.code == .duplicate: refuse(.badArgument, fault)
    case packed("rcpt") where error.code == .badParameter || error.code == .duplicate: refuse(.badArgument, fault)
    case packed("mail"): refuse(.badSender, fault)
    case packed("rcpt"): refuse(.badRecipient, fault)
    case packed("ehlo"), packed("helo"), packed("data"), packed("rset"), packed("quit"), packed("vrfy"), packed("expn"),
      packed("starttls"), packed("auth"):
      refuse(.badArgument, fault)
    default: refuse(.syntaxError, fault)
    }
  }

  // MARK: What is wrong with a command

  /// Refuses a command that is wrong in itself, which counts as an error.
  mutating func refuse(_ reply: SMTPReply, _ fault: ProtocolViolation.Fault) {
    send(reply)
    events.append(.violation(ProtocolViolation(fault, .refused)))
    tally.errors += 1
    guard tally.errors > configuration.limits.errors else { return }
    send(.tooManyErrors)
    core.close(violation: .tooManyErrors)
  }

  mutating func countJunk() {
    tally.junkCommands += 1
    guard tally.junkCommands > configuration.limits.junkCommands, core.isOpen else { return }
    send(.tooManyErrors)
    core.close(violation: .tooMuchJunk)
  }

  /// [RFC 2920 §3.1](https://www.rfc-editor.org/rfc/rfc2920#section-3.1): some commands end a group, because the client
  /// must see their reply before it can go on. Reported once a session.
  private mutating func reportPipelining(behind command: SMTPCommand) {
    guard !core.inbound.isEmpty, !tally.hasReportedPipelining else { return }
    switch command {
    case .ehlo, .helo, .data, .authenticate, .quit, .verify, .expand:
      tally.hasReportedPipelining = true
      events.append(.violation(ProtocolViolation(.illegalPipelining, .tolerated)))
    default:
      break
    }
  }
}
