/// Counts the octets that a text has once its lines end with CRLF: what POP3 announces and SMTP's SIZE declares.
///
/// [RFC 1939 §11](https://www.rfc-editor.org/rfc/rfc1939#section-11): a server that stores lines with a bare LF must count
/// each line end as two octets. A last line without an ending counts as ended, because
/// ``DotStuffingEncoder`` ends it. Dots are counted once.
public struct CanonicalSize: Sendable {
  private var counted: UInt64 = 0
  private var last: UInt8 = .lineFeed

  /// The size of an empty text.
  public init() {}

  /// The octets of the text so far.
  public var octets: UInt64 {
    switch last {
    case .lineFeed: counted
    case .carriageReturn: counted + 1
    default: counted + 2
    }
  }

  /// Counts the next part of the text.
  public mutating func add(_ part: Span<UInt8>) {
    guard part.count > 0 else { return }
    counted += UInt64(part.count)
    judge(last, part[0])
    var offset = 0
    while offset < part.count - 1 {
      offset = part.firstRemarkablePair(from: offset)
      guard offset < part.count - 1 else { break }
      judge(part[offset], part[offset + 1])
      offset += 1
    }
    last = part[part.count - 1]
  }

  /// A CR without an LF and an LF without a CR each need one octet more.
  private mutating func judge(_ here: UInt8, _ next: UInt8) {
    if (here == .carriageReturn) != (next == .lineFeed) { counted += 1 }
  }
}
