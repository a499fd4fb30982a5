@_spi(MailCodec) import MailWire

/// Text in which upper and lower case are the same, as `i;unicode-casemap` has it for the Latin, Greek and Cyrillic letters.
///
/// [RFC 5051](https://www.rfc-editor.org/rfc/rfc5051)
enum FoldedText {
  /// Puts lower case in the place of upper case; the octets stay as many.
  static func fold(_ bytes: inout [UInt8]) {
    var index = 0
    let count = bytes.count
    while index < count {
      let byte = bytes[index]
      if byte < 0x80 {
        if byte >= 0x41, byte <= 0x5A { bytes[index] = byte | 0x20 }
      } else if byte >= 0xC3, byte <= 0xD0, index + 1 < count, bytes[index + 1] & 0xC0 == 0x80 {
        let scalar = UInt32(byte & 0x1F) << 6 | UInt32(bytes[index + 1] & 0x3F)
        let lower = Self.lower(scalar)
        bytes[index] = 0xC0 | UInt8(lower >> 6)
        bytes[index + 1] = 0x80 | UInt8(lower & 0x3F)
        index += 1
      }
      index += 1
    }
  }

  /// The lower case of a scalar below U+0440.
  private static func lower(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0xC0...0xD6, 0xD8...0xDE: scalar + 32
    case 0x100...0x12F, 0x132...0x137, 0x14A...0x177: scalar | 1
    case 0x139...0x148, 0x179...0x17E: scalar & 1 == 1 ? scalar + 1 : scalar
    case 0x178: 0xFF
    case 0x386: 0x3AC
    case 0x388...0x38A: scalar + 37
    case 0x38C: 0x3CC
    case 0x38E, 0x38F: scalar + 63
    case 0x391...0x3A1, 0x3A3...0x3AB: scalar + 32
    case 0x3C2: 0x3C3
    case 0x400...0x40F: scalar + 80
    case 0x410...0x42F: scalar + 32
    default: scalar
    }
  }
}

/// A string to look for, whatever the case.
///
/// No octet of a text is compared more than twice (Knuth, Morris and Pratt), whatever the string.
struct SearchNeedle: Sendable {
  private let needle: [UInt8]
  /// How much of the needle is still matched when the octet behind so much of it is another one.
  private let fallback: [Int]

  init(_ text: [UInt8]) {
    var needle = text
    FoldedText.fold(&needle)
    var fallback = [Int](repeating: 0, count: needle.count + 1)
    var length = 0
    for index in needle.indices.dropFirst() {
      while length > 0, needle[index] != needle[length] { length = fallback[length] }
      if needle[index] == needle[length] { length += 1 }
      fallback[index + 1] = length
    }
    self.needle = needle
    self.fallback = fallback
  }

  var isEmpty: Bool { needle.isEmpty }

  /// Whether a folded text holds it.
  func isIn(_ folded: [UInt8]) -> Bool {
    if needle.isEmpty { return true }
    guard folded.count >= needle.count else { return false }
    let text = folded.span
    let needle = needle.span
    let fallback = fallback.span
    var length = 0
    for index in text.indices {
      let byte = text[index]
      while length > 0, byte != needle[length] { length = fallback[length] }
      if byte == needle[length] { length += 1 }
      if length == needle.count { return true }
    }
    return false
  }
}
