@_spi(MailCodec) import MailWire
import POP3Codec

/// The client's side of a POP3 conversation.
struct POP3CommandTap: RequestTap {
  private enum Phase {
    case command
    /// A line of a SASL exchange comes; perhaps, when nobody knows.
    case exchange(isCertain: Bool)
  }

  /// The longest line of an exchange in octets.
  static let longestLine = 12_288

  var input = TapInput()
  private let isStrict: Bool
  private let quirks: POP3Quirks
  private var lines: TapLines
  private var phase = Phase.command
  /// Whether the server must ask before the exchange can end: no initial response was sent.
  private var mustBeAsked = false
  /// Whether a secret may stand in the place of a command: a login was the last that was spoken of.
  private var mayHoldSecret = false
  private(set) var repliesDue = 0

  init(isStrict: Bool) {
    self.isStrict = isStrict
    quirks = isStrict ? .none : .lenient
    lines = TapLines(limit: Self.longestLine, isStrict: isStrict)
  }

  mutating func next() -> TapUnit? {
    switch lines.next("command", in: &input) {
    case .nothing: return nil
    case .other(let unit):
      repliesDue = 0
      return unit
    case .bad(let unit):
      phase = .command
      repliesDue = 1
      return unit
    case .line(let length, let ending):
      repliesDue = 1
      let line = input.buffer.bytes.extracting(first: length).copied()
      var unit = TapUnit("command", at: input.offset, length: UInt64(length + ending))
      input.buffer.consume(length + ending)
      if ending == 1 { unit.quirks.append("bareLineFeed") }
      switch phase {
      case .exchange(isCertain: true): takeExchange(line, &unit)
      case .exchange where ExchangeLine.isPossible(line.span) && !isKnownCommand(line): takeExchange(line, &unit)
      case .command, .exchange: takeCommand(line, &unit)
      }
      return unit
    }
  }

  mutating func note(_ outcome: TapUnit.Outcome) {
    guard case .exchange = phase, outcome != .unknown else { return }
    let goesOn = outcome == .intermediate || (outcome == .positive && mustBeAsked && !isStrict)
    phase = goesOn ? .exchange(isCertain: true) : .command
    mustBeAsked = false
  }

  private func isKnownCommand(_ line: [UInt8]) -> Bool {
    (try? POP3Command(line.span, quirks: quirks))?.isKnown ?? false
  }

  private mutating func takeExchange(_ line: [UInt8], _ unit: inout TapUnit) {
    phase = ExchangeLine.take(line, into: &unit) ? .command : .exchange(isCertain: false)
  }

  private mutating func takeCommand(_ line: [UInt8], _ unit: inout TapUnit) {
    phase = .command
    var used = POP3Quirks.none
    do throws(SyntaxError) {
      let command = try POP3Command(try POP3CommandView.parse(line.span, quirks: quirks, used: &used))
      unit.kind = command.kind
      try checkLength(unit.length, of: command, &used)
      unit.value = command
      if case .unknown = command {
        if mayHoldSecret || Redaction.speaksOfLogin(line) { unit.value = Withheld() }
      } else {
        follow(command)
      }
    } catch {
      unit.kind = Self.kind(of: line)
      unit.fault = TapUnit.Fault(error)
      let shown: Detail =
        switch unit.kind {
        case "pass", "apop", "auth": .hidden("line")
        case "command": Redaction.line(line, mayHoldSecret: mayHoldSecret)
        default: Detail("line", excerpt(line.span))
        }
      unit.remarks = [shown]
    }
    unit.quirks += used.names
  }

  private func checkLength(
    _ length: UInt64, of command: POP3Command, _ used: inout POP3Quirks
  ) throws(SyntaxError) {
    guard length > POP3Limits.commandLine else { return }
    guard case .authenticate = command, quirks.contains(.longInitialResponse) else {
      throw SyntaxError(.tooLong, at: POP3Limits.commandLine)
    }
    used.insert(.longInitialResponse)
  }

  private mutating func follow(_ command: POP3Command) {
    mayHoldSecret = false
    switch command {
    case .authenticate(_, let response):
      phase = .exchange(isCertain: false)
      mustBeAsked = response == nil
      mayHoldSecret = true
    case .user, .password, .digest: mayHoldSecret = true
    default: break
    }
  }

  /// What a line that is no command was meant to be.
  private static func kind(of line: [UInt8]) -> String {
    let word = line.prefix { $0 != .space }
    for keyword in POP3Keyword.allCases {
      let text = keyword.text.description
      if word.span.hasSameLetters(as: [UInt8](text.utf8).span) { return text.lowercased() }
    }
    return "command"
  }
}
