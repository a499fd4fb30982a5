/// Decodes dot-stuffed text up to its end: the content of SMTP's DATA and of POP3's multi-line responses.
///
/// [RFC 5321 §4.5.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.2),
/// [RFC 1939 §3](https://www.rfc-editor.org/rfc/rfc1939#section-3). One leading dot is removed from a line; the text ends
/// with a line of a single dot, whose preceding CRLF belongs to the text. Lines end with CRLF and nothing else, so no other
/// sequence ends the text. The state is one byte; nothing is buffered.
///
///     S: 354 Go ahead
///     C: ..a line that began with one dot
///     C: .
public struct DotStuffingDecoder: Sendable {
  private enum State {
    /// Behind CRLF, or at the very start: no CRLF precedes the first line, and still it is one.
    case lineStart
    /// Behind a dot at the start of a line.
    case lineStartDot
    /// Behind a dot and a CR at the start of a line. The CR has not been handed on.
    case lineStartDotCarriageReturn
    case line
    /// Behind a CR that has been handed on.
    case carriageReturn
    case ended
  }

  private var state = State.lineStart
  private let policy: LineEndingPolicy
  /// The irregular bytes that the text has had so far, whatever the policy.
  public private(set) var irregularities: ContentIrregularities = []

  /// A decoder at the start of a text.
  ///
  /// - Parameter policy: ``LineEndingPolicy/reject`` hands irregular bytes on as they are; the caller refuses the text at
  ///   its end when ``irregularities`` is not empty.
  public init(policy: LineEndingPolicy = .reject) { self.policy = policy }

  /// True when the final dot has been read.
  public var isAtEnd: Bool { state == .ended }

  /// Decodes `input` and appends the text to `output`.
  ///
  /// - Returns: the octets that were read; fewer than `input` holds only when the text ended there.
  public mutating func decode(_ input: Span<UInt8>, into output: inout [UInt8]) -> Int {
    decode(input) { run in output.append(run) }
  }

  /// Decodes `input` and hands on each run of text without copying it.
  ///
  /// - Returns: the octets that were read; fewer than `input` holds only when the text ended there.
  public mutating func decode(_ input: Span<UInt8>, _ body: (Span<UInt8>) -> Void) -> Int {
    var offset = 0
    var runStart = 0
    while offset < input.count {
      let byte = input[offset]
      switch state {
      case .ended:
        return offset

      case .lineStart where byte == .dot:
        emit(input, runStart..<offset, body)
        state = .lineStartDot
        offset += 1
        runStart = offset
        continue

      case .lineStartDot where byte == .carriageReturn:
        state = .lineStartDotCarriageReturn
        offset += 1
        runStart = offset
        continue

      case .lineStartDotCarriageReturn where byte == .lineFeed:
        state = .ended
        return offset + 1

      case .lineStartDotCarriageReturn:
        // The CR was content after all: only the dot is dropped.
        irregularities.insert(.bareCarriageReturn)
        (policy == .normalise ? Insertion.lineEnd : .carriageReturn).hand(to: body)

      case .carriageReturn where byte == .lineFeed:
        state = .lineStart
        skipOrdinaryText(input, &offset)
        continue

      case .carriageReturn:
        irregularities.insert(.bareCarriageReturn)
        if policy == .normalise {
          emit(input, runStart..<offset, body)
          runStart = offset
          Insertion.lineFeed.hand(to: body)
        }

      case .lineStart, .lineStartDot, .line:
        break
      }

      switch byte {
      case .carriageReturn:
        state = .carriageReturn
      case .lineFeed:
        irregularities.insert(.bareLineFeed)
        state = .line
        if policy == .normalise {
          emit(input, runStart..<offset, body)
          runStart = offset
          Insertion.carriageReturn.hand(to: body)
        }
      case 0:
        irregularities.insert(.null)
        state = .line
        if policy == .normalise {
          emit(input, runStart..<offset, body)
          runStart = offset + 1
        }
      default:
        state = .line
      }
      skipOrdinaryText(input, &offset)
    }
    emit(input, runStart..<input.count, body)
    return input.count
  }

  /// From the byte just judged, moves to the next one that needs judging.
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

  private func emit(_ input: Span<UInt8>, _ run: Range<Int>, _ body: (Span<UInt8>) -> Void) {
    if !run.isEmpty { body(input.extracting(run)) }
  }
}

extension DotStuffingDecoder {
  /// Decodes what has arrived, up to the end of the text, and takes it out of `buffer`.
  @_spi(MailCodec)
  public mutating func decode(from buffer: inout ReceiveBuffer, into output: inout [UInt8]) {
    buffer.consume(decode(buffer.bytes, into: &output))
  }
}
