public import SMTPCodec

/// Where to try to deliver a message, in order.
///
/// Never empty. Try each hop until one answers for the message; what an answer means is the classifier's business.
public struct RoutePlan: Hashable, Sendable {
  /// An address to connect to.
  public struct Hop: Hashable, Sendable {
    /// Why it is in the plan.
    @frozen
    public enum Origin: Hashable, Sendable {
      /// A mail exchanger of this preference.
      case exchanger(preference: UInt16)
      /// The domain itself, which has an address and no mail exchanger.
      case implicitExchanger
      /// The address was in the recipient's address.
      case literal
      /// A configured server.
      case relay
      /// A configured server for what cannot be delivered otherwise.
      case fallback
    }

    /// The host's name, for TLS and reports; nil when only its address is known.
    public var name: Domain?
    /// The address.
    public var address: IPAddress
    /// The TCP port.
    public var port: UInt16
    /// Why it is in the plan.
    public var origin: Origin

    /// A hop of these parts.
    public init(name: Domain?, address: IPAddress, port: UInt16 = 25, origin: Origin) {
      self.name = name
      self.address = address
      self.port = port
      self.origin = origin
    }
  }

  /// A host that was found and is not in the plan.
  public struct Omission: Hashable, Sendable {
    /// Why it is not.
    @frozen
    public enum Reason: Hashable, Sendable {
      /// It is this server.
      case isSelf
      /// Its preference is not better than this server's.
      case notBetterThanSelf
      /// It has no address.
      case noAddress
      /// It has only addresses that no host can have.
      case unusableAddress
      /// Its addresses could not be looked up now.
      case lookupFailed(DNSFailure)
      /// A limit was reached first.
      case overLimit
    }

    /// The host's name; nil when only its address is known.
    public var name: Domain?
    /// Why it is not in the plan.
    public var reason: Reason
  }

  /// The addresses, best first.
  public var hops: [Hop]
  /// Hosts that were left out.
  public var omissions: [Omission]

  /// A plan of these hops, of which there should be one at least.
  public init(hops: [Hop] = [], omissions: [Omission] = []) {
    self.hops = hops
    self.omissions = omissions
  }
}

/// What became of a search for a route.
public enum RoutingResult: Hashable, Sendable {
  /// Deliver along this plan.
  case plan(RoutePlan)
  /// Try again later.
  case deferred(RouteProblem)
  /// Give up.
  case failed(RouteProblem)
}
