/// What to do with content whose lines do not end as the standards demand: a bare CR, a bare LF, or a NUL.
///
/// [RFC 5321 §2.3.8](https://www.rfc-editor.org/rfc/rfc5321#section-2.3.8): CR and LF occur in mail only together, as CRLF.
/// Servers that disagreed on this were used to smuggle one message inside another. No policy ever moves the end of a
/// message: that is CRLF, dot, CRLF and nothing else.
@frozen
public enum LineEndingPolicy: Sendable {
  /// Read to the true end of the message, then refuse it. The default for a server.
  case reject
  /// Turn each bare CR and each bare LF into CRLF and drop each NUL. The default for a sender.
  case normalise
  /// Keep the bytes as they came.
  case verbatim
}

/// Irregular bytes that were seen in content.
@frozen
public struct ContentIrregularities: OptionSet, Sendable, Hashable {
  /// The bits, one for each kind.
  public let rawValue: UInt8

  /// A set from its bits.
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A CR without an LF behind it.
  public static let bareCarriageReturn = ContentIrregularities(rawValue: 1)
  /// An LF without a CR before it.
  public static let bareLineFeed = ContentIrregularities(rawValue: 2)
  /// A NUL.
  public static let null = ContentIrregularities(rawValue: 4)
}
