import SMTPCodec

// Each function answers nil while something is missing; what that is stands in `missing` then.

extension RouteLookup {
  /// `[192.0.2.7]`: that address and nothing else, without the DNS.
  func literal(_ literal: AddressLiteral) -> Outcome {
    guard let address = IPAddress(literal), address.isUnicast else { return Outcome(.failed(.unknownLiteral)) }
    guard !router.identity.has(address) else { return Outcome(.failed(.loopsBack)) }
    var outcome = Outcome(.failed(.unknownLiteral))
    outcome.groups = [[RouteHost(name: nil, addresses: [address], port: 25, origin: .literal)]]
    return outcome
  }

  /// RFC 5321 §5.1, from the MX records to the hosts that are better than this one.
  mutating func exchangers(of domain: Domain, port: UInt16 = 25) -> Outcome? {
    guard let (name, answer) = exchangerAnswer(for: domain) else { return nil }
    switch answer {
    case .nonexistent: return Outcome(.failed(.nonexistentDomain))
    case .failed(let failure): return Outcome(.deferred(.lookupFailed(failure)), allowsFallback: true)
    case .malformed, .alias: return Outcome(.failed(.malformedAnswer))
    case .nullMX: return Outcome(.failed(.nullMX))
    case .exchangers(let exchangers): return hosts(of: exchangers, port: port, isImplicit: false)
    case .none:
      let implicit = ExchangerAnswer.Exchangers([MXRecord(0, .host(name))], router.identity)
      return hosts(of: implicit, port: port, isImplicit: true)
    }
  }

  /// The addresses of candidates, sorted by preference, down to the best one that is this server.
  private mutating func hosts(of exchangers: ExchangerAnswer.Exchangers, port: UInt16, isImplicit: Bool) -> Outcome? {
    let candidates = exchangers.candidates
    var selfPreference = exchangers.selfPreference
    var outcome = Outcome(.deferred(.unusableExchangers), allowsFallback: true)
    var failure: DNSFailure?
    var lookups = 0
    var addresses = 0
    var index = 0
    while index < candidates.count {
      let preference = candidates[index].preference
      let end = candidates[index...].firstIndex { $0.preference != preference } ?? candidates.count
      defer { index = end }
      if let selfPreference, preference >= selfPreference { break }
      if addresses >= router.limits.addresses, outcome.hostCount >= 2 { break }
      let open = missing.count
      var group: [RouteHost] = []
      for candidate in candidates[index..<end] {
        guard lookups < router.limits.hosts else {
          outcome.omit(candidate, .overLimit)
          continue
        }
        lookups += 1
        guard let answer = self.addresses(of: candidate) else { continue }
        let found: [IPAddress]
        switch answer {
        case .records(let records): found = records
        case .failed(let reason):
          failure = failure ?? reason
          outcome.omit(candidate, .lookupFailed(reason))
          continue
        case .nonexistent, .malformed, .alias: found = []
        }
        if found.contains(where: { router.identity.has($0) }) {
          selfPreference = preference
          continue
        }
        let usable = found.filter { $0.isUnicast }
        guard !usable.isEmpty else {
          outcome.omit(candidate, found.isEmpty ? .noAddress : .unusableAddress)
          continue
        }
        let origin: RoutePlan.Hop.Origin = isImplicit ? .implicitExchanger : .exchanger(preference: preference)
        group.append(RouteHost(name: candidate.name, addresses: usable, port: port, origin: origin))
        addresses += usable.count
      }
      // The whole group is asked for at once, and the next one only when this one does not do.
      if missing.count > open { return nil }
      if selfPreference == preference { break }
      if !group.isEmpty { outcome.groups.append(group) }
    }
    if let selfPreference {
      for candidate in candidates where candidate.preference >= selfPreference {
        outcome.omit(candidate, candidate.isOne(of: router.identity) ? .isSelf : .notBetterThanSelf)
      }
      outcome.allowsFallback = false
      outcome.problem =
        selfPreference == exchangers.best ? .failed(.loopsBack) : .deferred(.betterExchangersUnreachable)
    } else if let failure {
      outcome.problem = .deferred(.lookupFailed(failure))
    } else if isImplicit {
      outcome.problem = .failed(.noAddress)
      outcome.allowsFallback = !outcome.groups.isEmpty
    } else if !router.defersUnusableExchangers {
      outcome.problem = .failed(.unusableExchangers)
    }
    return outcome
  }

  private mutating func addresses(of candidate: Candidate) -> AddressAnswer? {
    switch candidate.exchanger {
    case .host(let domain): addressAnswer(for: domain)
    case .address(let address): .records([address])
    case .root, .unusable: .records([])
    }
  }

  /// Configured servers. That one of them is this server is a mistake of the operator's, for which no mail goes back.
  mutating func relay(_ targets: [RelayTarget], origin: RoutePlan.Hop.Origin) -> Outcome? {
    var outcome = Outcome(.deferred(.unusableExchangers), allowsFallback: true)
    let open = missing.count
    for target in targets.prefix(router.limits.hosts) {
      switch target.host {
      case .literal(let literal):
        let address = IPAddress(literal)
        add(address.map { [$0] } ?? [], of: target, nil, origin, to: &outcome)
      case .domain(let domain) where target.usesExchangers:
        guard let found = exchangers(of: domain, port: target.port) else { continue }
        outcome.problem = .deferred(found.problem.cause)
        for group in found.groups {
          outcome.groups.append(
            group.map { host in
              var host = host
              if origin == .fallback { host.origin = .fallback }
              return host
            })
        }
        outcome.omissions += found.omissions
      case .domain(let domain):
        guard let answer = addressAnswer(for: domain) else { continue }
        switch answer {
        case .records(let addresses): add(addresses, of: target, domain, origin, to: &outcome)
        case .failed(let failure):
          outcome.problem = .deferred(.lookupFailed(failure))
          outcome.omissions.append(.init(name: domain, reason: .lookupFailed(failure)))
        case .nonexistent, .malformed, .alias: add([], of: target, domain, origin, to: &outcome)
        }
      }
    }
    return missing.count > open ? nil : outcome
  }

  private func add(
    _ addresses: [IPAddress], of target: RelayTarget, _ name: Domain?, _ origin: RoutePlan.Hop.Origin,
    to outcome: inout Outcome
  ) {
    let usable = addresses.filter { $0.isUnicast }
    if router.identity.ports.contains(target.port), usable.contains(where: { router.identity.has($0) }) {
      outcome.omissions.append(.init(name: name, reason: .isSelf))
      outcome.problem = .deferred(.loopsBack)
    } else if usable.isEmpty {
      outcome.omissions.append(.init(name: name, reason: addresses.isEmpty ? .noAddress : .unusableAddress))
    } else {
      outcome.groups.append([RouteHost(name: name, addresses: usable, port: target.port, origin: origin)])
    }
  }
}
