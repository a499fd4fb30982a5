import MailDelivery
import MailWire
import SMTPCodec

/// Finds the hosts that take a domain's mail: by the configured routes, whose names the system looks up.
class RouteFinder {
  let router: Router
  /// Who is told, with the domain as it was asked for.
  var answer: (_ domain: [UInt8], DeliveryRoute, _ lifetime: Duration) -> Void = { _, _, _ in }

  init(router: Router) { self.router = router }

  /// Whether there is any way to an address.
  func leads(to mailbox: Mailbox) -> Bool {
    if case .relay = router.route(.mailbox(mailbox)) { return true }
    return false
  }

  /// Looks for the way and calls ``answer``, at once or later.
  func find(_ domain: [UInt8]) {
    guard let postmaster = try? Mailbox(([UInt8]("postmaster@".utf8) + domain).span) else {
      return answer(domain, .none(Self.noRoute), .seconds(60))
    }
    find(router.route(.mailbox(postmaster)), for: domain)
  }

  func find(_ route: Route, for domain: [UInt8]) {
    guard case .relay(let targets) = route else { return answer(domain, .unknown(Self.noRoute), .seconds(60)) }
    var lookup = RouteLookup(.relay(targets), router: router)
    var generator = SystemRandomNumberGenerator()
    while true {
      switch lookup.next(using: &generator) {
      case .done(let result): return answer(domain, Self.inOrder(result), .seconds(60))
      case .ask(let questions): for question in questions { Self.answer(question, &lookup) }
      }
    }
  }

  /// Nothing more will be answered.
  func stop() {}

  /// A route is one list of hosts, so that its order is the order of preference.
  static func inOrder(_ result: RoutingResult) -> DeliveryRoute { DeliveryRoute(result) }

  /// Names in routes are looked up by the system, which takes a moment when it must ask somebody.
  static func answer(_ question: RouteLookup.Question, _ lookup: inout RouteLookup) {
    switch question {
    case .exchangers(let domain): lookup.answer(.records([]) as MXAnswer, exchangersOf: domain)
    case .addresses(let domain):
      let found = try? SocketAddress.resolve(Endpoint(host: domain.description, port: 25))
      let addresses = (found ?? []).compactMap { IPAddress($0.endpoint.host) }
      lookup.answer(found == nil ? .failed(.serverFailure) : .records(addresses), addressesOf: domain)
    }
  }

  /// A queue that was filled under other rules: the operator may mend that.
  private static let noRoute = SMTPReply(451, .init(4, 4, 4), "No route to the domain is configured")
}
