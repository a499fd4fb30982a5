@_spi(MailCodec) import MailWire
import SMTPCodec

/// The client's side of an SMTP or LMTP conversation.
///
/// What `DATA` and `AUTH` lead to is the server's decision: with the other recording `note` tells it, and without it
/// the client's next line does.
struct SMTPCommandTap: RequestTap {
  private enum Phase {
    case command
    /// A line of a SASL exchange comes; perhaps, when nobody knows.
    case exchange(isCertain: Bool)
    /// A message comes; perhaps, when nobody knows.
    case message(isCertain: Bool)
    case text(DotStuffedText)
    case chunk(CountedText, isLast: Bool)
  }

  /// The longest line in octets: no server takes more.
  static let longestLine = 12_288

  var input = TapInput()
  private let isStrict: Bool
  private let quirks: SMTPQuirks
  private var lines: TapLines
  private var phase = Phase.command
  private var isLMTP = false
  private var recipients = 0
  private var isRecipient = false
  /// Whether a secret may stand in the place of a command: a login was the last that was spoken of.
  private var mayHoldSecret = false
  /// How many replies the last unit has.
  private(set) var repliesDue = 0

  init(isStrict: Bool) {
    self.isStrict = isStrict
    quirks = isStrict ? .none : .lenient
    lines = TapLines(limit: Self.longestLine, isStrict: isStrict)
  }

  mutating func next() -> TapUnit? {
    switch phase {
    case .command, .exchange: return nextLine()
    case .text(let text):
      // Nobody else holds what was read so far, so that it is not copied.
      phase = .command
      return nextOfText(text)
    case .chunk(let chunk, let isLast):
      phase = .command
      return nextOfChunk(chunk, isLast: isLast)
    case .message(let isCertain):
      guard let isMessage = isCertain ? !input.buffer.isEmpty : isMessageNext() else { return nil }
      guard isMessage else { return nextLine() }
      lines.reset()
      return nextOfText(DotStuffedText(at: input.offset))
    }
  }

  mutating func note(_ outcome: TapUnit.Outcome) {
    guard outcome != .unknown else { return }
    switch phase {
    case .exchange: phase = outcome == .intermediate ? .exchange(isCertain: true) : .command
    case .message: phase = outcome == .intermediate ? .message(isCertain: true) : .command
    case .command, .text, .chunk: break
    }
    if isRecipient, outcome == .positive { recipients += 1 }
  }

  // MARK: Content

  private mutating func nextOfText(_ text: consuming DotStuffedText) -> TapUnit? {
    guard let unit = text.next("content", isStrict: isStrict, from: &input) else {
      phase = .text(text)
      return nil
    }
    endMessage()
    return unit
  }

  private mutating func nextOfChunk(_ chunk: consuming CountedText, isLast: Bool) -> TapUnit? {
    guard let unit = chunk.next("chunk", from: &input) else {
      phase = .chunk(chunk, isLast: isLast)
      return nil
    }
    if isLast { endMessage() } else { end(.command) }
    return unit
  }

  /// LMTP answers a message once for each recipient, [RFC 2033 §4.2](https://www.rfc-editor.org/rfc/rfc2033#section-4.2).
  private mutating func endMessage() {
    end(.command, replies: isLMTP ? recipients : 1)
    recipients = 0
  }

  private mutating func end(_ phase: Phase, replies: Int = 1) {
    self.phase = phase
    repliesDue = replies
  }

  /// Whether a message comes, if nobody knows for certain: yes, unless its first line is a command that no message begins
  /// with. Nil while that line is not there.
  private func isMessageNext() -> Bool? {
    let bytes = input.buffer.bytes
    guard let feed = bytes.firstIndex(of: .lineFeed) else {
      if bytes.isEmpty { return nil }
      return input.isAtEnd || bytes.count > Self.longestLine ? true : nil
    }
    let end = feed > 0 && bytes[feed - 1] == .carriageReturn ? feed - 1 : feed
    switch try? SMTPCommand(bytes.extracting(first: end), quirks: quirks) {
    case .quit, .reset, .mail, .recipient, .data, .ehlo, .helo, .startTLS: return false
    default: return true
    }
  }

  // MARK: Lines

