import IMAPCodec

extension NumberRanges {
  /// The set of numbers that ascend and are not zero; time linear in their count.
  init(ascending numbers: [UInt32]) {
    // Runs become ranges first: nearly always there are few of them.
    var runs: [ClosedRange<UInt32>] = []
    for number in numbers where number > 0 {
      if let last = runs.last, last.upperBound < .max, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    self = Self.joined(runs[...])
  }

  /// Halves are joined, because joining one range after the other would copy all those before it each time.
  private static func joined(_ runs: ArraySlice<ClosedRange<UInt32>>) -> NumberRanges {
    guard runs.count > 1 else { return runs.first.flatMap { try? NumberRanges($0) } ?? NumberRanges() }
    let middle = (runs.startIndex + runs.endIndex) / 2
    return joined(runs[..<middle]).union(joined(runs[middle...]))
  }
}
