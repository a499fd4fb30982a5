@_spi(MailCodec) import MailWire

/// How much of a resource a quota root may use.
///
/// [RFC 9208 §4.1.3](https://www.rfc-editor.org/rfc/rfc9208#section-4.1.3): `setquota-resource`.
///
///     C: A1 SETQUOTA "" (STORAGE 512)
public struct QuotaLimit: Hashable, Sendable {
  /// The resource, such as `STORAGE` (in units of 1,024 octets) or `MESSAGE`.
  public let resource: IMAPAtom
  /// The limit, at most 2⁶³ − 1.
  public let limit: UInt64

  /// A limit; larger numbers are cut to 2⁶³ − 1.
  public init(_ resource: IMAPAtom, _ limit: UInt64) {
    self.resource = resource
    self.limit = Swift.min(limit, UInt64(Int64.max))
  }

  /// Parses `"(" [resource SP limit *(SP resource SP limit)] ")"`.
  @_lifetime(cursor: copy cursor)
  static func parseList(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> [QuotaLimit] {
    try cursor.expect(.openParenthesis)
    var limits: [QuotaLimit] = []
    if cursor.skip(.closeParenthesis) { return limits }
    repeat {
      guard limits.count < context.limits.elements else { throw cursor.error(.tooMany) }
      let resource = try IMAPAtom.parse(&cursor)
      try cursor.requireSpace(&context)
      limits.append(QuotaLimit(resource, try cursor.requireNumber()))
    } while cursor.skip(.space)
    try cursor.expect(.closeParenthesis)
    return limits
  }

  func write(to writer: inout IMAPWriter) {
    writer.append(resource.bytes)
    writer.append(.space)
    writer.append(decimal: limit)
  }
}
