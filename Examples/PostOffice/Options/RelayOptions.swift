import MailDelivery
import MailWire
import SMTPCodec

/// Where `postoffice serve` sends mail for other domains, for whom, and how often it tries.
struct RelayOptions {
  /// The servers of a domain, the best first.
  var routes: [(domain: Domain, targets: [RelayTarget])] = []
  /// Who gets mail for all other domains.
  var smartHost: RelayTarget?
  /// The name server that is asked about all other domains.
  var resolver: Endpoint?
  /// From where mail for other domains is taken without a login.
  var networks: [Network] = []
  var schedule = RetrySchedule.rfc
  /// How long overdue mail is spread over after a start.
  var restartSpread = Duration.seconds(5)

  /// Reads the value of an option; false when the option is none of these.
  mutating func take(_ option: String, from scanner: inout OptionScanner) throws(Failure) -> Bool {
    switch option {
    case "--route": try addRoute(try scanner.value(of: option))
    case "--smart-host": smartHost = try Self.target(try scanner.value(of: option), of: option)
    case "--resolver": resolver = try scanner.endpoint(of: option)
    case "--relay-from": networks.append(try Self.network(try scanner.value(of: option)))
    case "--retry": try setRetry(try scanner.value(of: option))
    case "--expire":
      schedule.expiry = try Self.duration(try scanner.value(of: option), of: option)
      schedule.reportExpiry = schedule.expiry
    case "--delay-notice": try setNotice(try scanner.value(of: option))
    default: return false
    }
    return true
  }

  private mutating func addRoute(_ text: String) throws(Failure) {
    guard let equals = text.firstIndex(of: "="), let domain = try? Domain(String(text[..<equals])) else {
      throw Failure(.usage, "--route needs DOMAIN=HOST:PORT[,HOST:PORT…], not \(text)")
    }
    guard !routes.contains(where: { $0.domain == domain }) else {
      throw Failure(.usage, "--route is given twice for \(domain)")
    }
    var targets: [RelayTarget] = []
    for host in text[text.index(after: equals)...].split(separator: ",", omittingEmptySubsequences: false) {
      targets.append(try Self.target(String(host), of: "--route"))
    }
    guard targets.count <= 5 else { throw Failure(.usage, "--route takes five hosts for \(domain) at most") }
    routes.append((domain, targets))
  }

  private static func target(_ text: String, of option: String) throws(Failure) -> RelayTarget {
    guard let endpoint = Endpoint(parsing: text), endpoint.port > 0,
      let target = try? RelayTarget("[\(endpoint.host)]:\(endpoint.port)")
    else { throw Failure(.usage, "\(option) needs HOST:PORT, not \(text)") }
    return target
  }

  private static func network(_ text: String) throws(Failure) -> Network {
    guard let network = Network(parsing: text) else {
      throw Failure(.usage, "--relay-from needs an address or a network such as 192.0.2.0/24, not \(text)")
    }
    return network
  }

  /// The times before which a sender hears nothing and after which mail goes back are kept when only the intervals change.
  private mutating func setRetry(_ text: String) throws(Failure) {
    switch text {
    case "rfc": use(.rfc)
    case "postfix": use(.postfix)
    case "exim": use(.exim)
    default:
      var intervals: [Duration] = []
      for part in text.split(separator: ",", omittingEmptySubsequences: false) {
        guard let interval = Self.duration(String(part)) else {
          throw Failure(.usage, "--retry needs rfc, postfix, exim, or times such as 5m,10m,1h, not \(text)")
        }
        intervals.append(interval)
      }
      schedule.intervals = RetryIntervals(.list(intervals))
      // Whoever lists intervals means them, after greylisting as well.
      schedule.exceptions = [:]
    }
  }

  private mutating func use(_ preset: RetrySchedule) {
    schedule.intervals = preset.intervals
    schedule.exceptions = preset.exceptions
  }

  private mutating func setNotice(_ text: String) throws(Failure) {
    schedule.delayNotices = text == "none" ? [] : [try Self.duration(text, of: "--delay-notice")]
  }

  private static func duration(_ text: String, of option: String) throws(Failure) -> Duration {
    guard let duration = duration(text) else {
      throw Failure(.usage, "\(option) needs a time such as 30s, 5m, 4h or 5d, not \(text)")
    }
    return duration
  }

  /// A number and a unit: `30s`, `5m`, `4h`, `5d`.
  private static func duration(_ text: String) -> Duration? {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    let digits = text.dropLast()
    guard
      let last = text.last, let unit = units[last], digits.utf8.allSatisfy({ 48...57 ~= $0 }),
      let number = Int64(digits), 1...1_000_000 ~= number
    else { return nil }
    return .seconds(number * unit)
  }

  /// The rules of the router, for a host that has these domains itself and listens there.
  func router(domains: [Domain], listening: [Endpoint]) -> Router {
    let addresses = listening.compactMap { IPAddress($0.host) }
    var router = Router(
      identity: HostIdentity(names: domains, addresses: addresses, ports: listening.map(\.port)))
    if let smartHost { router.domains["*"] = .relay([smartHost]) }
    for route in routes { router.domains[route.domain.description] = .relay(route.targets) }
    for domain in domains { router.domains[domain.description] = .local }
    return router
  }
}
