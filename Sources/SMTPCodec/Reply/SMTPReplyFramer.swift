@_spi(MailCodec) public import MailWire

/// Finds the end of the next whole reply, all its lines, looking at each octet once however they arrive.
@_spi(MailCodec)
public struct SMTPReplyFramer: Sendable {
  /// What the framer found at the front of the buffer.
  @frozen
  public enum Result: Sendable, Equatable {
    /// No whole reply yet.
    case incomplete
    /// A reply of `length` octets, line endings included.
    case reply(length: Int)
    /// More octets or lines than the limits allow: the connection cannot go on.
    case tooLong
  }

  private let limits: SMTPReplyLimits
  private let acceptsBareLineFeed: Bool
  /// No reply of fewer octets is over a limit.
  @usableFromInline let harmless: Int
  @usableFromInline var scanned = 0
  private var lineStart = 0
  private var lineCount = 0

  /// A framer at the start of a reply.
  public init(limits: SMTPReplyLimits = SMTPReplyLimits(), acceptsBareLineFeed: Bool = true) {
    self.limits = limits
    self.acceptsBareLineFeed = acceptsBareLineFeed
    harmless = min(limits.line, limits.total)
  }

  /// Looks for the next reply; the caller consumes it from the buffer.
  @inlinable
  public mutating func next(in buffer: borrowing ReceiveBuffer) -> Result {
    let bytes = buffer.bytes
    if bytes.count &- scanned == 1, bytes.count < harmless, bytes[scanned] != .lineFeed {
      // A peer that sends an octet at a time: no search.
      scanned = bytes.count
      return .incomplete
    }
    return search(bytes)
  }

  @usableFromInline
  mutating func search(_ bytes: Span<UInt8>) -> Result {
    while let feed = bytes.firstIndex(of: .lineFeed, from: scanned) {
      scanned = feed + 1
      if !acceptsBareLineFeed, feed == 0 || bytes[feed - 1] != .carriageReturn { continue }
      lineCount += 1
      let isTooLong = scanned - lineStart > limits.line || scanned > limits.total || lineCount > limits.lines
      if isTooLong { return .tooLong }
      let hasMore = feed - lineStart > 3 && bytes[lineStart + 3] == 45
      lineStart = scanned
      if hasMore { continue }
      let length = scanned
      (scanned, lineStart, lineCount) = (0, 0, 0)
      return .reply(length: length)
    }
    scanned = bytes.count
    return bytes.count - lineStart >= limits.line || bytes.count >= limits.total ? .tooLong : .incomplete
  }
}
