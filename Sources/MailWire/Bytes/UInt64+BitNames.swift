extension UInt64 {
  /// The names of the bits that are set: `table[n]` for bit n, `quirkN` where the table has none.
  @_spi(MailCodec) public func names(of table: [StaticString]) -> [String] {
    var names: [String] = []
    var rest = self
    while rest != 0 {
      let bit = rest.trailingZeroBitCount
      rest &= rest &- 1
      names.append(bit < table.count && table[bit].utf8CodeUnitCount > 0 ? "\(table[bit])" : "quirk\(bit)")
    }
    return names
  }
}
