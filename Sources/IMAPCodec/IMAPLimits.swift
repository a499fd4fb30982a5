/// How much of what a peer sends is taken. All limits are inclusive and do not depend on how the bytes are cut.
public struct IMAPLimits: Hashable, Sendable {
  /// A line outside of literals in octets, CRLF included. Default 65,536.
  public var line: Int
  /// A literal that is kept in memory in octets. Default 1 MiB.
  public var literal: Int
  /// A literal that is streamed in octets. Default 2⁴⁰.
  public var streamedLiteral: UInt64
  /// All of a response or command but its streamed literals in octets. Default 8 MiB.
  public var total: Int
  /// Levels of nesting in a body structure, search key or list. Default 100; of search keys and of values of unknown meaning
  /// never more than ``NestingDepth/maximum`` are read.
  public var nesting: Int
  /// Elements of one list: attributes, flags, addresses, set ranges. Default 100,000.
  public var elements: Int

  /// The default limits, or others.
  public init(
    line: Int = 65_536, literal: Int = 1 << 20, streamedLiteral: UInt64 = 1 << 40, total: Int = 8 << 20,
    nesting: Int = 100, elements: Int = 100_000
  ) {
    self.line = line
    self.literal = literal
    self.streamedLiteral = streamedLiteral
    self.total = total
    self.nesting = nesting
    self.elements = elements
  }
}
