public import MailWire

/// Where a mailbox lives: a domain or an address literal.
@frozen
public enum MailHost: Hashable, Sendable, CustomStringConvertible {
  /// A domain, whose mail servers the DNS knows.
  case domain(Domain)
  /// The address of one host.
  case literal(AddressLiteral)

  /// Parses a domain, or an address literal in brackets.
  ///
  /// - Throws: ``SyntaxError`` with the code `badDomain`, `tooLong` or `trailingBytes`.
  public init(_ span: Span<UInt8>, quirks: SMTPQuirks = .none) throws(SyntaxError) {
    if span.count > 0, span[0] == 91 {
      self = .literal(try AddressLiteral(span))
    } else {
      self = .domain(try Domain(span, quirks: quirks))
    }
  }

  /// The octets as they were read or given.
  public var bytes: [UInt8] {
    switch self {
    case .domain(let domain): domain.bytes
    case .literal(let literal): literal.bytes
    }
  }

  /// The host as text.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
