/// CRC-32 as in Ethernet: enough to know a record that was written to its end.
enum Checksum {
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xEDB8_8320 }
  }

  static func crc32(_ bytes: Span<UInt8>) -> UInt32 {
    let table = table
    var value = ~UInt32(0)
    for index in bytes.indices { value = value >> 8 ^ table[Int((value ^ UInt32(bytes[index])) & 255)] }
    return ~value
  }
}
