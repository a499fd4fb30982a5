@_spi(MailCodec) import IMAPCodec
import MailTestKit
@_spi(MailCodec) import MailWire

/// What a client or server machine does with an ``IMAPUnitStream``: feeds it, parses what comes and notes it.
struct UnitRun: ~Copyable {
  /// One thing that came out, pieces of a content put together.
  enum Item: Equatable {
    case response(IMAPResponse)
    case command(TaggedCommand)
    case continuation(AppendContinuation)
    case line([UInt8])
    case wanted(LiteralHeader)
    case head(LiteralHeader, ContentPlace)
    case content([UInt8])
    case discarded(DiscardedUnit)
    case refused(SyntaxError)
    case failed
  }

  var stream: IMAPUnitStream
  var parser = IMAPResponseParser()
  var buffer = ReceiveBuffer()
  private(set) var items: [Item] = []
  /// Where each item began and ended.
  private(set) var places: [Range<UInt64>] = []
  private(set) var texts: [[UInt8]] = []
  private(set) var largestBuffer = 0
  /// The questions that are refused, by their number.
  var refusals: Set<Int> = []
  private var questions = 0
  private var content: [UInt8] = []
  private var position: AppendContinuation.Position?
  /// Whether the mode follows what is said.
  var followsLines = false
  private var linesLeft = 0
  private var used = IMAPQuirks.none

  init(_ stream: IMAPUnitStream) { self.stream = stream }

  init(_ mode: IMAPFramer.Mode, limits: IMAPLimits = IMAPLimits(), quirks: IMAPQuirks? = nil) {
    stream = IMAPUnitStream(mode, limits: limits, quirks: quirks)
    if let quirks { parser = IMAPResponseParser(limits: limits, quirks: quirks) }
  }

  static func items(_ bytes: [UInt8], _ mode: IMAPFramer.Mode) -> [Item] {
    var run = UnitRun(mode)
    run.feed(bytes.span)
    return run.items
  }

  mutating func feed(_ bytes: [UInt8], _ pieces: [Range<Int>]) {
    for piece in pieces { feed(bytes.span.extracting(piece)) }
  }

  mutating func feed(_ bytes: Span<UInt8>) {
    buffer.append(bytes)
    while true {
      switch stream.next(in: &buffer) {
      case .incomplete:
        largestBuffer = max(largestBuffer, buffer.count)
        return
      case .failed:
        if items.last != .failed { note(.failed) }
        return
      case .unit:
        note(unit())
        follow()
      case .continuationWanted(let header):
        note(.wanted(header))
        ask()
      case .contentBegins(let header, let place):
        if stream.mode == .commands { note(unit()) }
        note(.head(header, place))
        if case .message(let position) = place { self.position = position }
        ask()
      case .content:
        let piece = stream.content(in: buffer).copied()
        content += piece
      case .endOfContent:
        note(.content(content))
        content = []
      case .discarded(let unit):
        content = []
        position = nil
        note(.discarded(unit))
      }
    }
  }

  /// Commands that are followed by lines, as they are recorded: so many, or up to `DONE`.
  private mutating func follow() {
    switch items.last {
    case .command(let tagged):
      switch tagged.command {
      case .idle: linesLeft = .max
      case .authenticate(let mechanism, let initial):
        linesLeft = mechanism.description.hasPrefix("SCRAM") ? 2 : initial == nil ? 1 : 0
      default: linesLeft = 0
      }
    case .line(let line):
      linesLeft =
        linesLeft == .max && line != [UInt8]("DONE".utf8) ? .max : Swift.max(0, linesLeft == .max ? 0 : linesLeft - 1)
    default: break
    }
    if followsLines { stream.mode = linesLeft > 0 ? .lines : .commands }
  }

  private mutating func ask() {
    questions += 1
    if refusals.contains(questions) { try? stream.refuse(in: &buffer) }
  }

  private mutating func note(_ item: Item) {
    items.append(item)
    places.append(stream.unitOffset..<stream.endOffset)
  }

  private mutating func unit() -> Item {
    let text = stream.unit(in: buffer).text.copied()
    texts.append(text)
    do throws(SyntaxError) {
      switch stream.mode {
      case .lines: return .line(text)
      case .responses: return .response(try stream.response(in: buffer, &parser))
      case .commands:
        guard let position else { return .command(try stream.command(in: buffer, used: &used)) }
        self.position = nil
        return .continuation(try stream.continuation(in: buffer, at: position))
      }
    } catch {
      return .refused(error)
    }
  }
}
