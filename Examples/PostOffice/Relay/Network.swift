import MailDelivery

/// A range of addresses, as it is written on the command line: `192.0.2.0/24`, `2001:db8::/32`, or one address.
struct Network: Equatable {
  private let address: IPAddress
  private let prefix: Int

  /// Reads an address, perhaps with the length of a prefix; the bits behind it do not matter.
  init?(parsing text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = IPAddress(String(parts[0]))?.canonical else { return nil }
    let longest = address.isIPv6 ? 128 : 32
    guard parts.count == 2 else {
      (self.address, prefix) = (address, longest)
      return
    }
    guard
      !parts[1].isEmpty, parts[1].utf8.allSatisfy({ 48...57 ~= $0 }), let prefix = Int(parts[1]), prefix <= longest
    else { return nil }
    (self.address, self.prefix) = (address, prefix)
  }

  /// Whether the numeric address is in the range.
  func contains(_ host: String) -> Bool {
    guard let other = IPAddress(String(host.prefix { $0 != "%" }))?.canonical else { return false }
    switch (address, other) {
    case (.ipv4(let left), .ipv4(let right)):
      return Self.agree(UInt64(left ^ right) << 32, prefix)
    case (.ipv6(let leftHigh, let leftLow), .ipv6(let rightHigh, let rightLow)):
      return Self.agree(leftHigh ^ rightHigh, min(prefix, 64)) && Self.agree(leftLow ^ rightLow, max(prefix - 64, 0))
    case (.ipv4, .ipv6), (.ipv6, .ipv4):
      return false
    }
  }

  /// Whether none of the first bits of a difference is set.
  private static func agree(_ difference: UInt64, _ bits: Int) -> Bool {
    bits == 0 || difference >> UInt64(64 - bits) == 0
  }
}
