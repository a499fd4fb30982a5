public import SMTPCodec

/// What the DNS said to one question.
///
/// A resolver follows CNAME records itself where it can; the records then are those of the name at the end.
public enum DNSAnswer<Record: Hashable & Sendable>: Hashable, Sendable {
  /// The records, in the order of the response. None of them means: the name exists and has no record of this type.
  case records([Record])
  /// `NXDOMAIN`: there is no such name.
  case nonexistent
  /// No answer for now.
  case failed(DNSFailure)
  /// An answer that no later question will better: the zone holds data of this name that cannot be read.
  case malformed
  /// A CNAME record whose target the resolver has not looked up.
  case alias(Domain)
}

/// What the DNS said when asked for the mail exchangers of a domain.
public typealias MXAnswer = DNSAnswer<MXRecord>

/// What the DNS said when asked for the addresses of a host: A and AAAA together, in the order in which to try them.
public typealias AddressAnswer = DNSAnswer<IPAddress>

extension DNSAnswer where Record == IPAddress {
  /// One answer of two, one for each family of addresses; those of `first` are tried first.
  ///
  /// Addresses of one family suffice: that the other question failed does not matter then.
  public init(merging first: AddressAnswer, _ second: AddressAnswer) {
    switch (first, second) {
    case (.records(let left), .records(let right)): self = .records(left + right)
    case (.records(let found), let other), (let other, .records(let found)):
      if found.isEmpty, other.outlastsNoRecords { self = other } else { self = .records(found) }
    case (.failed, _): self = first
    case (_, .failed): self = second
    case (.alias, _): self = first
    case (_, .alias): self = second
    case (.malformed, _): self = first
    case (_, .malformed): self = second
    case (.nonexistent, .nonexistent): self = .nonexistent
    }
  }

  /// Whether the answer to the other question may still be better than none.
  private var outlastsNoRecords: Bool {
    switch self {
    case .failed, .alias, .malformed: true
    case .records, .nonexistent: false
    }
  }
}
