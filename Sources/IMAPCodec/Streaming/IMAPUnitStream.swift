@_spi(MailCodec) public import MailWire

/// Takes what a peer sends apart into units and contents: the receiving half of a client, a server, a proxy or a tool.
///
/// A unit is a whole command or response. Literals that hold messages (`APPEND`, `REPLACE`, `CATENATE`; `FETCH` of `BODY[…]`,
/// `BINARY[…]` and `RFC822…`; `URLFETCH`) leave in pieces as they arrive, whatever their size; all others stay in their unit,
/// within limits. Which is which follows from the place in the grammar. Each octet is looked at a constant number of times,
/// and all events are the same however the octets are cut.
///
///     var stream = IMAPUnitStream(.responses)
///     buffer.append(bytes)
///     while true {
///       switch stream.next(in: &buffer) {
///       case .unit: let response = try parser.response(stream.unit(in: buffer))
///       case .contentBegins(let header, let place): …   // which section of which message
///       case .content: file.write(stream.content(in: buffer))
///       case .endOfContent: …
///       case .continuationWanted: …                     // servers: send "+ OK", or refuse
///       case .discarded(let unit): …                    // servers: answer with NO or BAD
///       case .failed: …                                 // close
///       case .incomplete: return
///       }
///     }
///
/// A **response** of which something was streamed is one unit, which comes when it is complete; in its value the sections
/// are ``MessageOctets/streamed(_:)``.
///
///     S: * 2 FETCH (UID 9 BODY[] {2048}    .contentBegins
///     S: …                                 .content, .endOfContent
///     S:  FLAGS (\Seen))                   .unit: all but the 2,048 octets
///
/// A **command** that brings messages comes in parts, because a server must judge the first before it lets the second come:
/// at ``Event/contentBegins(_:_:)`` the unit is the text up to the literal, for ``TaggedCommand`` the first time and for
/// ``AppendContinuation`` after that; ``Event/unit`` brings the rest.
///
///     C: A1 APPEND INBOX {310}             .contentBegins: TaggedCommand
///     S: + go ahead
///     C: …                                 .content, .endOfContent
///     C:  (\Seen) {200+}                   .contentBegins: AppendContinuation
///     C: …                                 .content, .endOfContent
///     C:                                   .unit: AppendContinuation, the end
///
/// Memory: the text of one unit, at most ``IMAPLimits/total`` and one line, and what the caller puts into the buffer.
///
/// [RFC 9051 §2.2](https://www.rfc-editor.org/rfc/rfc9051#section-2.2), [§4.3](https://www.rfc-editor.org/rfc/rfc9051#section-4.3),
/// [RFC 7888](https://www.rfc-editor.org/rfc/rfc7888).
@_spi(MailCodec)
public struct IMAPUnitStream: Sendable {
  /// What comes next.
  @frozen
  public enum Event: Hashable, Sendable {
    /// Nothing that is whole; ``IMAPUnitStream/bytesNeeded(in:)`` says how much more is missing at least.
    case incomplete
    /// A command, a response or the rest of one: ``IMAPUnitStream/unit(in:)`` until the next call.
    case unit
    /// An argument of a command waits for a continuation request. The caller sends one, and the next call takes the literal;
    /// or ``IMAPUnitStream/refuse(in:)``, and a tagged `NO` or `BAD`.
    case continuationWanted(LiteralHeader)
    /// Octets of a message follow; ``IMAPUnitStream/unit(in:)`` is the text before them. Of a command whose header is
    /// synchronising, the caller sends a continuation request first. The next call takes them, ``IMAPUnitStream/refuse(in:)``
    /// does not.
    indirect case contentBegins(LiteralHeader, ContentPlace)
    /// Octets of the message: ``IMAPUnitStream/content(in:)`` until the next call.
    case content
    /// The message, or the part of one, is complete; the unit goes on.
    case endOfContent
    /// A unit that was refused or is over a limit has been swallowed to its true end, whatever it held.
    case discarded(DiscardedUnit)
    /// Nobody can know where this unit ends: the connection must be closed. No other event follows.
    case failed
  }

