public import SMTPCodec

/// Where mail for a domain goes: the answer to ``DeliveryEvent/resolve(_:)``.
public enum DeliveryRoute: Hashable, Sendable {
  /// To the first of these hosts that takes it. An empty list defers, as a domain does whose hosts have no addresses.
  ///
  /// Domains with the same `site`, such as those that share their MX hosts, share sessions and back-off; nil for a site of
  /// the domain's own.
  case hosts([NextHop], site: [UInt8]?)
  /// Nowhere for now, such as when the DNS does not answer; `4yz`.
  case unknown(SMTPReply)
  /// Nowhere at all: the domain does not exist, or takes no mail
  /// ([RFC 7505](https://www.rfc-editor.org/rfc/rfc7505)); `5yz`.
  case none(SMTPReply)
}
