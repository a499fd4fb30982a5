/// How much of a reply a client takes.
public struct SMTPReplyLimits: Hashable, Sendable {
  /// The longest line in octets, its ending included. Default 4096;
  /// [RFC 5321 §4.5.3.1.5](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.5) lets servers send 512.
  public var line: Int
  /// All lines of a reply in octets. Default 65,536.
  public var total: Int
  /// The most lines of a reply. Default 1000.
  public var lines: Int

  /// The default limits, or others.
  public init(line: Int = 4096, total: Int = 65_536, lines: Int = 1000) {
    self.line = line
    self.total = total
    self.lines = lines
  }
}
