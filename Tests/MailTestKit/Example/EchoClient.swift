@_spi(MailCodec) public import MailWire

/// What the example's client tells its host.
public enum EchoClientEvent: ConnectionEvent {
  /// The greeting has come, or TLS protects the connection now: time for a command.
  case ready(isEncrypted: Bool)
  /// The positive answer to `say`, or to `put` once all is kept.
  case answer([UInt8])
  /// The negative answer to whatever was asked.
  case refused
  /// The server waits for the text of `put`: `sendContent`, `finishContent`.
  case contentWanted
  /// A part of the text that `get` asked for.
  case content([UInt8])
  /// All of it has come.
  case endOfContent
  /// The server broke the rules.
  case violation(ProtocolViolation)
  /// The last event.
  case closed(CloseReason)
}

/// The client of the example protocol: one command at a time.
public struct EchoClient: ConnectionMachine, ~Copyable {
  enum State {
    case greeting, idle, saying, securing, putting, sending, kept, getting, receiving, leaving
  }

  var core: ConnectionCore
  var events = EventQueue<EchoClientEvent>()
  var framer: LineFramer
  var state = State.greeting
  var wantsContent = false
  var decoder = DotStuffingDecoder()
  var encoder = DotStuffingEncoder()
  let patience: Duration

  /// A client that has just connected.
  public init(configuration: EchoConfiguration = EchoConfiguration()) {
    core = ConnectionCore(limits: configuration.limits, isTracing: configuration.tracing)
    framer = LineFramer(limit: configuration.lineLength)
    patience = configuration.patience
  }

  /// The next output.
  public mutating func poll() -> Output<EchoClientEvent> {
    while !core.hasTrace {
      if let event = events.popFirst() { return .event(event) }
      guard core.isOpen, takeUnit() else { break }
    }
    if core.isOpen, !core.hasDeadline, state != .idle { core.schedule(Timeout(patience)) }
    return Output(core.tail(reading: true))
  }

  private mutating func takeUnit() -> Bool {
    if state == .receiving { return takeContent() }
    if state == .sending, wantsContent, core.hasRoomToWrite {
      wantsContent = false
      events.append(.contentWanted)
      return true
    }
    switch framer.next(in: &core.inbound) {
    case .incomplete:
      guard core.hasEnded else { return false }
      core.close(.peerClosed)
    case .tooLong:
      core.close(violation: .lineTooLong)
    case .line(let length, let ending):
      let line = core.inbound.bytes.extracting(first: length).copied()
      core.inbound.consume(length + ending)
      core.trace(TraceRecord(.server, line: line.span))
      hear(line)
    }
    return true
  }

  private mutating func hear(_ line: [UInt8]) {
    core.schedule(nil)
    guard line.count >= 2, line[0] == 43 || line[0] == 45, line[1] == 32 else {
      return core.close(violation: .syntax(SyntaxError(.badReply, at: 0)))
    }
    guard line[0] == 43 else {
      switch state {
      case .idle, .greeting:
        core.close(.serviceRefused)
      case .sending, .leaving, .receiving:
        core.close(violation: .unexpectedResponse)
      case .saying, .securing, .putting, .kept, .getting:
        state = .idle
        events.append(.refused)
      }
      return
    }
    switch state {
    case .greeting:
      state = .idle
      events.append(.ready(isEncrypted: core.isEncrypted))
    case .saying, .kept:
      state = .idle
      events.append(.answer(Array(line.dropFirst(2))))
    case .securing:
      core.startTLS()
    case .putting:
      state = .sending
      encoder = DotStuffingEncoder()
      wantsContent = true
    case .getting:
      state = .receiving
      decoder = DotStuffingDecoder()
    case .leaving:
      core.close(.quit)
    case .idle, .sending, .receiving:
      core.close(violation: .unsolicitedResponse)
    }
  }

  private mutating func takeContent() -> Bool {
    if core.inbound.isEmpty {
      guard core.hasEnded else { return false }
      core.close(.peerClosed)
      return true
    }
    core.schedule(Timeout(patience))
    var text: [UInt8] = []
    decoder.decode(from: &core.inbound, into: &text)
    if !text.isEmpty { events.append(.content(text)) }
    if decoder.isAtEnd {
      state = .idle
      core.schedule(nil)
      events.append(.endOfContent)
    }
    return true
  }
}
