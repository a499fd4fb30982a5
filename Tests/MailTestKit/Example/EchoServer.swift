@_spi(MailCodec) public import MailWire

/// What the example's server tells its host; the host answers ``say(_:)`` and ``endOfContent``.
public enum EchoServerEvent: ConnectionEvent {
  /// The client said something: `accept` or `reject`.
  case say([UInt8])
  /// A part of what the client sends.
  case content([UInt8])
  /// All of it has come: `accept` or `reject`.
  case endOfContent
  /// The client wants the stored text: `sendContent`, `finishContent`.
  case contentWanted
  /// The client broke the rules.
  case violation(ProtocolViolation)
  /// The last event.
  case closed(CloseReason)
}

/// The server of the example protocol.
public struct EchoServer: ConnectionMachine, ~Copyable {
  enum State {
    case fresh, command, deciding([UInt8]), receiving, judging, sending
  }

  var core: ConnectionCore
  var events = EventQueue<EchoServerEvent>()
  var framer: LineFramer
  var state = State.fresh
  var wantsContent = false
  var decoder = DotStuffingDecoder()
  var encoder = DotStuffingEncoder()
  let patience: Duration

  /// Whether TLS protects the connection.
  public var isEncrypted: Bool { core.isEncrypted }

  /// A server that has just been connected to.
  public init(configuration: EchoConfiguration = EchoConfiguration()) {
    core = ConnectionCore(limits: configuration.limits, isTracing: configuration.tracing)
    framer = LineFramer(limit: configuration.lineLength)
    patience = configuration.patience
  }

  /// The next output.
  public mutating func poll() -> Output<EchoServerEvent> {
    if case .fresh = state {
      state = .command
      answer(good: true, "ready".utf8.map { $0 })
    }
    while !core.hasTrace {
      if let event = events.popFirst() { return .event(event) }
      guard core.isOpen, core.hasRoomToWrite, takeUnit() else { break }
    }
    return Output(core.tail(reading: isReading))
  }

  private var isReading: Bool {
    switch state {
    case .command, .receiving: true
    case .fresh, .deciding, .judging, .sending: false
    }
  }

  private mutating func takeUnit() -> Bool {
    switch state {
    case .command: return takeCommand()
    case .receiving: return takeContent()
    case .sending where wantsContent:
      wantsContent = false
      events.append(.contentWanted)
      return true
    case .fresh, .deciding, .judging, .sending: return false
    }
  }

  private mutating func takeCommand() -> Bool {
    switch framer.next(in: &core.inbound) {
    case .incomplete:
      if core.hasEnded {
        core.close(.peerClosed)
        return true
      }
      return false
    case .tooLong:
      refuse(.lineTooLong)
    case .line(let length, let ending):
      let line = core.inbound.bytes.extracting(first: length).copied()
      core.inbound.consume(length + ending)
      core.trace(TraceRecord(.client, line: line.span))
      obey(line)
    }
    return true
  }

  private mutating func obey(_ line: [UInt8]) {
    core.schedule(Timeout(patience))
    if line.count >= 4, line.span.extracting(first: 4).hasSameLetters(as: [83, 65, 89, 32].span) {
      let text = Array(line.dropFirst(4))
      state = .deciding(text)
      // The client cannot make the host answer sooner.
      core.schedule(nil)
      return events.append(.say(text))
    }
    var cursor = ByteCursor(line.span)
    switch cursor.takeWord().packed {
    case packed("tls") where line.count == 3 && !core.isEncrypted:
      answer(good: true, [103, 111])
      core.startTLS()
    case packed("put") where line.count == 3:
      answer(good: true, "send".utf8.map { $0 })
      decoder = DotStuffingDecoder()
      state = .receiving
    case packed("get") where line.count == 3:
      answer(good: true, "here".utf8.map { $0 })
      encoder = DotStuffingEncoder()
      state = .sending
      wantsContent = true
    case packed("bye") where line.count == 3:
      answer(good: true, "bye".utf8.map { $0 })
      core.close(.quit)
    default:
      refuse(.unknownCommand)
    }
  }

  private mutating func takeContent() -> Bool {
    if core.inbound.isEmpty {
      if core.hasEnded {
        core.close(.peerClosed)
        return true
      }
      return false
    }
    core.schedule(Timeout(patience))
    var text: [UInt8] = []
    decoder.decode(from: &core.inbound, into: &text)
    if !text.isEmpty { events.append(.content(text)) }
    if decoder.isAtEnd {
      state = .judging
      core.schedule(nil)
      events.append(.endOfContent)
    }
    return true
  }

  mutating func answer(good: Bool, _ text: [UInt8]) {
    core.schedule(Timeout(patience))
    var line: [UInt8] = [good ? 43 : 45, 32]
    line += text
    core.trace(TraceRecord(.server, line: line.span))
    core.outbound.append(line)
    core.outbound.appendLineEnd()
  }

  private mutating func refuse(_ fault: ProtocolViolation.Fault) {
    answer(good: false, "what?".utf8.map { $0 })
    events.append(.violation(ProtocolViolation(fault, .refused)))
  }
}
