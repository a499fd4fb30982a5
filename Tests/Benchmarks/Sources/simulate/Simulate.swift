import DeliverySimulation
import MailDelivery

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Simulates five days of a delivery queue and says what came of it; the exit code is 1 if a rule was broken.
///
/// usage: simulate [RECIPIENTS] [DOMAINS] [CRASHES] [SEED] [ILL PERCENT]
///        simulate outage [MESSAGES]
@main
struct Simulate {
  static func main() {
    let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    var options = SimulationOptions()
    options.recipients = numbers.count > 0 ? numbers[0] : 10_000
    options.domains = numbers.count > 1 ? numbers[1] : 100
    options.crashes = numbers.count > 2 ? numbers[2] : 0
    options.seed = numbers.count > 3 ? UInt64(numbers[3]) : 1
    options.illness = numbers.count > 4 ? UInt64(numbers[4]) : 40
    if CommandLine.arguments.dropFirst().first == "outage" {
      options.isOutage = true
      options.domains = 1
      options.recipientsPerMessage = 1
      options.arrivalHours = 1
    }
    let clock = ContinuousClock()
    let start = clock.now
    let result = Simulation(options).run()
    let elapsed = clock.now - start
    print("\(options.recipients) recipients, \(options.domains) domains: \(elapsed)")
    print("\(result)")
    print("resident at most: \(residentKilobytes()) KiB")
    exit(result.violations.isEmpty ? 0 : 1)
  }

  /// The most memory that the process has had.
  private static func residentKilobytes() -> Int {
    var usage = rusage()
    #if canImport(Glibc)
      getrusage(.init(RUSAGE_SELF.rawValue), &usage)
    #else
      getrusage(RUSAGE_SELF, &usage)
    #endif
    return Int(usage.ru_maxrss)
  }
}
