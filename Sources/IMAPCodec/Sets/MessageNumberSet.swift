@_spi(MailCodec) public import MailWire

/// A set of messages as the wire names it: ranges of numbers, or the result of the last `SEARCH`. Never empty.
///
/// ``SequenceSet`` and ``UIDSet`` are this, of two kinds, so that nobody passes one for the other.
public struct MessageNumberSet<Kind: Sendable>: Hashable, Sendable, CustomStringConvertible {
  /// The numbers; empty for ``savedResult``.
  public let ranges: NumberRanges
  /// Whether it is `$`, the saved result, [RFC 5182](https://www.rfc-editor.org/rfc/rfc5182).
  public let isSavedResult: Bool

  /// The set of these ranges, which are not empty, or `$`.
  init(unchecked ranges: NumberRanges, isSavedResult: Bool = false) {
    self.ranges = ranges
    self.isSavedResult = isSavedResult
  }
}

extension MessageNumberSet {
  /// `$`: the messages that the last `SEARCH RETURN (SAVE)` found, [RFC 5182](https://www.rfc-editor.org/rfc/rfc5182).
  public static var savedResult: Self { Self(unchecked: NumberRanges(), isSavedResult: true) }

  /// `1:*`: every message.
  public static var all: Self {
    var ranges = NumberRanges()
    ranges.tail = 1
    return Self(unchecked: ranges)
  }

  /// `*`: the message with the highest number.
  public static var last: Self { Self(unchecked: .last) }

  /// The set of these ranges.
  ///
  /// - Throws: ``SyntaxError`` with the code `empty` for none, which has no wire form.
  public init(_ ranges: NumberRanges) throws(SyntaxError) {
    guard !ranges.isEmpty else { throw SyntaxError(.empty, at: 0) }
    self.init(unchecked: ranges)
  }

  /// One number.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` for zero.
  public init(_ number: UInt32) throws(SyntaxError) {
    try self.init(try NumberRanges(number...number))
  }

  /// One range.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` when it holds zero.
  public init(_ range: ClosedRange<UInt32>) throws(SyntaxError) {
    try self.init(try NumberRanges(range))
  }

  /// `n:*`.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` for zero.
  public init(from lowest: UInt32) throws(SyntaxError) {
    try self.init(try NumberRanges(from: lowest))
  }

  /// Parses a whole text: numbers, `*`, ranges, commas, or `$` alone.
  ///
  /// - Parameter elements: the most ranges that are taken, 100,000 by default.
  /// - Throws: ``SyntaxError`` with the code `badNumber` for zero, a leading zero, or more than 4,294,967,295, `tooMany`,
  ///   `unexpectedEnd` for nothing where a number must be, `trailingBytes`.
  public init(_ text: Span<UInt8>, elements: Int = 100_000) throws(SyntaxError) {
    var cursor = ByteCursor(text)
    let set = try Self.parse(&cursor, elements: elements)
    guard cursor.isAtEnd else { throw cursor.error(.trailingBytes) }
    self = set
  }

  /// Parses a whole text, as for octets.
  ///
  /// - Throws: ``SyntaxError``, as for octets.
  public init(_ text: String) throws(SyntaxError) {
    let bytes = [UInt8](text.utf8)
    try self.init(bytes.span)
  }

  /// Parses the set at the cursor.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, elements: Int) throws(SyntaxError) -> Self {
    if cursor.skip(36) { return .savedResult }
    return Self(unchecked: try NumberRanges.parse(&cursor, elements: elements))
  }

  /// The messages of either set; nil when just one of them is `$`, since nobody here knows what it holds.
  public func union(_ other: Self) -> Self? {
    guard isSavedResult == other.isSavedResult else { return nil }
    return Self(unchecked: ranges.union(other.ranges), isSavedResult: isSavedResult)
  }

  func write(to writer: inout IMAPWriter) {
    if isSavedResult { writer.append(36) } else { ranges.write(to: &writer) }
  }

  /// The set as it is written.
  public var description: String { IMAPWriter.text { write(to: &$0) } }
}
