/// Whether work on twice as much takes less than three times as long, in one of several tries, since the machine is shared.
func isLinear(_ count: Int, _ work: (Int) -> () -> Void) -> Bool {
  let (small, large) = (work(count), work(count * 2))
  for _ in 0..<8 {
    let first = ContinuousClock().measure(small)
    let second = ContinuousClock().measure(large)
    if second < first * 3 + .milliseconds(5) { return true }
  }
  return false
}
