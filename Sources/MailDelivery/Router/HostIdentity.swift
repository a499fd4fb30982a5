public import SMTPCodec

/// By what names and addresses a server itself may be found, so that it sends no mail to itself.
///
/// [RFC 5321 §5.1](https://www.rfc-editor.org/rfc/rfc5321#section-5.1): a relay inspects the list of mail exchangers "for
/// any of the names or addresses by which it might be known in mail transactions".
public struct HostIdentity: Hashable, Sendable {
  /// The names, the one for greetings first.
  public var names: [Domain]
  /// The addresses at which the server listens or is reached.
  public var addresses: [IPAddress]
  /// The ports on which it listens. A configured ``RelayTarget`` at an own address but another port is another server, such
  /// as a filter; a mail exchanger at an own address is always this one.
  public var ports: [UInt16]

  /// An identity; port 25 unless said otherwise.
  public init(names: [Domain], addresses: [IPAddress] = [], ports: [UInt16] = [25]) {
    self.names = names
    self.addresses = addresses
    self.ports = ports
  }

  /// Whether this is one of the names.
  public func has(_ name: Domain) -> Bool { names.contains(name) }

  /// Whether this is one of the addresses, an IPv4 address in the form of IPv6 included.
  public func has(_ address: IPAddress) -> Bool {
    let canonical = address.canonical
    return addresses.contains { $0.canonical == canonical }
  }
}