  /// What the last event asked or lent.
  @usableFromInline
  enum Loan: Hashable, Sendable {
    case none
    /// The unit, its line ending included.
    case unit(Int)
    /// An argument that is taken by the next call.
    case argument(LiteralHeader)
    /// A content that is taken by the next call.
    case contentHead(LiteralHeader, text: Int)
    case content(Int)
  }

  @usableFromInline var framer: IMAPFramer
  var scanner = ContentScanner()
  @usableFromInline var loan = Loan.none
  /// The text of a response before the last literal that was streamed, and where such literals are missing in it.
  var text: [UInt8] = []
  var gaps: [Int] = []
  /// Octets that the unit has in the buffer, without its line ending.
  var length = 0
  /// Octets taken from the buffer since the beginning, and where the present unit began.
  var position: UInt64 = 0
  var unitStart: UInt64 = 0
  /// Whether a line end that does not belong may follow: just behind a content, and once.
  var mayStray = false

  /// Deviations that are accepted where they decide what a literal is, and where a unit ends.
  public var quirks: IMAPQuirks
  /// Contents of responses of at most so many octets stay in their unit, within the limits of kept literals. Default 0.
  public var inlineContent = 0
  /// The deviations that the units so far needed; the caller may empty it.
  public var usedQuirks = IMAPQuirks.none

  /// A stream of commands or responses, at its beginning.
  public init(_ mode: IMAPFramer.Mode, limits: IMAPLimits = IMAPLimits(), quirks: IMAPQuirks? = nil) {
    let quirks = quirks ?? (mode == .responses ? .client : .server)
    framer = IMAPFramer(mode, limits: limits, acceptsBareLineFeed: quirks.contains(.bareLineFeed))
    self.quirks = quirks
  }

  /// How literals are recognised; to be changed between units only: ``IMAPFramer/Mode/lines`` while a client authenticates
  /// or is in `IDLE`.
  public var mode: IMAPFramer.Mode {
    get { framer.mode }
    set { framer.mode = newValue }
  }

  /// How much is taken. Before authentication, a server sets ``IMAPLimits/beforeAuthentication``.
  public var limits: IMAPLimits {
    get { framer.limits }
    set { framer.limits = newValue }
  }

  /// Where the present unit began, in octets since the first of the stream.
  public var unitOffset: UInt64 { unitStart }

  /// Where what the last event told of ends, in octets since the first of the stream.
  public var endOffset: UInt64 {
    switch loan {
    case .none, .argument: position
    case .unit(let count), .content(let count), .contentHead(_, let count): position + UInt64(count)
    }
  }

  /// Whether a unit has begun and is not complete, given that the buffer is empty.
  public var isInsideUnit: Bool { loan != .none || !framer.isAtStart || !gaps.isEmpty }

  /// The fewest octets, beyond those in the buffer, that can bring the next event; 0 when it is there already.
  public func bytesNeeded(in buffer: borrowing ReceiveBuffer) -> UInt64 {
    loan == .none ? framer.bytesNeeded(in: buffer) : 0
  }

  /// The unit that ``Event/unit`` or ``Event/contentBegins(_:_:)`` told of.
  @_lifetime(borrow self, borrow buffer)
  public borrowing func unit(in buffer: borrowing ReceiveBuffer) -> IMAPUnitView {
    if gaps.isEmpty { return IMAPUnitView(buffer.bytes.extracting(first: length)) }
    return IMAPUnitView(text.span, gaps: gaps.span)
  }

  /// The octets that ``Event/content`` told of.
  @inlinable @inline(always)
  @_lifetime(borrow buffer)
  public borrowing func content(in buffer: borrowing ReceiveBuffer) -> Span<UInt8> {
    guard case .content(let count) = loan else { return buffer.bytes.extracting(first: 0) }
    return buffer.bytes.extracting(first: count)
  }
}
