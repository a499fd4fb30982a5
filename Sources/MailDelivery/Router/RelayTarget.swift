public import MailWire
public import SMTPCodec

/// A server that is configured rather than found: a relay, a smart host, a backup.
///
/// ```swift
/// try RelayTarget("[mail.isp.test]:587")   // that host
/// try RelayTarget("isp.test")              // the mail exchangers of that domain
/// ```
public struct RelayTarget: Hashable, Sendable {
  /// The host, or the domain whose mail exchangers are asked.
  public var host: MailHost
  /// The TCP port; 25 unless another is given.
  public var port: UInt16
  /// Whether the mail exchangers of ``host`` are meant; never for an address.
  public var usesExchangers: Bool

  /// A target of these parts.
  public init(_ host: MailHost, port: UInt16 = 25, usesExchangers: Bool = false) {
    self.host = host
    self.port = port
    if case .literal = host { self.usesExchangers = false } else { self.usesExchangers = usesExchangers }
  }

  /// Parses `domain`, `[host]` or `[address]`, each with or without `:port`. Brackets mean the host itself.
  ///
  /// - Throws: ``SyntaxError`` with the code `badDomain`, `badNumber` (the port) or `tooLong`.
  public init(_ text: String) throws(SyntaxError) {
    let bytes = [UInt8](text.utf8)
    let isBracketed = bytes.first == 91
    var end = bytes.count
    if isBracketed {
      guard let closing = bytes.lastIndex(of: 93) else { throw SyntaxError(.badDomain, at: 0) }
      end = closing + 1
    } else if let colon = bytes.lastIndex(of: 58) {
      end = colon
    }
    port = 25
    if end < bytes.count {
      guard bytes[end] == 58, let number = Self.port(bytes[(end + 1)...]) else {
        throw SyntaxError(.badNumber, at: end)
      }
      port = number
    }
    usesExchangers = !isBracketed
    let name = Array(isBracketed ? bytes[1..<(end - 1)] : bytes[..<end])
    if isBracketed, let literal = Self.literal(name) {
      host = .literal(literal)
    } else {
      host = .domain(try Domain(name.span))
    }
  }

  private static func port(_ digits: ArraySlice<UInt8>) -> UInt16? {
    guard !digits.isEmpty, digits.count <= 5 else { return nil }
    var number: UInt32 = 0
    for digit in digits {
      guard 48...57 ~= digit else { return nil }
      number = number * 10 + UInt32(digit - 48)
    }
    return number == 0 ? nil : UInt16(exactly: number)
  }

  /// An address with or without the tag that literals of IPv6 have.
  private static func literal(_ text: [UInt8]) -> AddressLiteral? {
    let plain = [91] + text + [93]
    let tagged = [91, 73, 80, 118, 54, 58] + text + [93]
    // `[2001:db8::1]` alone is a literal of the unknown kind `2001`.
    if let literal = try? AddressLiteral(plain.span), literal.kind != .general { return literal }
    return try? AddressLiteral(tagged.span)
  }
}
