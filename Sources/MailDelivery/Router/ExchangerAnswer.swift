import SMTPCodec

/// An answer about mail exchangers, ready for use.
enum ExchangerAnswer {
  case exchangers(Exchangers)
  /// The name exists and has no MX record.
  case none
  case nullMX
  case nonexistent
  case failed(DNSFailure)
  case malformed
  case alias(Domain)

  init(_ answer: MXAnswer, _ identity: HostIdentity) {
    switch answer {
    case .nonexistent: self = .nonexistent
    case .failed(let failure): self = .failed(failure)
    case .malformed: self = .malformed
    case .alias(let target): self = .alias(target)
    case .records(let records):
      let targets = records.filter { $0.exchanger != .root }
      self = records.isEmpty ? .none : targets.isEmpty ? .nullMX : .exchangers(Exchangers(targets, identity))
    }
  }

  /// Mail exchangers, best first.
  struct Exchangers {
    /// The best ones, in the order of the response within a preference; a host that occurs twice counts at its best.
    let candidates: [Candidate]
    /// The best preference of all.
    let best: UInt16
    /// The best preference of this server, as far as names and addresses in the records tell.
    let selfPreference: UInt16?

    /// What exceeds it could not be looked up anyhow.
    private static let maximumCandidates = 256

    /// Mail exchangers of at least one record.
    init(_ records: [MXRecord], _ identity: HostIdentity) {
      var order = records.enumerated().map { (index: $0.offset, record: $0.element) }
      order.sort { ($0.record.preference, $0.index) < ($1.record.preference, $1.index) }
      var seen: Set<MXRecord.Exchanger> = []
      var candidates: [Candidate] = []
      var selfPreference: UInt16?
      for (_, record) in order where record.exchanger == .unusable || seen.insert(record.exchanger).inserted {
        let candidate = Candidate(preference: record.preference, exchanger: record.exchanger)
        if selfPreference == nil, candidate.isOne(of: identity) { selfPreference = record.preference }
        if candidates.count < Self.maximumCandidates { candidates.append(candidate) }
      }
      self.candidates = candidates
      self.selfPreference = selfPreference
      best = candidates.first?.preference ?? 0
    }
  }
}

/// A mail exchanger that may get into the plan.
struct Candidate {
  var preference: UInt16
  var exchanger: MXRecord.Exchanger

  var name: Domain? {
    if case .host(let domain) = exchanger { return domain }
    return nil
  }

  /// Whether its name, or the address in place of one, is this server's.
  func isOne(of identity: HostIdentity) -> Bool {
    switch exchanger {
    case .host(let domain): identity.has(domain)
    case .address(let address): identity.has(address)
    case .root, .unusable: false
    }
  }
}
