/// How strings may be written: what the peer has announced and accepted.
///
/// A string is written in the first of these forms that can hold it: atom, quoted string, literal. Octets above 127 are
/// quoted only when ``acceptsUTF8`` is on and they are UTF-8.
public struct IMAPEncoding: Hashable, Sendable {
  /// Which literals need no continuation request.
  @frozen
  public enum Literals: Hashable, Sendable {
    /// None: each `{n}` waits. The state before any capability is known.
    case synchronising
    /// `LITERAL-`: those of up to 4,096 octets, [RFC 7888 §5](https://www.rfc-editor.org/rfc/rfc7888#section-5).
    case upTo4096
    /// `LITERAL+`: all, [RFC 7888 §4](https://www.rfc-editor.org/rfc/rfc7888#section-4).
    case nonSynchronising
    /// The server's own literals, which never wait and have no plus sign.
    case server
  }

  /// Which literals need no continuation request. Default: none.
  public var literals: Literals
  /// Whether `UTF8=ACCEPT` or `IMAP4rev2` is in force, so that UTF-8 may stand in quoted strings. Default: no.
  public var acceptsUTF8: Bool
  /// The longest quoted string in octets; a longer string becomes a literal. Default 1,000, since some servers keep
  /// buffers of 1,024 octets.
  public var longestQuoted: Int

  /// The most careful encoding, or another.
  public init(literals: Literals = .synchronising, acceptsUTF8: Bool = false, longestQuoted: Int = 1_000) {
    self.literals = literals
    self.acceptsUTF8 = acceptsUTF8
    self.longestQuoted = longestQuoted
  }

  /// A server's encoding before the client has enabled UTF-8.
  public static let server = IMAPEncoding(literals: .server)

  /// Whether a literal of so many octets goes without waiting for a continuation request.
  public func isNonSynchronising(_ size: UInt64) -> Bool {
    switch literals {
    case .synchronising, .server: false
    case .upTo4096: size <= 4096
    case .nonSynchronising: true
    }
  }
}
