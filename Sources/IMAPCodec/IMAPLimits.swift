/// How much of what a peer sends is taken. All limits are inclusive and do not depend on how the bytes are cut.
public struct IMAPLimits: Hashable, Sendable {
  /// A line outside of literals in octets, CRLF included. Default 65,536.
  public var line: Int
  /// A literal that is kept in memory in octets. Default 1 MiB.
  public var literal: Int
  /// A literal that is streamed in octets. Default 2⁴⁰.
  public var streamedLiteral: UInt64
  /// A literal of a client that has not authenticated in octets, kept or streamed. Default 8,192.
  public var unauthenticatedLiteral: Int
  /// All of a response or command but its streamed literals in octets. Default 8 MiB.
  public var total: Int
  /// Levels of nesting in a body structure, search key or list. Default 100; of search keys and of values of unknown meaning
  /// never more than ``NestingDepth/maximum`` are read.
  public var nesting: Int
  /// Elements of one list: attributes, flags, addresses, set ranges. Default 100,000.
  public var elements: Int

  /// The default limits, or others.
  public init(
    line: Int = 65_536, literal: Int = 1 << 20, streamedLiteral: UInt64 = 1 << 40,
    unauthenticatedLiteral: Int = 8_192, total: Int = 8 << 20, nesting: Int = 100, elements: Int = 100_000
  ) {
    self.line = line
    self.literal = literal
    self.streamedLiteral = streamedLiteral
    self.unauthenticatedLiteral = unauthenticatedLiteral
    self.total = total
    self.nesting = nesting
    self.elements = elements
  }

  /// The same limits with ``unauthenticatedLiteral`` for all literals, and for a whole command one line and one literal: what
  /// a server grants to somebody whom it does not know.
  public var beforeAuthentication: IMAPLimits {
    var limits = self
    limits.literal = min(literal, unauthenticatedLiteral)
    limits.streamedLiteral = min(streamedLiteral, UInt64(max(0, unauthenticatedLiteral)))
    let (sum, overflow) = line.addingReportingOverflow(unauthenticatedLiteral)
    limits.total = overflow ? total : min(total, sum)
    return limits
  }
}
