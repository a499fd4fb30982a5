/// How much of a message is looked into. What lies beyond a limit stays content of the part it is in; nothing fails.
public struct MessageLimits: Hashable, Sendable {
  /// Parts, the message itself included. Default 10,000.
  public var parts: Int
  /// Levels of parts inside of one another. Default 100.
  public var nesting: Int
  /// Octets of a header in which fields are looked for. Default 1 MiB.
  public var header: Int
  /// Octets of a boundary; [RFC 2046 §5.1.1](https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1) allows 70. Default 250.
  public var boundary: Int

  /// The default limits, or others; fewer than one part or level counts as one.
  public init(parts: Int = 10_000, nesting: Int = 100, header: Int = 1 << 20, boundary: Int = 250) {
    self.parts = max(parts, 1)
    self.nesting = max(nesting, 1)
    self.header = header
    self.boundary = boundary
  }
}
