@_spi(MailCodec) public import MailWire

/// A set of messages as the wire names it: ranges of numbers, the result of the last `SEARCH`, or both. Never empty.
///
/// `$` alone is the usual form; the grammar of [RFC 5182 §3](https://www.rfc-editor.org/rfc/rfc5182#section-3) and of
/// [RFC 9051 §9](https://www.rfc-editor.org/rfc/rfc9051#section-9) has it at the end of a list as well, where it adds the
/// saved result to the numbers: `1,5:7,$`.
///
/// ``SequenceSet`` and ``UIDSet`` are this, of two kinds, so that nobody passes one for the other.
public struct MessageNumberSet<Kind: Sendable>: Hashable, Sendable, CustomStringConvertible {
  /// The numbers; empty for ``savedResult``.
  public let ranges: NumberRanges
  /// Whether the saved result is in it, `$`, [RFC 5182](https://www.rfc-editor.org/rfc/rfc5182).
  public let includesSavedResult: Bool

  /// The set of these ranges, which are not empty, or with `$`.
  init(unchecked ranges: NumberRanges, includesSavedResult: Bool = false) {
    self.ranges = ranges
    self.includesSavedResult = includesSavedResult
  }

  /// Whether it is `$` and nothing else.
  public var isSavedResult: Bool { includesSavedResult && ranges.isEmpty }
}

extension MessageNumberSet {
  /// `$`: the messages that the last `SEARCH RETURN (SAVE)` found, [RFC 5182](https://www.rfc-editor.org/rfc/rfc5182).
  public static var savedResult: Self { Self(unchecked: NumberRanges(), includesSavedResult: true) }

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
    let ranges = try NumberRanges.parse(&cursor, elements: elements)
    return Self(unchecked: ranges, includesSavedResult: cursor.skipSavedResult())
  }

  /// The messages of either set.
  public func union(_ other: Self) -> Self {
    Self(
      unchecked: ranges.union(other.ranges), includesSavedResult: includesSavedResult || other.includesSavedResult)
  }

  func write(to writer: inout IMAPWriter) {
    ranges.write(to: &writer)
    guard includesSavedResult else { return }
    if !ranges.isEmpty { writer.append(.comma) }
    writer.append(36)
  }

  /// The set as it is written.
  public var description: String { IMAPWriter.text { write(to: &$0) } }
}
