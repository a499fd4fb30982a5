/// Finds the end of the next line in a ``ReceiveBuffer``, looking at each byte once however the bytes arrive.
///
/// A line ends with CRLF. A bare LF ends one only when ``acceptsBareLineFeed`` is on; a bare CR never does. A line longer
/// than ``limit`` is dropped as it arrives, up to its true end, so that its rest is never taken for another line.
@_spi(MailCodec) @frozen
public struct LineFramer: Sendable {
  /// What the framer found at the front of the buffer.
  @frozen
  public enum Result: Sendable, Equatable {
    /// No whole line yet.
    case incomplete
    /// A line of `length` octets, followed by its ending of `ending` octets (2 for CRLF, 1 for a bare LF).
    case line(length: Int, ending: Int)
    /// A line over the limit has passed; it is gone from the buffer, ending included.
    case tooLong
  }

  /// The longest line in octets, CRLF included.
  public var limit: Int
  /// Whether an LF without a CR ends a line, too.
  public var acceptsBareLineFeed: Bool
  @usableFromInline var scanned = 0
  @usableFromInline var isDiscarding = false

  /// A framer at the start of a line.
  @inlinable
  public init(limit: Int, acceptsBareLineFeed: Bool = false) {
    self.limit = limit
    self.acceptsBareLineFeed = acceptsBareLineFeed
  }

  /// True in the middle of a line that is over the limit.
  @inlinable public var isInsideLongLine: Bool { isDiscarding }

  /// Looks for the next line. The caller consumes a `.line` from the buffer; a `.tooLong` one is gone already.
  @inlinable
  public mutating func next(in buffer: inout ReceiveBuffer) -> Result {
    let end = lineEnd(in: buffer.bytes)
    if !isDiscarding {
      if let end {
        if end.length &+ end.ending <= limit {
          scanned = 0
          return .line(length: end.length, ending: end.ending)
        }
      } else if buffer.count < limit {
        return .incomplete
      }
    }
    return discard(upTo: end, in: &buffer)
  }

  /// The first line ending at or after `scanned`; without one, `scanned` moves to the end.
  @inlinable @inline(always)
  mutating func lineEnd(in bytes: Span<UInt8>) -> (length: Int, ending: Int)? {
    if bytes.count &- scanned == 1, bytes[scanned] != .lineFeed {
      // A peer that sends an octet at a time: no search.
      scanned = bytes.count
      return nil
    }
    while let lineFeed = bytes.firstIndex(of: .lineFeed, from: scanned) {
      if lineFeed > 0, bytes[lineFeed &- 1] == .carriageReturn { return (lineFeed &- 1, 2) }
      if acceptsBareLineFeed { return (lineFeed, 1) }
      scanned = lineFeed &+ 1
    }
    scanned = bytes.count
    return nil
  }

  @usableFromInline
  mutating func discard(upTo end: (length: Int, ending: Int)?, in buffer: inout ReceiveBuffer) -> Result {
    if let end {
      buffer.consume(end.length + end.ending)
      scanned = 0
      isDiscarding = false
      return .tooLong
    }
    isDiscarding = true
    // A CR at the end may be the first half of the line's CRLF: it stays.
    let count = buffer.count
    let kept = count > 0 && buffer.bytes[count - 1] == .carriageReturn ? 1 : 0
    buffer.consume(count - kept)
    scanned = kept
    return .incomplete
  }
}
