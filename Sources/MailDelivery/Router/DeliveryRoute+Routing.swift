@_spi(MailCodec) import MailWire
import SMTPCodec

extension DeliveryRoute {
  /// The queue's answer to ``DeliveryEvent/resolve(_:)`` from what a ``RouteLookup`` found.
  ///
  /// Domains whose plans name the same hosts share a site, whatever order chance gave these.
  public init(_ result: RoutingResult) {
    switch result {
    case .deferred(let problem): self = .unknown(problem.reply)
    case .failed(let problem): self = .none(problem.reply)
    case .plan(let plan):
      var names: Set<[UInt8]> = []
      let hops = plan.hops.compactMap { hop -> NextHop? in
        guard let address = AddressLiteral(hop.address) else { return nil }
        let host = hop.name.map { MailHost.domain($0) } ?? .literal(address)
        names.insert(host.bytes.map { $0.asciiLowercased } + [58] + [UInt8](String(hop.port).utf8))
        return NextHop(host, address: address, port: hop.port)
      }
      let site = names.sorted { $0.lexicographicallyPrecedes($1) }.joined(separator: [44])
      self = .hosts(hops, site: Array(site))
    }
  }
}

extension AddressLiteral {
  /// The literal of an address.
  init?(_ address: IPAddress) {
    let tag: StaticString = address.isIPv6 ? "[IPv6:" : "["
    var output = OutboundBuffer()
    output.append(tag)
    output.append([UInt8](address.description.utf8))
    output.append(93)
    try? self.init(output.bytes)
  }
}
