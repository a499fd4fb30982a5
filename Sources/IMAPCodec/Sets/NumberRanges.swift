@_spi(MailCodec) public import MailWire

/// A set of positive numbers as ranges, ascending, neither touching nor overlapping, perhaps with an open end.
///
/// [RFC 9051 §9](https://www.rfc-editor.org/rfc/rfc9051#section-9), `sequence-set`. Ranges are never expanded: `1:4294967295`
/// costs eight octets. `*` stands for the highest number in the mailbox, so `n:*` holds that number even when `n` is larger.
///
///     2,4:7,9,12:*
public struct NumberRanges: Hashable, Sendable {
  /// The first range, 0 to 0 for none: a set of one range, as most are, costs no allocation.
  private(set) var first: ClosedRange<UInt32> = 0...0
  /// The ranges behind the first.
  private(set) var more: [ClosedRange<UInt32>] = []
  /// 0 for no open end, *n* for `n:*`, ``star`` for `*`.
  var tail: UInt64 = 0

  /// The closed ranges, ascending, with at least one number between each two.
  public var ranges: [ClosedRange<UInt32>] { first.lowerBound == 0 ? [] : [first] + more }

  /// What stands for `*` in a bound: above every number.
  static let star: UInt64 = 1 << 32

  /// The empty set, which has no wire form.
  public init() {}

  /// The numbers of one range.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` when it holds zero.
  public init(_ range: ClosedRange<UInt32>) throws(SyntaxError) {
    guard range.lowerBound > 0 else { throw SyntaxError(.badNumber, at: 0) }
    first = range
  }

  /// The numbers of a list, in any order.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` when one is zero; its offset is the index.
  public init(_ numbers: [UInt32]) throws(SyntaxError) {
    for index in numbers.indices {
      guard numbers[index] > 0 else { throw SyntaxError(.badNumber, at: index) }
      add(UInt64(numbers[index]), UInt64(numbers[index]))
    }
    normalise()
  }

  /// The numbers of ranges in any order, none of which holds zero.
  package init(positive ranges: [ClosedRange<UInt32>]) {
    first = ranges.first ?? 0...0
    more = [ClosedRange<UInt32>](ranges.dropFirst())
    normalise()
  }

  /// `n:*`: from a number to the highest one.
  ///
  /// - Throws: ``SyntaxError`` with the code `badNumber` for zero.
  public init(from lowest: UInt32) throws(SyntaxError) {
    guard lowest > 0 else { throw SyntaxError(.badNumber, at: 0) }
    tail = UInt64(lowest)
  }

  /// `*`: the highest number alone.
  public static var last: NumberRanges {
    var set = NumberRanges()
    set.tail = star
    return set
  }

  /// Whether there is nothing in it.
  public var isEmpty: Bool { first.lowerBound == 0 && tail == 0 }

  /// Whether it has a `*`, so that its numbers depend on the mailbox.
  public var isOpen: Bool { tail != 0 }

  /// The *n* of `n:*`; nil without an open end, and for `*` alone.
  public var openFrom: UInt32? { tail == 0 ? nil : UInt32(exactly: tail) }

  /// How many numbers the closed ranges hold; an open end is not counted.
  public var closedCount: UInt64 {
    ranges.reduce(0) { sum, range in sum + UInt64(range.upperBound - range.lowerBound) + 1 }
  }

  // MARK: Building

  /// Adds a range of bounds in either order, not yet normalised.
  @inline(__always)
  mutating func add(_ first: UInt64, _ second: UInt64) {
    let lower = Swift.min(first, second)
    let upper = Swift.max(first, second)
    if upper == Self.star {
      tail = tail == 0 ? lower : Swift.min(tail, lower)
    } else {
      add(UInt32(truncatingIfNeeded: lower)...UInt32(truncatingIfNeeded: upper))
    }
  }

  /// Adds a closed range, not yet normalised.
  @inline(__always)
  mutating func add(_ range: ClosedRange<UInt32>) {
    if first.lowerBound == 0 { first = range } else { more.append(range) }
  }

  /// Makes room for so many ranges.
  mutating func reserve(_ count: Int) { more.reserveCapacity(count) }

  /// Calls `body` with each closed range, in order.
  @inline(__always)
  func forEachRange(_ body: (ClosedRange<UInt32>) -> Void) {
    guard first.lowerBound > 0 else { return }
    body(first)
    for range in more { body(range) }
  }

  /// Sorts and joins what touches: no work on a set that is in order, as nearly all are.
  @inline(__always)
  mutating func normalise() {
    var previous = UInt64(first.upperBound)
    for range in more {
      // A gap of one number at least.
      guard UInt64(range.lowerBound) > previous + 1 else { return normaliseAll() }
      previous = UInt64(range.upperBound)
    }
    if tail != 0, previous != 0, previous + 1 >= tail { normaliseAll() }
  }

  private mutating func normaliseAll() {
    var joined: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = joined.last, UInt64(range.lowerBound) <= UInt64(last.upperBound) + 1 {
        joined[joined.count - 1] = last.lowerBound...Swift.max(last.upperBound, range.upperBound)
      } else {
        joined.append(range)
      }
    }
    while tail != 0, let last = joined.last, UInt64(last.upperBound) + 1 >= tail {
      tail = Swift.min(tail, UInt64(last.lowerBound))
      joined.removeLast()
    }
    first = joined.first ?? 0...0
    more = [ClosedRange<UInt32>](joined.dropFirst())
  }
}
