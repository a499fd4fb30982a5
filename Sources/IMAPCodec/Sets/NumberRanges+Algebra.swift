extension NumberRanges {
  /// The closed set that this one means in a mailbox whose highest number is `last`; zero for an empty mailbox.
  ///
  /// `9:*` is `7` where 7 is the highest number. Closed ranges are cut at `last`.
  public func resolved(last: UInt32) -> NumberRanges {
    var result = NumberRanges()
    guard last > 0 else { return result }
    for range in ranges where range.lowerBound <= last {
      result.add(range.lowerBound...Swift.min(range.upperBound, last))
    }
    if tail != 0 { result.add(UInt32(Swift.min(tail, UInt64(last)))...last) }
    result.normalise()
    return result
  }

  /// Whether a closed range holds the number, or it lies at or above the *n* of `n:*`; found by bisection.
  public func contains(_ number: UInt32) -> Bool {
    if tail != 0, UInt64(number) >= tail { return true }
    if first.contains(number) { return number > 0 }
    let ranges = more
    var lower = 0
    var upper = ranges.count
    while lower < upper {
      let middle = (lower + upper) / 2
      if number > ranges[middle].upperBound {
        lower = middle + 1
      } else if number < ranges[middle].lowerBound {
        upper = middle
      } else {
        return true
      }
    }
    return false
  }

  /// Whether the number is in the set, in a mailbox whose highest number is `last`.
  public func contains(_ number: UInt32, last: UInt32) -> Bool {
    number > 0 && number <= last && (contains(number) || (tail != 0 && number == last))
  }

  /// The numbers of either set. `3:7` and `5:*` make `3:*`.
  public func union(_ other: NumberRanges) -> NumberRanges {
    var result = self
    result.formUnion(other)
    return result
  }

  /// Adds the numbers of another set.
  public mutating func formUnion(_ other: NumberRanges) {
    other.forEachRange { add($0) }
    if other.tail != 0 { tail = tail == 0 ? other.tail : Swift.min(tail, other.tail) }
    normalise()
  }

  /// The numbers of both sets, in time linear in their ranges.
  ///
  /// An open end counts as reaching up to 4,294,967,295; where the highest number may be lower than the *n* of `n:*`,
  /// call ``resolved(last:)`` first.
  public func intersection(_ other: NumberRanges) -> NumberRanges {
    var result = NumberRanges()
    let left = bounds
    let right = other.bounds
    var first = 0
    var second = 0
    while first < left.count, second < right.count {
      let lower = Swift.max(left[first].lowerBound, right[second].lowerBound)
      let upper = Swift.min(left[first].upperBound, right[second].upperBound)
      if lower <= upper { result.add(lower, upper) }
      if left[first].upperBound < right[second].upperBound { first += 1 } else { second += 1 }
    }
    result.normalise()
    return result
  }

  /// The numbers of this set that are not in the other, in time linear in their ranges; open ends as for
  /// ``intersection(_:)``.
  public func subtracting(_ other: NumberRanges) -> NumberRanges {
    var complement = NumberRanges()
    var next: UInt64 = 1
    for range in other.bounds {
      if range.lowerBound > next { complement.add(next, range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= Self.star { complement.add(next, Self.star) }
    return intersection(complement)
  }

  /// The ranges with the open end as one up to ``star``.
  private var bounds: [ClosedRange<UInt64>] {
    var bounds = ranges.map { UInt64($0.lowerBound)...UInt64($0.upperBound) }
    if tail != 0 { bounds.append(tail...Self.star) }
    return bounds
  }

  /// The first numbers, ascending, at most `limit`; an open end gives none, so call ``resolved(last:)`` first.
  public func numbers(limit: Int) -> [UInt32] {
    var numbers: [UInt32] = []
    for range in ranges {
      for number in range {
        guard numbers.count < limit else { return numbers }
        numbers.append(number)
      }
    }
    return numbers
  }
}
