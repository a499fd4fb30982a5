/// Base64 as SASL exchanges use it: strict, with no line breaks and exact padding.
///
/// [RFC 4648 §4](https://www.rfc-editor.org/rfc/rfc4648#section-4). A decoder that skips strange characters gives one
/// message many spellings; here every value has one.
///
///     C: AUTH PLAIN AHRlc3QAMTIzNA==
public enum Base64 {
  /// Decodes `text`.
  ///
  /// - Throws: ``SyntaxError`` at the first octet that is not of the alphabet, where padding is missing, superfluous or in
  ///   the middle, and where the unused bits of the last character are not zero.
  public static func decode(_ text: Span<UInt8>) throws(SyntaxError) -> [UInt8] {
    guard text.count % 4 == 0 else { throw SyntaxError(.badBase64, at: text.count) }
    guard text.count > 0 else { return [] }
    var output: [UInt8] = []
    output.reserveCapacity(text.count / 4 * 3)
    var offset = 0
    while offset < text.count - 4 {
      let group =
        try value(text, offset) << 18 | value(text, offset + 1) << 12 | value(text, offset + 2) << 6
        | value(text, offset + 3)
      output.append(UInt8(truncatingIfNeeded: group >> 16))
      output.append(UInt8(truncatingIfNeeded: group >> 8))
      output.append(UInt8(truncatingIfNeeded: group))
      offset += 4
    }
    try decodeLastGroup(text, at: offset, into: &output)
    return output
  }

  /// Encodes `bytes` in one line.
  public static func encode(_ bytes: Span<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity((bytes.count + 2) / 3 * 4)
    var offset = 0
    while offset + 3 <= bytes.count {
      let group = UInt32(bytes[offset]) << 16 | UInt32(bytes[offset + 1]) << 8 | UInt32(bytes[offset + 2])
      output.append(character(group >> 18))
      output.append(character(group >> 12))
      output.append(character(group >> 6))
      output.append(character(group))
      offset += 3
    }
    switch bytes.count - offset {
    case 1:
      let group = UInt32(bytes[offset]) << 16
      output.append(contentsOf: [character(group >> 18), character(group >> 12), padding, padding])
    case 2:
      let group = UInt32(bytes[offset]) << 16 | UInt32(bytes[offset + 1]) << 8
      output.append(contentsOf: [character(group >> 18), character(group >> 12), character(group >> 6), padding])
    default:
      break
    }
    return output
  }

  private static let padding: UInt8 = 61

  private static func decodeLastGroup(
    _ text: Span<UInt8>, at offset: Int, into output: inout [UInt8]
  ) throws(SyntaxError) {
    let first = try value(text, offset)
    let second = try value(text, offset + 1)
    output.append(UInt8(truncatingIfNeeded: first << 2 | second >> 4))
    if text[offset + 2] == padding {
      guard text[offset + 3] == padding else { throw SyntaxError(.badBase64, at: offset + 2) }
      guard second & 0xF == 0 else { throw SyntaxError(.badBase64, at: offset + 1) }
      return
    }
    let third = try value(text, offset + 2)
    output.append(UInt8(truncatingIfNeeded: second << 4 | third >> 2))
    if text[offset + 3] == padding {
      guard third & 0x3 == 0 else { throw SyntaxError(.badBase64, at: offset + 2) }
      return
    }
    let fourth = try value(text, offset + 3)
    output.append(UInt8(truncatingIfNeeded: third << 6 | fourth))
  }

  private static func value(_ text: Span<UInt8>, _ offset: Int) throws(SyntaxError) -> UInt32 {
    let character = text[offset]
    switch character {
    case 65...90: return UInt32(character) - 65
    case 97...122: return UInt32(character) - 71
    case 48...57: return UInt32(character) + 4
    case 43: return 62
    case 47: return 63
    default: throw SyntaxError(.badBase64, at: offset)
    }
  }

  private static func character(_ value: UInt32) -> UInt8 {
    let index = UInt8(truncatingIfNeeded: value & 0x3F)
    switch index {
    case 0..<26: return index + 65
    case 26..<52: return index + 71
    case 52..<62: return index - 4
    case 62: return 43
    default: return 47
    }
  }
}
