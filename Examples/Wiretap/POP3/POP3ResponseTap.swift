@_spi(MailCodec) import MailWire
import POP3Codec

/// The server's side of a POP3 conversation.
///
/// Whether further lines follow a response is a matter of its command: with the client's recording it is known, and without
/// it the next octets tell, since nothing else begins like a response.
struct POP3ResponseTap: ReplyTap {
  private enum Phase {
    case response
    /// Further lines or the next response; nobody knows yet.
    case undecided
    case rows(POP3Row.Form)
    case content
    case text(DotStuffedText)
  }

  /// What the next response is.
  private enum Form {
    case unknown
    case single
    case drop
    case size
    case uniqueID
    case rows(POP3Row.Form)
    case content
  }

  var input = TapInput()
  private let isStrict: Bool
  private let quirks: POP3Quirks
  private var lines: TapLines
  private var phase = Phase.response
  private var form = Form.unknown
  /// Whether the next response must be a continuation request, unless it is an error.
  private var mustContinue = false

  init(isStrict: Bool) {
    self.isStrict = isStrict
    quirks = isStrict ? .none : .lenient
    lines = TapLines(limit: isStrict ? POP3Limits.responseLine : 4096, isStrict: isStrict)
  }

  mutating func next() -> TapUnit? {
    switch phase {
    case .response: return nextLine()
    case .rows(let form): return nextLine(form)
    case .content:
      guard !input.buffer.isEmpty else { return nil }
      lines.reset()
      return nextOfText(DotStuffedText(at: input.offset))
    case .text(let text):
      // Nobody else holds what was read so far, so that it is not copied.
      phase = .response
      return nextOfText(text)
    case .undecided:
      guard let isResponse = beginsLikeResponse() else { return nil }
      phase = isResponse ? .response : .content
      return next()
    }
  }

  private mutating func nextOfText(_ text: consuming DotStuffedText) -> TapUnit? {
    guard let unit = text.next("content", isStrict: isStrict, from: &input) else {
      phase = .text(text)
      return nil
    }
    phase = .response
    return unit
  }

  /// Whether the octets at hand begin as a response does; nil while they may.
  private func beginsLikeResponse() -> Bool? {
    let bytes = input.buffer.bytes
    if bytes.isEmpty { return nil }
    for beginning in ["+OK", "-ERR", "+ ", "+\r", "+\n"] {
      let wanted = [UInt8](beginning.utf8)
      let count = min(wanted.count, bytes.count)
      guard bytes.extracting(first: count).hasSameLetters(as: wanted.span.extracting(first: count)) else { continue }
      return count == wanted.count || input.isAtEnd ? true : nil
    }
    return false
  }

  // MARK: Lines

  private mutating func nextLine(_ form: POP3Row.Form? = nil) -> TapUnit? {
    switch lines.next(form == nil ? "response" : "line", in: &input) {
    case .nothing: return nil
    case .other(let unit): return unit
    case .bad(var unit):
      if form == nil { unit.outcome = .unknown }
      return unit
    case .line(let length, let ending):
      let line = input.buffer.bytes.extracting(first: length).copied()
      var unit = TapUnit("response", at: input.offset, length: UInt64(length + ending))
      input.buffer.consume(length + ending)
      var used: POP3Quirks = ending == 1 ? .bareLineFeed : .none
      if let form { takeRow(line, form, &unit, &used) } else { takeResponse(line, &unit, &used) }
      unit.quirks = used.names
      return unit
    }
  }

  private mutating func takeRow(
    _ line: [UInt8], _ form: POP3Row.Form, _ unit: inout TapUnit, _ used: inout POP3Quirks
  ) {
    let isEnd = line == [.dot]
    let isStuffed = !isEnd && line.first == .dot
    unit.kind = "line"
    do throws(SyntaxError) {
      let row =
        isEnd
        ? .end
        : try POP3Row(
          parsing: line.span.extracting(droppingFirst: isStuffed ? 1 : 0), as: form, quirks: quirks, used: &used)
      unit.kind = row.kind
      unit.value = row
    } catch {
      unit.fault = TapUnit.Fault(error.code, at: error.offset + (isStuffed ? 1 : 0))
      unit.remarks = [Detail("line", excerpt(line.span))]
    }
    if isEnd { phase = .response }
  }

  private mutating func takeResponse(_ line: [UInt8], _ unit: inout TapUnit, _ used: inout POP3Quirks) {
    unit.outcome = .unknown
    unit.summary = "a malformed response"
    do throws(SyntaxError) {
      let response = POP3Response(try POP3ResponseView.parse(line.span, quirks: quirks, used: &used))
      unit.outcome = response.outcome
      unit.summary = response.summary
      unit.value = response
      if response.status == .ok { try takePositive(response, line.count, &unit, &used) }
    } catch {
      unit.fault = TapUnit.Fault(error)
      unit.value = nil
      unit.remarks = [Detail("line", excerpt(line.span))]
    }
  }

  private mutating func takePositive(
    _ response: POP3Response, _ length: Int, _ unit: inout TapUnit, _ used: inout POP3Quirks
  ) throws(SyntaxError) {
    if mustContinue, quirks.contains(.positiveContinuation) {
      used.insert(.positiveContinuation)
      return
    }
    do throws(SyntaxError) {
      switch form {
      case .unknown: phase = .undecided
      case .single: break
      case .rows(let form): phase = .rows(form)
      case .content: phase = .content
      case .drop:
        let drop = try DropListing(parsing: response.text.span, quirks: quirks, used: &used)
        unit.value = POP3Answer(
          response: response, meaning: [Detail("messages", drop.count), Detail("octets", drop.octets)])
      case .size:
        let row = POP3Row.size(try ScanListing(parsing: response.text.span, quirks: quirks, used: &used))
        unit.value = POP3Answer(response: response, meaning: row.details)
      case .uniqueID:
        let view = try UniqueIDListingView.parse(response.text.span, quirks: quirks, used: &used)
        unit.value = POP3Answer(response: response, meaning: POP3Row.uniqueID(UniqueIDListing(view)).details)
      }
    } catch {
      // The error counts from the start of the text, the unit's from that of its line.
      throw SyntaxError(error.code, at: error.offset + length - response.text.count)
    }
  }

  // MARK: Attribution

  mutating func expect(_ request: TapUnit?, isGreeting: Bool) {
    mustContinue = false
    guard !isGreeting else {
      form = .single
      return
    }
    form = request == nil ? .unknown : .single
    // `AUTH` alone is no command, but old servers list their mechanisms.
    if request?.kind == "auth", request?.isAccepted == false { form = .unknown }
    guard let command = request?.value as? POP3Command else { return }
    switch command {
    case .status: form = .drop
    case .list(let number): form = number == nil ? .rows(.size) : .size
    case .uniqueIDs(let number): form = number == nil ? .rows(.uniqueID) : .uniqueID
    case .capabilities: form = .rows(.capability)
    case .language(nil): form = .rows(.text)
    case .retrieve, .top: form = .content
    case .authenticate(_, let response): mustContinue = response == nil
    case .unknown: form = .unknown
    default: break
    }
  }

  func isGreeting(_ unit: TapUnit) -> Bool { true }

  func attribute(_ unit: inout TapUnit, to request: TapUnit) {}
}
