import SMTPCodec

/// A host with its addresses.
struct RouteHost {
  var name: Domain?
  var addresses: [IPAddress]
  var port: UInt16
  var origin: RoutePlan.Hop.Origin
}

extension RouteLookup {
  /// What a search found: hosts in groups of one preference, and what to say if there are none.
  struct Outcome {
    var groups: [[RouteHost]] = []
    var omissions: [RoutePlan.Omission] = []
    var problem: RouteProblem
    var allowsFallback: Bool

    init(_ problem: RouteProblem, allowsFallback: Bool = false) {
      self.problem = problem
      self.allowsFallback = allowsFallback
    }

    var hostCount: Int { groups.reduce(0) { $0 + $1.count } }

    mutating func omit(_ candidate: Candidate, _ reason: RoutePlan.Omission.Reason) {
      omissions.append(.init(name: candidate.name, reason: reason))
    }

    func result(_ router: Router, _ generator: inout some RandomNumberGenerator) -> RoutingResult {
      guard !groups.isEmpty else { return problem.isPermanent ? .failed(problem) : .deferred(problem) }
      var hops: [RoutePlan.Hop] = []
      var seen: Set<RoutePlan.Endpoint> = []
      for group in groups {
        for host in group.count > 1 ? group.shuffled(using: &generator) : group {
          for address in host.addresses where seen.insert(.init(address, host.port)).inserted {
            hops.append(.init(name: host.name, address: address, port: host.port, origin: host.origin))
          }
        }
      }
      return .plan(RoutePlan(hops: Self.cut(hops, to: router.limits.addresses), omissions: omissions))
    }

    /// The first hops up to the limit; the last of them give way to a second host and to the other family of addresses, if
    /// these would be left out.
    private static func cut(_ hops: [RoutePlan.Hop], to limit: Int) -> [RoutePlan.Hop] {
      guard hops.count > limit else { return hops }
      let limit = max(limit, 1)
      var kept = [0]
      if let other = hops.firstIndex(where: { $0.name != hops[0].name }) { kept.append(other) }
      let keepsFamily = kept.contains { hops[$0].address.isIPv6 != hops[0].address.isIPv6 }
      if !keepsFamily, let other = hops.firstIndex(where: { $0.address.isIPv6 != hops[0].address.isIPv6 }) {
        kept.append(other)
      }
      kept = Array(kept.prefix(limit))
      for index in hops.indices where kept.count < limit && !kept.contains(index) { kept.append(index) }
      return kept.sorted().map { hops[$0] }
    }
  }
}

extension RoutePlan {
  /// What makes two hops the same.
  struct Endpoint: Hashable {
    let address: IPAddress
    let port: UInt16

    init(_ address: IPAddress, _ port: UInt16) {
      self.address = address.canonical
      self.port = port
    }
  }
}
