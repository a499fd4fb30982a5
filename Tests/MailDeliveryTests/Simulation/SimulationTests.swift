import DeliverySimulation
import MailDelivery
import MailTestKit
import Testing

@Suite struct SimulationTests {
  private func run(_ options: SimulationOptions) -> SimulationResult {
    Simulation(options).run()
  }

  @Test func everybodyIsServedInAWorldThatIsWell() {
    var options = SimulationOptions()
    options.illness = 0
    options.recipients = 300
    let result = run(options)
    check(result.violations.isEmpty, "\(result)")
    check(result.delivered == options.recipients && result.duplicates == 0, "\(result)")
  }

  @Test func theRulesHoldInAnIllWorld() {
    for seed in 1...4 as ClosedRange<UInt64> {
      var options = SimulationOptions()
      options.recipients = 150
      options.domains = 30
      options.illness = 100
      options.seed = seed
      let result = run(options)
      check(result.violations.isEmpty, "seed \(seed): \(result)")
      check(result.delivered + result.failed == options.recipients, "seed \(seed): \(result)")
    }
  }

  @Test func crashesLoseNothing() {
    for seed in 1...4 as ClosedRange<UInt64> {
      var options = SimulationOptions()
      options.recipients = 100
      options.domains = 20
      options.illness = 60
      options.crashes = 25
      options.seed = seed
      let result = run(options)
      check(result.crashes == 25 && result.violations.isEmpty, "seed \(seed): \(result)")
      check(result.delivered + result.failed == options.recipients, "seed \(seed): \(result)")
    }
  }

  @Test func clocksMayJump() {
    for seed in 1...4 as ClosedRange<UInt64> {
      var options = SimulationOptions()
      options.recipients = 60
      options.domains = 12
      options.clockJumps = true
      options.seed = seed
      let result = run(options)
      check(result.violations.isEmpty, "seed \(seed): \(result)")
      check(result.delivered + result.failed == options.recipients, "seed \(seed): \(result)")
    }
  }

  @Test func theSameSeedGivesTheSameTrace() {
    var options = SimulationOptions()
    options.recipients = 100
    options.crashes = 5
    let first = run(options)
    check(first == run(options))
    options.seed = 2
    check(first.trace != run(options).trace)
  }
}
