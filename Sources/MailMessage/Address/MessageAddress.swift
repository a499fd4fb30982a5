/// An address of a header field.
///
/// [RFC 5322 §3.4](https://www.rfc-editor.org/rfc/rfc5322#section-3.4),
/// [RFC 6532](https://www.rfc-editor.org/rfc/rfc6532). The parts are octets as the field has them, without quotes and
/// backslashes; ``EncodedWords`` decodes a name.
///
///     Susan Smith <susan@website.test>
public struct MessageAddress: Hashable, Sendable {
  /// The display name, or the comment that old messages have instead; nil without either.
  public let name: [UInt8]?
  /// The source route of [RFC 5322 §4.4](https://www.rfc-editor.org/rfc/rfc5322#section-4.4): `@a.test,@b.test`; nearly always
  /// nil.
  public let route: [UInt8]?
  /// The local part; empty when it is missing.
  public let localPart: [UInt8]
  /// The domain or address literal; nil when it is missing.
  public let domain: [UInt8]?

  /// An address of these parts.
  public init(name: [UInt8]? = nil, route: [UInt8]? = nil, localPart: [UInt8], domain: [UInt8]?) {
    self.name = name
    self.route = route
    self.localPart = localPart
    self.domain = domain
  }
}
