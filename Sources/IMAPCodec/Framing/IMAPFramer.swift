@_spi(MailCodec) public import MailWire

/// Finds the end of the next command or response in a ``ReceiveBuffer``, looking at each byte once however the bytes arrive.
///
/// A unit is a line, or several with literals between them. The framer knows no grammar: at each literal it shows the text so
/// far, and its user, who knows what stands there, answers with ``keepLiteral()``, ``streamLiteral()`` or
/// ``discardUnit(in:)``. A unit that is refused, or over a limit, is swallowed up to its true end, later literals included,
/// so that no part of it is ever taken for another unit.
///
/// [RFC 9051 §2.2](https://www.rfc-editor.org/rfc/rfc9051#section-2.2),
/// [RFC 7888 §4](https://www.rfc-editor.org/rfc/rfc7888#section-4).
///
///     C: A1 LOGIN {5+}          .literal: keep it
///     C: susan secret           .unit of both lines
///     C: A2 APPEND INBOX {1042} .literal: stream it
///     C: …                      .content, and .endOfContent
///     C:                        .unit: what follows the message, here nothing
@_spi(MailCodec)
public struct IMAPFramer: Sendable {
  /// How literals are recognised.
  @frozen
  public enum Mode: Hashable, Sendable {
    /// Commands: any line may end in a literal.
    case commands
    /// Responses: any line may, but not the text of a status or of a continuation request.
    case responses
    /// Lines without literals: what a client sends during `AUTHENTICATE` and `IDLE`.
    case lines
  }

  /// What stands at the front of the buffer.
  @frozen
  public enum Event: Equatable, Sendable {
    /// Nothing that is whole; ``bytesNeeded`` says how much more is missing at least.
    case incomplete
    /// A unit of `length` octets, followed by its line ending of `ending` octets. The caller consumes both.
    case unit(length: Int, ending: Int)
    /// A literal is announced behind `text` octets, its header included: the caller must say what to do with it.
    case literal(LiteralHeader, text: Int)
    /// So many octets of the literal that is streamed. The caller consumes them.
    case content(length: Int)
    /// The literal that was streamed is complete; what follows is the rest of the same unit.
    case endOfContent
    /// A unit, or its rest, has been swallowed; the next one begins behind it.
    case discarded(DiscardedUnit)
    /// Nobody can know where this unit ends: the connection must be closed. No other event follows.
    case failed
  }

  enum State: Hashable, Sendable {
    /// Looking for the end of the line that began at `line`.
    case text
    /// A literal was announced, and nobody has answered yet.
    case asking(LiteralHeader)
    /// The kept literal ends at this offset.
    case keeping(until: Int)
    /// So many octets of a streamed literal are to come.
    case streaming(UInt64)
    /// Swallowing a line, whose last octets stay until its end is seen.
    case discardingText
    /// Swallowing so many octets of a literal, then the line behind it.
    case discardingLiteral(UInt64)
    /// Nothing more of the swallowed unit will come.
    case ended
    case failed
  }

  /// How literals are recognised; to be changed between units only.
  public var mode: Mode
  /// How much is taken.
  public var limits: IMAPLimits {
    didSet { quiet = 0 }
  }
  /// Whether a bare LF ends a line.
  public var acceptsBareLineFeed: Bool

  var state = State.text
  /// Where the present line began, and what of it was searched.
  var line = 0
  @usableFromInline var scanned = 0
  /// With fewer octets in the buffer than this, one more brings no event and meets no limit unless it is an LF; 0 when that
  /// is not known, and always when an event waits for what its receiver does.
  @usableFromInline var quiet = 0
  /// Octets of the unit that are gone from the buffer, streamed ones not counted.
  var consumed = 0
  /// Whether the unit's beginning was consumed with a streamed literal.
  var isBehindContent = false
  var discarded = DiscardedUnit(tag: nil, reason: .refused)

  /// A framer at the beginning of a unit.
  public init(_ mode: Mode, limits: IMAPLimits = IMAPLimits(), acceptsBareLineFeed: Bool = false) {
    self.mode = mode
    self.limits = limits
    self.acceptsBareLineFeed = acceptsBareLineFeed
  }

