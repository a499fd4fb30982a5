/// Reads what ``RecordWriter`` wrote. Octets that end too early make it ``isBroken``, and every value empty.
struct RecordReader {
  private let bytes: [UInt8]
  private var offset: Int
  private let end: Int
  private(set) var isBroken = false

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    offset = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { offset >= end || isBroken }

  mutating func byte() -> UInt8 {
    guard offset < end else {
      isBroken = true
      return 0
    }
    offset += 1
    return bytes[offset - 1]
  }

  mutating func number() -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while !isBroken, shift < 64 {
      let byte = byte()
      value |= UInt64(byte & 127) << shift
      if byte < 128 { return value }
      shift += 7
    }
    isBroken = true
    return 0
  }

  mutating func number32() -> UInt32 { UInt32(truncatingIfNeeded: number()) }

  mutating func signed() -> Int64 {
    let value = number()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  mutating func octets() -> [UInt8] { [UInt8](bytes[textRange()]) }

  mutating func text() -> String { String(decoding: bytes[textRange()], as: UTF8.self) }

  private mutating func textRange() -> Range<Int> {
    let length = number()
    guard !isBroken, length <= UInt64(end - offset) else {
      isBroken = true
      return offset..<offset
    }
    defer { offset += Int(length) }
    return offset..<(offset + Int(length))
  }

  /// The next frame behind `offset`; nil when it is not there as a whole.
  static func frame(in bytes: [UInt8], at offset: Int) -> Range<Int>? {
    guard offset + 8 <= bytes.count else { return nil }
    func number(_ start: Int) -> UInt32 { (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) } }
    let length = Int(number(offset))
    guard length > 0, length <= bytes.count - offset - 8 else { return nil }
    let range = (offset + 8)..<(offset + 8 + length)
    return Checksum.crc32(bytes.span.extracting(range)) == number(offset + 4) ? range : nil
  }
}
