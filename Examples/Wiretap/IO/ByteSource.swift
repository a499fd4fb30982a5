/// Where recorded octets come from.
protocol ByteSource {
  /// Appends the next octets to `buffer`, `limit` at the most; false at the end.
  mutating func read(_ limit: Int, into buffer: inout [UInt8]) throws(Failure) -> Bool
}

/// Octets in memory.
struct MemorySource: ByteSource {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func read(_ limit: Int, into buffer: inout [UInt8]) -> Bool {
    let count = min(limit, bytes.count - offset)
    buffer += bytes[offset..<(offset + count)]
    offset += count
    return count > 0
  }
}
