@_spi(MailCodec) public import MailWire

/// The tag of a command, which its completion repeats.
///
/// [RFC 9051 §2.2.1](https://www.rfc-editor.org/rfc/rfc9051#section-2.2.1): `1*<any ASTRING-CHAR except "+">`. Case counts.
/// A tag of up to 15 octets costs no allocation.
///
///     C: A00001 NOOP
///     S: A00001 OK done
public struct IMAPTag: Hashable, Sendable, CustomStringConvertible {
  /// The first eight octets, first one lowest.
  private let low: UInt64
  /// The next seven, and the length on top; 255 there says that `long` holds the octets.
  private let high: UInt64
  private let long: [UInt8]

  /// The longest tag in octets.
  public static let maximumLength = 128

  /// Validates octets.
  ///
  /// - Throws: ``SyntaxError`` with the code `badToken` at the first octet that a tag may not have, `tooLong` beyond
  ///   ``maximumLength``, `empty` for none.
  public init(_ span: Span<UInt8>) throws(SyntaxError) {
    guard !span.isEmpty else { throw SyntaxError(.empty, at: 0) }
    for index in span.indices where !ASCIIClass.tag.contains(span[index]) { throw SyntaxError(.badToken, at: index) }
    guard span.count <= Self.maximumLength else { throw SyntaxError(.tooLong, at: Self.maximumLength) }
    self.init(validated: span)
  }

  /// Validates text.
  ///
  /// - Throws: ``SyntaxError``, as for octets.
  public init(_ text: String) throws(SyntaxError) {
    let bytes = [UInt8](text.utf8)
    try self.init(bytes.span)
  }

  /// The tag of a prefix and a number, as a client counts its commands: `A`, 7 becomes `A7`.
  ///
  /// - Throws: ``SyntaxError``, as for octets.
  public init(prefix: String, number: UInt64) throws(SyntaxError) {
    let bytes = IMAPWriter.bytes { writer in
      writer.append([UInt8](prefix.utf8))
      writer.append(decimal: number)
    }
    try self.init(bytes.span)
  }

  @inline(__always)
  init(validated span: Span<UInt8>) {
    guard span.count < 16 else {
      low = 0
      high = 255 << 56
      long = span.copied()
      return
    }
    var low: UInt64 = 0
    var high = UInt64(span.count) << 56
    for index in 0..<Swift.min(8, span.count) { low |= UInt64(span[index]) << UInt64(index &* 8) }
    if span.count > 8 {
      for index in 8..<span.count { high |= UInt64(span[index]) << UInt64((index &- 8) &* 8) }
    }
    self.low = low
    self.high = high
    long = []
  }

  /// Parses the tag at the cursor.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor) throws(SyntaxError) -> IMAPTag {
    let start = cursor.offset
    if let tag = parseShort(&cursor) { return tag }
    let span = cursor.take { ASCIIClass.tag.contains($0) }
    guard !span.isEmpty else { throw SyntaxError(cursor.isAtEnd ? .empty : .badToken, at: start) }
    guard span.count <= maximumLength else { throw SyntaxError(.tooLong, at: start + maximumLength) }
    return IMAPTag(validated: span)
  }

  /// A tag of at most seven octets and the space behind it, in one integer; nil, with the cursor where it was, for another.
  @inline(__always)
  @_lifetime(cursor: copy cursor)
  private static func parseShort(_ cursor: inout ByteCursor) -> IMAPTag? {
    let raw = unsafe cursor.bytes.bytes
    guard cursor.offset &+ 8 <= raw.byteCount else { return nil }
    let word = raw.word(at: cursor.offset)
    let ones: UInt64 = 0x0101_0101_0101_0101
    let spaces = word ^ (ones &* 0x20)
    let ends = (spaces &- ones) & ~spaces & (ones &* 0x80)
    guard ends != 0 else { return nil }
    let count = ends.trailingZeroBitCount >> 3
    guard count > 0 else { return nil }
    var rest = word
    for _ in 0..<count {
      guard ASCIIClass.tag.contains(UInt8(truncatingIfNeeded: rest)) else { return nil }
      rest >>= 8
    }
    cursor.offset &+= count
    return IMAPTag(short: word & ((1 << UInt64(count &* 8)) &- 1), count: count)
  }

  @inline(__always)
  private init(short low: UInt64, count: Int) {
    self.low = low
    high = UInt64(count) << 56
    long = []
  }

  /// The octets of the tag.
  public var bytes: [UInt8] {
    let count = high >> 56
    guard count < 16 else { return long }
    return (0..<count).map { index in
      UInt8(truncatingIfNeeded: index < 8 ? low >> (index * 8) : high >> ((index - 8) * 8))
    }
  }

  func write(to writer: inout IMAPWriter) {
    let count = high >> 56
    guard count < 16 else { return writer.append(long) }
    for index in 0..<Swift.min(8, count) { writer.append(UInt8(truncatingIfNeeded: low >> (index &* 8))) }
    guard count > 8 else { return }
    for index in 0..<(count &- 8) { writer.append(UInt8(truncatingIfNeeded: high >> (index &* 8))) }
  }

  /// The tag as text.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