  /// Whether nothing of a unit has been seen yet, given that the buffer is empty.
  public var isAtStart: Bool { state == .text && consumed == 0 && !isBehindContent && line == 0 }

  /// Whether the text at hand follows a streamed literal in the same unit.
  public var isInsideUnit: Bool { isBehindContent }

  /// The fewest octets, beyond those in the buffer, that can bring the next event; 0 when the caller must answer first.
  public func bytesNeeded(in buffer: borrowing ReceiveBuffer) -> UInt64 {
    switch state {
    case .text, .discardingText: 1
    case .asking, .ended, .failed: 0
    case .keeping(let end): UInt64(Swift.max(0, end - buffer.count)) + 1
    case .streaming: 1
    case .discardingLiteral(let rest): rest + 1
    }
  }

  // MARK: Answers

  /// Keeps the announced literal in the buffer, as a part of the unit.
  ///
  /// - Throws: ``MisuseError/outOfSequence`` when no literal was announced, ``MisuseError/tooLong`` when it, or the unit with
  ///   it, would exceed a limit: then only ``streamLiteral()`` and ``discardUnit(in:)`` are left.
  public mutating func keepLiteral() throws(MisuseError) {
    guard case .asking(let header) = state else { throw .outOfSequence }
    guard header.size <= UInt64(Swift.max(0, limits.literal)), fitsTotal(header.size) else { throw .tooLong }
    state = .keeping(until: scanned + Int(header.size))
  }

  /// Whether the unit with a kept literal of this size stays within ``IMAPLimits/total``.
  func fitsTotal(_ size: UInt64) -> Bool {
    let (sum, overflow) = size.addingReportingOverflow(UInt64(consumed + scanned))
    return !overflow && sum <= UInt64(Swift.max(0, limits.total))
  }

  /// Lets the announced literal come as ``Event/content(length:)``; the caller has used the text before it, which it must
  /// consume, header included, as the event gave it.
  ///
  /// - Throws: ``MisuseError/outOfSequence`` when no literal was announced, ``MisuseError/tooLong`` when it exceeds
  ///   ``IMAPLimits/streamedLiteral``.
  public mutating func streamLiteral() throws(MisuseError) {
    guard case .asking(let header) = state else { throw .outOfSequence }
    guard header.size <= limits.streamedLiteral else { throw .tooLong }
    consumed += scanned
    startText(at: 0)
    isBehindContent = true
    state = .streaming(header.size)
  }

  /// Swallows the rest of the unit, whose end ``Event/discarded(_:)`` tells. A literal that waits for a continuation request
  /// will not come, so there the unit ends at once.
  ///
  /// - Throws: ``MisuseError/outOfSequence`` between two units: then there is nothing to swallow.
  public mutating func discardUnit(in buffer: inout ReceiveBuffer) throws(MisuseError) {
    try discardUnit(.refused, in: &buffer)
  }

  mutating func discardUnit(
    _ reason: DiscardedUnit.Reason, in buffer: inout ReceiveBuffer
  ) throws(MisuseError) {
    quiet = 0
    switch state {
    case .asking(let header):
      beginDiscarding(reason, buffer.bytes.extracting(first: scanned))
      buffer.consume(scanned)
      startText(at: 0)
      discardLiteral(header)
    case .streaming(let rest):
      discarded = DiscardedUnit(tag: nil, reason: reason)
      state = .discardingLiteral(rest)
    case .text where isBehindContent:
      discarded = DiscardedUnit(tag: nil, reason: reason)
      state = .discardingText
    case .text, .keeping, .discardingText, .discardingLiteral, .ended, .failed: throw .outOfSequence
    }
  }

  /// Takes back the end of a unit whose streamed literal ended just before: the line that ended was empty, and is consumed.
  mutating func resumeUnit(consumed: Int) {
    self.consumed = consumed
    isBehindContent = true
  }

  mutating func startText(at offset: Int) {
    line = offset
    scanned = offset
    state = .text
  }

  /// The next unit begins at the front of the buffer once the caller has consumed this one.
  mutating func startUnit() {
    startText(at: 0)
    consumed = 0
    isBehindContent = false
  }
}
