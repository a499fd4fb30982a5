/// A session that the queue wants.
public struct DeliveryConnection: Hashable, Sendable {
  /// The host to connect to.
  public var host: NextHop
  /// The domain or address literal of the first recipients, in lower case: TLS policies go by it.
  public var domain: [UInt8]
  /// Whether to leave TLS out: it has just failed with this host, and nobody insists on it.
  public var isPlaintext: Bool
  /// Whether the session is of no use without TLS that is verified.
  public var requiresTLS: Bool
}
