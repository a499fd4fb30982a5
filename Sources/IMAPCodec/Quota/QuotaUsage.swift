@_spi(MailCodec) import MailWire

/// How much of a resource is used, and how much may be.
///
/// [RFC 9208 §5.1](https://www.rfc-editor.org/rfc/rfc9208#section-5.1): `quota-resource`.
///
///     STORAGE 10 512
public struct QuotaUsage: Hashable, Sendable {
  /// The resource: `STORAGE` (in units of 1,024 octets), `MESSAGE`, `MAILBOX`, `ANNOTATION-STORAGE` or another.
  public let resource: IMAPAtom
  /// How much is used, at most 2⁶³ − 1.
  public let usage: UInt64
  /// How much may be used, at most 2⁶³ − 1.
  public let limit: UInt64

  /// A usage; larger numbers are cut to 2⁶³ − 1.
  public init(_ resource: IMAPAtom, usage: UInt64, limit: UInt64) {
    self.resource = resource
    self.usage = min(usage, UInt64(Int64.max))
    self.limit = min(limit, UInt64(Int64.max))
  }
}
