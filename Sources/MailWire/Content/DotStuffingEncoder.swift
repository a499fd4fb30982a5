/// Encodes text for SMTP's DATA and POP3's multi-line responses: CRLF line ends, a second dot before a leading dot, and the
/// final line of one dot.
///
/// [RFC 5321 §4.5.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.2),
/// [RFC 1939 §3](https://www.rfc-editor.org/rfc/rfc1939#section-3). For any input in any chunks the output has no bare CR
/// and no bare LF (each becomes CRLF) and exactly one CRLF, dot, CRLF, at its end: nothing in a message can end it early or
/// smuggle a second one. A final CRLF is added only when the text lacks one.
public struct DotStuffingEncoder: Sendable {
  private enum State {
    case lineStart
    case line
    /// Behind a CR that has been written.
    case carriageReturn
  }

  private var state = State.lineStart

  /// An encoder at the start of a text.
  public init() {}

  /// Encodes `input` and appends the result to `output`.
  public mutating func encode(_ input: Span<UInt8>, into output: inout [UInt8]) {
    encode(input) { run in output.append(run) }
  }

  /// Ends the text: appends the CRLF that the last line lacks, if any, and the final dot.
  public mutating func finish(into output: inout [UInt8]) {
    finish { run in output.append(run) }
  }

  /// Encodes `input` and hands on each run of the result.
  public mutating func encode(_ input: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
    var offset = 0
    var runStart = 0
    while offset < input.count {
      let byte = input[offset]
      if state == .carriageReturn {
        state = .lineStart
        if byte == .lineFeed {
          skipOrdinaryText(input, &offset)
          continue
        }
        insert(.lineFeed, before: offset, input, &runStart, body)
      }
      switch byte {
      case .carriageReturn:
        state = .carriageReturn
      case .lineFeed:
        insert(.carriageReturn, before: offset, input, &runStart, body)
        state = .lineStart
      case .dot where state == .lineStart:
        insert(.dot, before: offset, input, &runStart, body)
        state = .line
      default:
        state = .line
      }
      skipOrdinaryText(input, &offset)
    }
    if runStart < input.count { body(input.extracting(droppingFirst: runStart)) }
  }

  /// Ends the text, handing on the bytes as ``encode(_:_:)`` does.
  public mutating func finish(_ body: (Span<UInt8>) -> Void) {
    switch state {
    case .carriageReturn: Insertion.lineFeed.hand(to: body)
    case .line: Insertion.lineEnd.hand(to: body)
    case .lineStart: break
    }
    Insertion.finalDot.hand(to: body)
    state = .lineStart
  }

  private mutating func skipOrdinaryText(_ input: Span<UInt8>, _ offset: inout Int) {
    let stop = input.firstRemarkablePair(from: offset)
    guard stop > offset else { return offset += 1 }
    state =
      switch input[stop - 1] {
      case .carriageReturn: .carriageReturn
      case .lineFeed: .lineStart
      default: .line
      }
    offset = stop
  }

  private func insert(
    _ insertion: Insertion, before offset: Int, _ input: Span<UInt8>, _ runStart: inout Int,
    _ body: (Span<UInt8>) -> Void
  ) {
    if runStart < offset { body(input.extracting(runStart..<offset)) }
    runStart = offset
    insertion.hand(to: body)
  }
}
