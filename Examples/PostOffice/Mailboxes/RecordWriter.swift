/// Writes numbers and texts into octets.
struct RecordWriter {
  private(set) var bytes: [UInt8] = []

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  mutating func write(byte: UInt8) { bytes.append(byte) }

  /// A number in groups of seven bits, the lowest first.
  mutating func write(_ number: UInt64) {
    var rest = number
    while rest > 127 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func write(_ number: Int64) { write(UInt64(bitPattern: number << 1 ^ number >> 63)) }

  mutating func write(_ bytes: [UInt8]) {
    write(UInt64(bytes.count))
    self.bytes += bytes
  }

  mutating func write(_ text: String) {
    write(UInt64(text.utf8.count))
    bytes += text.utf8
  }

  /// The octets behind their length and checksum.
  var frame: [UInt8] {
    let head = [UInt32(bytes.count), Checksum.crc32(bytes.span)]
    return head.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) } } + bytes
  }
}
