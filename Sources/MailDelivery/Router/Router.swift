public import SMTPCodec

/// Decides where mail goes: stays here, goes on to other addresses, to a configured server, or to the mail exchangers of
/// its domain.
///
/// A value without I/O. ``route(_:)`` says what to do with a recipient; for ``Route/exchangers(of:)`` and
/// ``Route/relay(_:)`` a ``RouteLookup`` finds the addresses, question by question, and ``plan(for:answer:addresses:using:)``
/// does so at once when the answers are known.
///
/// ```swift
/// var router = Router(identity: HostIdentity(names: [try Domain("mail.website.test")]))
/// router.domains["website.test"] = .local
/// router.domains["*"] = .relay([try RelayTarget("[smart.isp.test]:587")])
/// ```
public struct Router: Sendable {
  /// By what names and addresses this server may be found.
  public var identity: HostIdentity
  /// What to do with mail for a domain. A domain without an entry goes to its mail exchangers.
  public var domains = DomainTable<DomainRoute>()
  /// Addresses that stand for others. The letters of a local part match in either case.
  public var aliases = AliasTable()
  /// Servers to try after all mail exchangers failed or had no address. They get no mail of domains for which this server
  /// is a mail exchanger itself: it would come back.
  public var fallbackRelays: [RelayTarget] = []
  /// Whether mail waits, until it expires, for a domain whose mail exchangers all have no usable address. True by default,
  /// since that is nearly always a mistake that somebody repairs; false follows
  /// [RFC 5321 §5.1](https://www.rfc-editor.org/rfc/rfc5321#section-5.1) to the letter and sends it back.
  public var defersUnusableExchangers = true
  /// How far routing goes before it stops.
  public var limits = RouterLimits()

  /// A router for a server of this identity, without local domains.
  public init(identity: HostIdentity) { self.identity = identity }

  /// What to do with mail for a recipient.
  ///
  /// An address literal of this server is local; `Postmaster` without a domain is the postmaster at this server's first
  /// name, and local unless an alias says otherwise.
  public func route(_ recipient: ForwardPath) -> Route {
    guard case .mailbox(let mailbox) = recipient else {
      guard let name = identity.names.first else { return .local }
      let postmaster = Mailbox(.postmaster, at: .domain(name))
      return aliases[postmaster].map { .alias($0) } ?? .local
    }
    if let targets = aliases[mailbox] { return .alias(targets) }
    return route(of: mailbox.host)
  }

  /// Where to look for the way to a host, as ``DeliveryEvent/resolve(_:)`` asks; nil for one to which nothing is sent,
  /// because its mail stays here, is forgotten or refused.
  public func destination(of host: MailHost) -> RouteLookup.Destination? {
    switch route(of: host) {
    case .relay(let targets): .relay(targets)
    case .exchangers(let host): .exchangers(of: host)
    case .local, .alias, .discard, .rejected: nil
    }
  }

  private func route(of host: MailHost) -> Route {
    switch host {
    case .literal(let literal):
      if let address = IPAddress(literal), identity.has(address) { return .local }
      return .exchangers(of: host)
    case .domain(let domain):
      switch domains.value(for: domain) {
      case .local: return .local
      case .relay(let targets): return .relay(targets)
      case .discard: return .discard
      case .reject(let reply): return .rejected(reply)
      case .exchangers, nil: return .exchangers(of: host)
      }
    }
  }

  /// The way to a destination when everything is known that the DNS says.
  ///
  /// - Parameters:
  ///   - host: the part of the recipient's address behind the `@`.
  ///   - answer: what the DNS said when asked for the mail exchangers of `host`; not used for a literal.
  ///   - addresses: what it said when asked for the addresses of a host.
  ///   - generator: shuffles hosts of one preference.
  public func plan(
    for host: MailHost, answer: MXAnswer, addresses: (Domain) -> AddressAnswer,
    using generator: inout some RandomNumberGenerator
  ) -> RoutingResult {
    plan(for: host, exchangers: { _ in answer }, addresses: addresses, using: &generator)
  }

  /// The way to a destination, where `exchangers` is asked again for the target of each CNAME record.
  public func plan(
    for host: MailHost, exchangers: (Domain) -> MXAnswer, addresses: (Domain) -> AddressAnswer,
    using generator: inout some RandomNumberGenerator
  ) -> RoutingResult {
    var lookup = RouteLookup(.exchangers(of: host), router: self)
    while true {
      switch lookup.next(using: &generator) {
      case .done(let result): return result
      case .ask(let questions):
        for question in questions {
          switch question {
          case .exchangers(let domain): lookup.answer(exchangers(domain), exchangersOf: domain)
          case .addresses(let domain): lookup.answer(addresses(domain), addressesOf: domain)
          }
        }
      }
    }
  }
}

extension LocalPart {
  static var postmaster: LocalPart {
    LocalPart(unchecked: [112, 111, 115, 116, 109, 97, 115, 116, 101, 114])
  }
}
