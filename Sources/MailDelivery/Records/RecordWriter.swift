/// Writes the octets of a record: numbers of variable length, and a checksum behind it all.
struct RecordWriter {
  private(set) var bytes: [UInt8] = []

  static var version: UInt8 { 1 }

  init(_ kind: DeliveryRecord.Kind, _ id: QueueID) {
    bytes.reserveCapacity(96)
    bytes.append(Self.version)
    bytes.append(kind.rawValue)
    append(id.number)
  }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  /// Seven bits an octet, lowest first.
  mutating func append(_ number: UInt64) {
    var rest = number
    while rest >= 128 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func append(_ count: Int) { append(UInt64(count)) }

  /// A time: zigzag, because the host's origin may lie in the future.
  mutating func append(time: Int64) {
    append(UInt64(bitPattern: (time << 1) ^ (time >> 63)))
  }

  mutating func append(_ run: [UInt8]) {
    append(run.count)
    bytes.append(contentsOf: run)
  }

  /// The record with its checksum.
  consuming func finish() -> [UInt8] {
    let sum = Checksum.of(bytes.span)
    for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: sum >> shift)) }
    return bytes
  }
}

/// CRC-32 as in Ethernet and zip, four bits at a time.
enum Checksum {
  private static let table: [UInt32] = (0..<16).map { index in
    (0..<4).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
  }

  static func of(_ bytes: Span<UInt8>) -> UInt32 {
    let table = Self.table
    var sum = UInt32.max
    for index in bytes.indices {
      sum ^= UInt32(bytes[index])
      sum = (sum >> 4) ^ table[Int(sum & 15)]
      sum = (sum >> 4) ^ table[Int(sum & 15)]
    }
    return ~sum
  }
}
