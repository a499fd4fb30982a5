@_spi(MailCodec) import MailWire

/// UTF-8 by hand, because a `String` would bring the Unicode tables along.
package enum UTF8Text {
  /// The octets with U+FFFD for each ill-formed sequence, the longest beginning of a good one counting as one.
  package static func repaired(_ bytes: Span<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var offset = 0
    while offset < bytes.count {
      let (length, isGood) = sequence(bytes, at: offset)
      if isGood { text.append(bytes.extracting(offset..<(offset + length))) } else { append(0xFFFD, to: &text) }
      offset += length
    }
    return text
  }

  /// The length of the sequence at an offset that is not the end, and whether it is well-formed;
  /// [RFC 3629 §4](https://www.rfc-editor.org/rfc/rfc3629#section-4).
  package static func sequence(_ bytes: Span<UInt8>, at offset: Int) -> (length: Int, isGood: Bool) {
    let first = bytes[offset]
    var second: ClosedRange<UInt8> = 0x80...0xBF
    let count: Int
    switch first {
    case 0..<0x80: return (1, true)
    case 0xC2...0xDF: count = 2
    case 0xE0:
      count = 3
      second = 0xA0...0xBF
    case 0xED:
      count = 3
      second = 0x80...0x9F
    case 0xE1...0xEF: count = 3
    case 0xF0:
      count = 4
      second = 0x90...0xBF
    case 0xF4:
      count = 4
      second = 0x80...0x8F
    case 0xF1...0xF3: count = 4
    default: return (1, false)
    }
    for index in 1..<count {
      guard offset + index < bytes.count else { return (index, false) }
      let isGood = index == 1 ? second.contains(bytes[offset + 1]) : bytes[offset + index] & 0xC0 == 0x80
      guard isGood else { return (index, false) }
    }
    return (count, true)
  }

  /// Appends a character, which is no surrogate, by its number.
  package static func append(_ scalar: UInt32, to text: inout [UInt8]) {
    func byte(_ shift: UInt32, _ mark: UInt8) -> UInt8 { UInt8(truncatingIfNeeded: scalar >> shift) & 0x3F | mark }
    switch scalar {
    case 0..<0x80: text.append(UInt8(truncatingIfNeeded: scalar))
    case 0x80..<0x800:
      text.append(UInt8(truncatingIfNeeded: scalar >> 6) | 0xC0)
      text.append(byte(0, 0x80))
    case 0x800..<0x10000:
      text.append(UInt8(truncatingIfNeeded: scalar >> 12) | 0xE0)
      text.append(byte(6, 0x80))
      text.append(byte(0, 0x80))
    default:
      text.append(UInt8(truncatingIfNeeded: scalar >> 18) & 7 | 0xF0)
      text.append(byte(12, 0x80))
      text.append(byte(6, 0x80))
      text.append(byte(0, 0x80))
    }
  }
}
