public import SMTPCodec

/// Finds the way to one destination, question by question.
///
/// A value that asks and is answered; the host, or its resolver, does the asking. Ask ``next(using:)`` until it is done:
///
/// ```swift
/// var lookup = RouteLookup(.exchangers(of: mailbox.host), router: router)
/// while case .ask(let questions) = lookup.next(using: &generator) {
///   for question in questions { … lookup.answer(records, exchangersOf: domain) … }
/// }
/// ```
///
/// The work is bounded by ``RouterLimits`` whatever the DNS answers.
public struct RouteLookup: Sendable {
  /// Where mail is to go.
  public enum Destination: Hashable, Sendable {
    /// To a mail exchanger of this host, or to the address that it is.
    case exchangers(of: MailHost)
    /// To one of these servers, the first first.
    case relay([RelayTarget])
  }

  /// Something that the DNS must be asked.
  public enum Question: Hashable, Sendable {
    /// The MX records of a domain.
    case exchangers(of: Domain)
    /// The A and AAAA records of a host.
    case addresses(of: Domain)
  }

  /// What happens next.
  public enum Step: Hashable, Sendable {
    /// These answers are missing. They may come in any order; a question is repeated until it was answered.
    case ask([Question])
    /// The search is over.
    case done(RoutingResult)
  }

  /// Where mail is to go.
  public let destination: Destination
  let router: Router
  private var exchangerAnswers: [Domain: ExchangerAnswer] = [:]
  private var addressAnswers: [Domain: AddressAnswer] = [:]
  /// What this pass could not find among the answers.
  var missing: [Question] = []

  /// A search that knows nothing yet.
  public init(_ destination: Destination, router: Router) {
    self.destination = destination
    self.router = router
  }

  /// Takes the answer about the mail exchangers of a domain; the first one counts.
  public mutating func answer(_ answer: MXAnswer, exchangersOf domain: Domain) {
    // Sorted once, because a search looks at the answer again for each question.
    if exchangerAnswers[domain] == nil { exchangerAnswers[domain] = ExchangerAnswer(answer, router.identity) }
  }

  /// Takes the answer about the addresses of a host; the first one counts.
  public mutating func answer(_ answer: AddressAnswer, addressesOf domain: Domain) {
    if addressAnswers[domain] == nil { addressAnswers[domain] = answer }
  }

  /// The questions that are open, or the result.
  ///
  /// - Parameter generator: shuffles hosts of one preference, once everything is known.
  public mutating func next(using generator: inout some RandomNumberGenerator) -> Step {
    missing = []
    let main: Outcome?
    switch destination {
    case .exchangers(.literal(let literal)): main = self.literal(literal)
    case .exchangers(.domain(let domain)): main = exchangers(of: domain)
    case .relay(let targets): main = relay(targets, origin: .relay)
    }
    guard let main else { return .ask(missing) }
    guard main.allowsFallback, !router.fallbackRelays.isEmpty else { return .done(main.result(router, &generator)) }
    guard let fallback = relay(router.fallbackRelays, origin: .fallback) else { return .ask(missing) }
    return .done(main.result(router, &generator).appending(fallback.result(router, &generator)))
  }

  // MARK: What is known

  /// The answer about mail exchangers behind all CNAME records, and the name at their end; nil while it is missing.
  mutating func exchangerAnswer(for domain: Domain) -> (name: Domain, answer: ExchangerAnswer)? {
    var name = domain
    for _ in 0...router.limits.aliases {
      guard let answer = exchangerAnswers[name] else {
        ask(.exchangers(of: name))
        return nil
      }
      guard case .alias(let target) = answer else { return (name, answer) }
      name = target
    }
    return (name, .failed(.aliasLoop))
  }

  /// The addresses of a host behind all CNAME records; nil while they are missing.
  mutating func addressAnswer(for domain: Domain) -> AddressAnswer? {
    var name = domain
    for _ in 0...router.limits.aliases {
      guard let answer = addressAnswers[name] else {
        ask(.addresses(of: name))
        return nil
      }
      guard case .alias(let target) = answer else { return answer }
      name = target
    }
    return .failed(.aliasLoop)
  }

  private mutating func ask(_ question: Question) {
    if !missing.contains(question) { missing.append(question) }
  }
}

extension RoutingResult {
  /// The result with the hops of another one behind its own.
  fileprivate func appending(_ other: RoutingResult) -> RoutingResult {
    guard case .plan(let more) = other else { return self }
    guard case .plan(var plan) = self else { return other }
    let endpoints = Set(plan.hops.map { RoutePlan.Endpoint($0.address, $0.port) })
    plan.hops += more.hops.filter { !endpoints.contains(RoutePlan.Endpoint($0.address, $0.port)) }
    return .plan(plan)
  }
}