  private mutating func nextLine() -> TapUnit? {
    switch lines.next("command", in: &input) {
    case .nothing: return nil
    case .other(let unit):
      repliesDue = 0
      return unit
    case .bad(let unit):
      end(.command)
      return unit
    case .line(let length, let ending):
      repliesDue = 1
      isRecipient = false
      let line = input.buffer.bytes.extracting(first: length).copied()
      var unit = TapUnit("command", at: input.offset, length: UInt64(length + ending))
      input.buffer.consume(length + ending)
      if ending == 1 { unit.quirks.append("bareLineFeed") }
      switch phase {
      case .exchange(isCertain: true): takeExchange(line, &unit)
      case .exchange where ExchangeLine.isPossible(line.span) && !isKnownCommand(line): takeExchange(line, &unit)
      default: takeCommand(line, &unit)
      }
      return unit
    }
  }

  private func isKnownCommand(_ line: [UInt8]) -> Bool {
    (try? SMTPCommand(line.span, quirks: quirks))?.isKnown == true
  }

  private mutating func takeExchange(_ line: [UInt8], _ unit: inout TapUnit) {
    end(ExchangeLine.take(line, into: &unit) ? .command : .exchange(isCertain: false))
  }

  private mutating func takeCommand(_ line: [UInt8], _ unit: inout TapUnit) {
    end(.command)
    var used = SMTPQuirks.none
    do throws(SyntaxError) {
      let command = SMTPCommand(try SMTPCommandView.parse(line.span, quirks: quirks, used: &used))
      unit.quirks += used.names
      unit.kind = command.kind
      unit.value = command
      try follow(command, &unit)
    } catch {
      unit.kind = Self.kind(of: line)
      unit.fault = TapUnit.Fault(error)
      unit.value = nil
      let shown: Detail =
        switch unit.kind {
        case "auth": .hidden("line")
        case "command": Redaction.line(line, mayHoldSecret: mayHoldSecret)
        default: Detail("line", excerpt(line.span))
        }
      unit.remarks = [shown]
    }
  }

  /// Does what a command asks of the reader of what follows.
  private mutating func follow(_ command: SMTPCommand, _ unit: inout TapUnit) throws(SyntaxError) {
    switch command {
    case .authenticate(let mechanism, let response):
      phase = .exchange(isCertain: false)
      mayHoldSecret = true
      // The codec leaves base64 to the one who wants the octets.
      _ = try Self.shifted(6 + mechanism.bytes.count) { () throws(SyntaxError) in try response?.decoded() }
      return
    case .data: phase = .message(isCertain: false)
    case .chunk(let octets, let isLast):
      if octets > 0 {
        end(.chunk(CountedText(at: input.offset, octets: octets), isLast: isLast), replies: 0)
      } else if isLast {
        endMessage()
      }
    case .recipient: isRecipient = true
    case .mail, .reset, .ehlo, .helo: recipients = 0
    case .unknown(let verb, let text): return try followUnknown(verb, text, &unit)
    default: break
    }
    mayHoldSecret = false
  }

  private mutating func followUnknown(
    _ verb: SMTPVerb, _ text: SMTPText, _ unit: inout TapUnit
  ) throws(SyntaxError) {
    switch verb.description.uppercased() {
    case "LHLO":
      unit.value = try Self.shifted(5) { () throws(SyntaxError) in try LMTPHello(parsing: text.bytes, quirks: quirks) }
      unit.kind = "lhlo"
      isLMTP = true
    default:
      if mayHoldSecret || Redaction.speaksOfLogin(text.bytes + verb.bytes) { unit.value = Withheld() }
    }
  }

  /// Errors in what follows the verb, as if the whole line had been parsed.
  private static func shifted<Value>(
    _ offset: Int, _ parse: () throws(SyntaxError) -> Value
  ) throws(SyntaxError) -> Value {
    do throws(SyntaxError) { return try parse() } catch { throw SyntaxError(error.code, at: error.offset + offset) }
  }

  /// What a line that is no command was meant to be.
  private static func kind(of line: [UInt8]) -> String {
    let word = line.prefix { $0.isASCIILetter }
    let verb = String(decoding: word, as: UTF8.self).lowercased()
    let known = [
      "helo", "ehlo", "lhlo", "mail", "rcpt", "data", "bdat", "rset", "noop", "quit", "vrfy", "expn", "help",
      "starttls",
      "auth"
    ]
    return known.contains(verb) ? verb : "command"
  }
}
