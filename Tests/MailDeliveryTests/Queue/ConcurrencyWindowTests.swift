import MailDelivery
import MailTestKit
import Testing

@Suite struct ConcurrencyWindowTests {
  @Test func widensWithSuccessesAndOnlyWhenUsed() {
    var window = ConcurrencyWindow()
    for _ in 0..<5 { window.succeed(busy: 5) }
    check(window.width == 6)
    for _ in 0..<1000 { window.succeed(busy: 1) }
    check(window.width == 6, "an idle window grew to \(window.width)")
    for _ in 0..<1000 { window.succeed(busy: 20) }
    check(window.width == 20)
  }

  @Test func dieAfterACohortOfFailures() {
    for cohorts in 1...3 {
      for busy in 1...5 {
        var window = ConcurrencyWindow(ConcurrencyWindow.Limits(failedCohorts: cohorts))
        var failures = 1
        while !window.fail(busy: busy), failures < 100 { failures += 1 }
        // The window narrows on the way, so later cohorts are smaller.
        let isRight =
          cohorts == 1 ? failures == busy : failures > busy * (cohorts - 1) / 2 && failures <= busy * cohorts
        check(window.isDead && isRight, "\(cohorts) \(busy): \(failures)")
        window.revive()
        check(window.width == 1)
      }
    }
  }

  /// Within its limits whatever happens, and never more than one step at a time.
  @Test func staysWithinItsLimits() {
    var random = SplitMix64(seed: 4)
    var window = ConcurrencyWindow(ConcurrencyWindow.Limits(initial: 3, maximum: 9, failedCohorts: 2))
    for _ in 0..<20_000 {
      let before = window.width
      let busy = 1 + random.below(9)
      if random.below(3) == 0 {
        let isDead = window.fail(busy: busy)
        check(isDead == (window.width == 0) && window.width <= before)
        if isDead { window.revive() }
      } else {
        window.succeed(busy: busy)
        check(window.width <= 9 && window.width - before <= 1 && window.width >= before)
      }
    }
  }
}
