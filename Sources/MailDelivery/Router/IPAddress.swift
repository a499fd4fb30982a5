public import SMTPCodec

/// The address of a host.
///
/// ```swift
/// IPAddress("192.0.2.7") == .ipv4(0xC000_0207)
/// ```
@frozen
public enum IPAddress: Hashable, Sendable, CustomStringConvertible {
  /// Four octets, the first one highest.
  case ipv4(UInt32)
  /// Sixteen octets in two words, the first octet highest.
  case ipv6(high: UInt64, low: UInt64)

  /// Parses the text of an address, without brackets; nil when it is none.
  public init?(_ text: String) { self.init([UInt8](text.utf8)) }

  /// The address in a literal; nil for a tagged literal of another kind.
  public init?(_ literal: AddressLiteral) {
    switch literal.kind {
    case .ipv4(let address): self = .ipv4(address)
    case .ipv6(let high, let low): self = .ipv6(high: high, low: low)
    case .general: return nil
    }
  }

  init?(_ text: [UInt8]) {
    let tag: [UInt8] = text.contains(58) ? [73, 80, 118, 54, 58] : []
    let literal = [91] + tag + text + [93]
    guard let parsed = try? AddressLiteral(literal.span) else { return nil }
    self.init(parsed)
  }

  /// The IPv4 address that an IPv6 address stands for
  /// ([RFC 4291 §2.5.5.2](https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.2)); any other address as it is.
  public var canonical: IPAddress {
    if case .ipv6(0, let low) = self, low >> 32 == 0xFFFF { return .ipv4(UInt32(truncatingIfNeeded: low)) }
    return self
  }

  /// Whether a host can have the address: not the unspecified one, which means this host, no multicast and no broadcast.
  public var isUnicast: Bool {
    switch canonical {
    case .ipv4(let address): address >> 24 != 0 && address >> 28 < 14
    case .ipv6(let high, let low): high >> 56 != 0xFF && (high != 0 || low != 0)
    }
  }

  /// Whether the address is IPv6.
  public var isIPv6: Bool {
    if case .ipv6 = self { return true }
    return false
  }

  /// The address as text; IPv6 as [RFC 5952](https://www.rfc-editor.org/rfc/rfc5952) wants it.
  public var description: String {
    switch self {
    case .ipv4(let address):
      "\(address >> 24).\(address >> 16 & 255).\(address >> 8 & 255).\(address & 255)"
    case .ipv6(let high, let low): Self.text(high, low)
    }
  }

  private static func text(_ high: UInt64, _ low: UInt64) -> String {
    let groups = (0..<8).map { index in
      UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> UInt64((3 - index % 4) * 16))
    }
    if high == 0, low >> 32 == 0xFFFF {
      return "::ffff:" + IPAddress.ipv4(UInt32(truncatingIfNeeded: low)).description
    }
    // The longest run of two zeros or more is left out, the first one when two are as long.
    var gap = 0..<0
    var start = 0
    for index in 0...8 where index == 8 || groups[index] != 0 {
      if index - start > max(gap.count, 1) { gap = start..<index }
      start = index + 1
    }
    var text = ""
    var index = 0
    while index < 8 {
      if !gap.isEmpty, index == gap.lowerBound {
        text += "::"
        index = gap.upperBound
        continue
      }
      if index > 0, index != gap.upperBound || gap.isEmpty { text += ":" }
      text += String(groups[index], radix: 16)
      index += 1
    }
    return text
  }
}
