/// The flags that every server knows, as bits.
///
/// [RFC 9051 §2.3.2](https://www.rfc-editor.org/rfc/rfc9051#section-2.3.2).
@frozen
public struct SystemFlags: OptionSet, Hashable, Sendable {
  /// The bits.
  public let rawValue: UInt8

  /// A set from its bits.
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `\Answered`: the message has been answered.
  public static var answered: SystemFlags { SystemFlags(rawValue: 1) }
  /// `\Flagged`: it needs attention.
  public static var flagged: SystemFlags { SystemFlags(rawValue: 2) }
  /// `\Deleted`: the next `EXPUNGE` removes it.
  public static var deleted: SystemFlags { SystemFlags(rawValue: 4) }
  /// `\Seen`: it has been read.
  public static var seen: SystemFlags { SystemFlags(rawValue: 8) }
  /// `\Draft`: it is not finished.
  public static var draft: SystemFlags { SystemFlags(rawValue: 16) }
  /// `\Recent`: this session is the first to see it; gone from IMAP4rev2.
  public static var recent: SystemFlags { SystemFlags(rawValue: 32) }
  /// `\*` of `PERMANENTFLAGS`: the client may create keywords.
  public static var newKeywords: SystemFlags { SystemFlags(rawValue: 64) }

  /// All of these.
  static var known: SystemFlags { SystemFlags(rawValue: 127) }
}
