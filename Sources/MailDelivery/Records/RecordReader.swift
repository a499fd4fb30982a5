@_spi(MailCodec) import MailWire

/// Reads what ``RecordWriter`` wrote and refuses everything else.
struct RecordReader: ~Escapable {
  private let bytes: Span<UInt8>
  private var offset = 1

  /// Checks version and checksum.
  @_lifetime(copy record)
  init(_ record: Span<UInt8>) throws(RecordError) {
    guard record.count >= 6 else { throw .corrupt }
    let body = record.extracting(first: record.count - 4)
    var sum: UInt32 = 0
    for index in 0..<4 { sum |= UInt32(record[body.count + index]) << UInt32(index * 8) }
    guard sum == Checksum.of(body) else { throw .corrupt }
    guard record[0] == RecordWriter.version else { throw .unknownVersion }
    bytes = body
  }

  var isAtEnd: Bool { offset == bytes.count }

  @_lifetime(self: copy self)
  mutating func byte() throws(RecordError) -> UInt8 {
    guard offset < bytes.count else { throw .corrupt }
    offset += 1
    return bytes[offset - 1]
  }

  @_lifetime(self: copy self)
  mutating func number(upTo limit: UInt64 = .max) throws(RecordError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let next = try byte()
      guard shift < 63 || (shift == 63 && next <= 1) else { throw .corrupt }
      value |= UInt64(next & 127) << shift
      if next < 128 { break }
      shift += 7
    }
    guard value <= limit else { throw .corrupt }
    return value
  }

  /// A number of things of at least one octet each: there cannot be more of them than octets.
  @_lifetime(self: copy self)
  mutating func count() throws(RecordError) -> Int {
    Int(truncatingIfNeeded: try number(upTo: UInt64(bytes.count - offset)))
  }

  @_lifetime(self: copy self)
  mutating func time() throws(RecordError) -> Int64 {
    let value = try number()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  @_lifetime(self: copy self)
  mutating func run() throws(RecordError) -> [UInt8] {
    let length = try count()
    guard length <= bytes.count - offset else { throw .corrupt }
    offset += length
    return bytes.extracting((offset - length)..<offset).copied()
  }
}
