public import SMTPCodec

/// A host that takes mail for a destination.
public struct NextHop: Hashable, Sendable, CustomStringConvertible {
  /// The host's name or address, which TLS certificates are checked against.
  public var host: MailHost
  /// The address to connect to; nil lets whoever connects find it.
  public var address: AddressLiteral?
  /// The TCP port. Default 25.
  public var port: UInt16
  /// Whether mail may only go there with TLS that was verified, as DANE or MTA-STS may ask
  /// ([RFC 7672](https://www.rfc-editor.org/rfc/rfc7672), [RFC 8461](https://www.rfc-editor.org/rfc/rfc8461)).
  public var requiresTLS: Bool

  /// A host.
  public init(_ host: MailHost, address: AddressLiteral? = nil, port: UInt16 = 25, requiresTLS: Bool = false) {
    self.host = host
    self.address = address
    self.port = port
    self.requiresTLS = requiresTLS
  }

  /// The host and port as text.
  public var description: String { "\(host):\(port)" }
}
