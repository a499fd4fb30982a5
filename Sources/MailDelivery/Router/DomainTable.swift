@_spi(MailCodec) import MailWire
public import SMTPCodec

/// Values for domains, subdomains and everything else.
///
/// `website.test` is that domain alone, `.website.test` each domain below it, `*` any other. The longest match counts.
public struct DomainTable<Value: Sendable>: Sendable {
  private var exact: [Domain: Value] = [:]
  private var below: [Domain: Value] = [:]
  private var otherwise: Value?

  /// An empty table.
  public init() {}

  /// The value of a pattern. Assigning to a pattern that is none of the three forms does nothing.
  public subscript(_ pattern: String) -> Value? {
    get {
      switch Pattern(pattern) {
      case .exact(let domain): exact[domain]
      case .below(let domain): below[domain]
      case .otherwise: otherwise
      case nil: nil
      }
    }
    set {
      switch Pattern(pattern) {
      case .exact(let domain): exact[domain] = newValue
      case .below(let domain): below[domain] = newValue
      case .otherwise: otherwise = newValue
      case nil: break
      }
    }
  }

  /// The value for a domain; nil when nothing matches.
  public func value(for domain: Domain) -> Value? {
    if let value = exact[domain] { return value }
    if !below.isEmpty {
      var rest = domain.bytes[...]
      while let dot = rest.firstIndex(of: .dot) {
        rest = rest[(dot + 1)...]
        if let value = below[Domain(unchecked: Array(rest))] { return value }
      }
    }
    return otherwise
  }

  private enum Pattern {
    case exact(Domain)
    case below(Domain)
    case otherwise

    init?(_ text: String) {
      let bytes = [UInt8](text.utf8)
      let isBelow = bytes.first == .dot
      let name = Array(bytes.dropFirst(isBelow ? 1 : 0))
      if bytes.count == 1, bytes[0] == 42 {
        self = .otherwise
      } else if let domain = try? Domain(name.span, quirks: .underscoreInDomain) {
        self = isBelow ? .below(domain) : .exact(domain)
      } else {
        return nil
      }
    }
  }
}
