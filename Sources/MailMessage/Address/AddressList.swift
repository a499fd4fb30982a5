@_spi(MailCodec) import MailWire

/// The value of a field with addresses: `From`, `To`, `Reply-To`…
///
/// [RFC 5322 §3.4](https://www.rfc-editor.org/rfc/rfc5322#section-3.4), with the obsolete forms of §4.4. It never fails: what is
/// no address is taken for what it resembles most, or passed over.
///
///     AddressList(value).addresses.first?.localPart
public struct AddressList: Hashable, Sendable {
  /// The addresses and groups in order.
  public private(set) var entries: [AddressEntry] = []

  /// Reads the value of a field.
  ///
  /// - Parameter limit: the most addresses and groups that are kept; the rest is dropped. Default 20,000.
  public init(_ value: Span<UInt8>, limit: Int = 20_000) {
    var parser = AddressParser(value, limit: limit)
    while let entry = parser.nextEntry() { entries.append(entry) }
  }

  /// All addresses, those of groups included.
  public var addresses: [MessageAddress] {
    var addresses: [MessageAddress] = []
    for entry in entries {
      switch entry {
      case .address(let address): addresses.append(address)
      case .group(_, let members): addresses += members
      }
    }
    return addresses
  }
}
