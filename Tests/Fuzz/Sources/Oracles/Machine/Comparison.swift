/// Plays one script in every way: cut whole, octet by octet and at derived places, and once with a trace. All of them must
/// say the same.
///
/// - Parameter isComparable: false where the result may depend on how the octets arrive; then only no step may fail.
func playEveryWay(
  isComparable: Bool = true, _ play: (Cut, _ isTracing: Bool) throws(Finding) -> Record
) throws(Finding) -> Record {
  let expected = try play(.whole, false)
  for (cut, isTracing) in [(Cut.singleOctets, false), (.derived, false), (.derived, true)] {
    let record = try play(cut, isTracing)
    guard !isComparable || expected.agrees(with: record) else {
      throw Finding("cut \(cut), tracing \(isTracing): \(expected.difference(from: record))")
    }
  }
  return expected
}
