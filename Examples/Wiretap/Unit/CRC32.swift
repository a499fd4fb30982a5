/// The checksum that `crc32`, `gzip` and `zip` use, to tell long texts apart without showing them.
struct CRC32: Equatable, Sendable {
  private var state: UInt32 = .max

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
  }

  mutating func add(_ bytes: Span<UInt8>) {
    let table = Self.table
    for index in bytes.indices { state = table[Int((state ^ UInt32(bytes[index])) & 0xFF)] ^ state >> 8 }
  }

  /// Eight hexadecimal digits.
  var text: String {
    let digits = String(~state, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
