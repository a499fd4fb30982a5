@_spi(MailCodec) import MailWire

/// A message that `APPEND` or `REPLACE` brings: what is said of it before its octets come.
///
/// [RFC 9051 §6.3.12](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.12),
/// [RFC 3502](https://www.rfc-editor.org/rfc/rfc3502), [RFC 4469](https://www.rfc-editor.org/rfc/rfc4469). The octets are no
/// part of the value: they follow the announced literal, and behind them comes an ``AppendContinuation``.
///
///     C: A1 APPEND Archive (\Seen) " 7-Feb-2026 21:52:25 +0000" {310}
public struct AppendMessage: Hashable, Sendable {
  /// A literal that is announced and will be streamed.
  public struct Content: Hashable, Sendable {
    /// The octets that follow, at most 2⁶³ − 1.
    public let size: UInt64
    /// Whether it is a `literal8`, whose octets may be NUL.
    public let isBinary: Bool

    /// An announced literal; a larger size is cut to 2⁶³ − 1.
    public init(size: UInt64, isBinary: Bool = false) {
      self.size = Swift.min(size, Number64.maximum)
      self.isBinary = isBinary
    }
  }

  /// What the message is made of.
  public enum Source: Hashable, Sendable {
    /// One literal.
    case literal(Content)
    /// One literal in `UTF8 (…)`, whose header has UTF-8, [RFC 6855 §4](https://www.rfc-editor.org/rfc/rfc6855#section-4).
    case utf8(Content)
    /// Parts, [RFC 4469](https://www.rfc-editor.org/rfc/rfc4469): messages or parts by URL, perhaps none, then the first
    /// literal.
    case catenate(urls: [IMAPString], Content)
    /// Parts by URL alone, which are the whole message.
    case catenateURLs(OneOrMore<IMAPString>)
  }

  /// The flags to set; nil and no list mean the same to the server.
  public var flags: FlagSet?
  /// The internal date; nil for the time of arrival.
  public var date: IMAPDateTime?
  /// What the message is made of.
  public var source: Source

  /// A message.
  public init(_ source: Source, flags: FlagSet? = nil, date: IMAPDateTime? = nil) {
    self.source = source
    self.flags = flags
    self.date = date
  }
}
