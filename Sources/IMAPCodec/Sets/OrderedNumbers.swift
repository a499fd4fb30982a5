@_spi(MailCodec) public import MailWire

/// Message numbers or UIDs in the order of the wire, as ranges that are never expanded.
///
/// [RFC 4315 §3](https://www.rfc-editor.org/rfc/rfc4315#section-3), where the place of a UID in one set says which UID of the
/// other belongs to it, and [RFC 5267 §3.2](https://www.rfc-editor.org/rfc/rfc5267#section-3.2), where the order is the result
/// of a sort. Each range counts upwards, whichever of its ends is written first.
///
///     304,319:320,7
public struct OrderedNumbers: Hashable, Sendable {
  /// The ranges, in order; what follows a range's last number at once is part of it.
  public private(set) var ranges: [ClosedRange<UInt32>] = []

  /// No numbers, which has no wire form of its own.
  public init() {}

  /// The numbers of these ranges.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` for a range that holds zero; its offset is the index.
  public init(_ ranges: [ClosedRange<UInt32>]) throws(SyntaxError) {
    for index in ranges.indices {
      guard ranges[index].lowerBound > 0 else { throw SyntaxError(.badNumber, at: index) }
      append(ranges[index])
    }
  }

  /// These numbers.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` for zero; its offset is the index.
  public init(_ numbers: [UInt32]) throws(SyntaxError) {
    for index in numbers.indices {
      guard numbers[index] > 0 else { throw SyntaxError(.badNumber, at: index) }
      append(numbers[index]...numbers[index])
    }
  }

  /// Whether there are none.
  public var isEmpty: Bool { ranges.isEmpty }

  /// How many numbers there are; one that is repeated counts each time.
  public var count: UInt64 {
    ranges.reduce(0) { sum, range in sum + UInt64(range.upperBound - range.lowerBound) + 1 }
  }

  /// The numbers as a set, in which order and repetition are lost.
  public var set: NumberRanges {
    var set = NumberRanges()
    for range in ranges { set.add(range) }
    set.normalise()
    return set
  }

  /// The number at a place, counted from zero; nil beyond the last one. The time is linear in the ranges.
  public subscript(place: UInt64) -> UInt32? {
    var left = place
    for range in ranges {
      let count = UInt64(range.upperBound - range.lowerBound) + 1
      if left < count { return range.lowerBound + UInt32(truncatingIfNeeded: left) }
      left -= count
    }
    return nil
  }

  /// The place of a number, counted from zero; nil when it is not among them. The time is linear in the ranges.
  public func place(of number: UInt32) -> UInt64? {
    var place: UInt64 = 0
    for range in ranges {
      if range.contains(number) { return place + UInt64(number - range.lowerBound) }
      place += UInt64(range.upperBound - range.lowerBound) + 1
    }
    return nil
  }

  private mutating func append(_ range: ClosedRange<UInt32>) {
    guard let last = ranges.last, UInt64(last.upperBound) + 1 == UInt64(range.lowerBound) else {
      return ranges.append(range)
    }
    ranges[ranges.count - 1] = last.lowerBound...range.upperBound
  }

  /// Parses `uid-set`: numbers and ranges with commas between them, no `*`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, elements: Int) throws(SyntaxError) -> OrderedNumbers {
    var numbers = OrderedNumbers()
    var count = 0
    repeat {
      guard count < elements else { throw cursor.error(.tooMany) }
      count &+= 1
      let first = try number(&cursor)
      let second = cursor.skip(.colon) ? try number(&cursor) : first
      numbers.append(min(first, second)...max(first, second))
    } while cursor.skip(.comma)
    return numbers
  }

  @inline(__always)
  @_lifetime(cursor: copy cursor)
  private static func number(_ cursor: inout ByteCursor) throws(SyntaxError) -> UInt32 {
    guard let number = cursor.takeNonZero32() else { throw cursor.error(cursor.isAtEnd ? .unexpectedEnd : .badNumber) }
    return number
  }

  func write(to writer: inout IMAPWriter) {
    var isFirst = true
    for range in ranges {
      if !isFirst { writer.append(.comma) }
      isFirst = false
      writer.append(decimal: UInt64(range.lowerBound))
      guard range.lowerBound != range.upperBound else { continue }
      writer.append(.colon)
      writer.append(decimal: UInt64(range.upperBound))
    }
  }
}
