/// A part of a message: where it is, and what it is. The message itself is the first one.
///
/// [RFC 2045 §2.5](https://www.rfc-editor.org/rfc/rfc2045#section-2.5)
public struct MessagePart: Hashable, Sendable {
  /// What a part has inside.
  @frozen
  public enum Kind: Hashable, Sendable {
    /// Content.
    case single
    /// `multipart/…`: parts between boundaries.
    case multipart
    /// `message/rfc822` or `message/global`: a message, which is the only child.
    case message
  }

  /// What the part has inside.
  public internal(set) var kind = Kind.single
  /// The type is `text`, which is what parts without a type are.
  public internal(set) var isText = false
  /// No valid type is given, and the default is `message/rfc822`: the part is in a `multipart/digest`.
  public internal(set) var isDigestEntry = false
  /// How the body is encoded.
  public internal(set) var encoding = TransferEncoding.sevenBit
  /// The header, the empty line at its end included.
  public internal(set) var header: Range<Int>
  /// The body, without the line end in front of a boundary.
  public internal(set) var body: Range<Int>
  /// The line ends of the header.
  public internal(set) var headerLines = 0
  /// The line ends of the body.
  public internal(set) var bodyLines = 0
  /// The index of the part that this one is in; nil for the message itself.
  public let parent: Int?
  /// The index behind the last part inside of this one: where its next sibling is, if it has one.
  public internal(set) var end = 0
  /// How many parts are directly inside.
  public internal(set) var childCount = 0
  /// The levels above.
  public let depth: Int

  init(_ header: Range<Int>, parent: Int?, depth: Int) {
    self.header = header
    body = header.upperBound..<header.upperBound
    self.parent = parent
    self.depth = depth
  }
}
