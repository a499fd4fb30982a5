/// How far routing goes before it stops.
public struct RouterLimits: Hashable, Sendable {
  /// The most addresses in a plan; 5 by default. Within it a plan keeps a second host and both families of addresses, when
  /// there are any: [RFC 5321 §5.1](https://www.rfc-editor.org/rfc/rfc5321#section-5.1) wants at least two addresses tried.
  public var addresses = 5
  /// The most hosts of one destination whose addresses are looked up; 20 by default.
  public var hosts = 20
  /// The most CNAME records from a name to its data; 16 by default.
  public var aliases = 16
  /// The most steps from an address to the one that an alias of an alias of it names; 10 by default.
  public var aliasDepth = 10
  /// The most recipients that the aliases of one recipient may expand to; 1000 by default.
  public var expandedRecipients = 1000

  /// The default limits.
  public init() {}
}
