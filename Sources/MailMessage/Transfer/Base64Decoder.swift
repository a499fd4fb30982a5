@_spi(MailCodec) import MailWire

/// Base64 as bodies have it: lenient, piece by piece.
///
/// [RFC 2045 §6.8](https://www.rfc-editor.org/rfc/rfc2045#section-6.8): what is not of the alphabet is skipped, and padding ends
/// the data. ``MailWire/Base64`` is the strict form of SASL.
public struct Base64Decoder: Sendable {
  private var group: UInt32 = 0
  private var bits = 0
  /// Whether padding was met: all that follows is skipped.
  public private(set) var isEnded = false

  /// A decoder at the beginning of the data.
  public init() {}

  /// Decodes the next piece and appends what it gives.
  public mutating func decode(_ piece: Span<UInt8>, into output: inout [UInt8]) {
    var group = group
    var bits = bits
    var offset = 0
    while offset < piece.count, !isEnded {
      if bits == 0 {
        // Groups of four, which nearly all data are made of.
        while offset + 4 <= piece.count {
          let (first, second) = (Self.value(piece[offset]), Self.value(piece[offset + 1]))
          let (third, fourth) = (Self.value(piece[offset + 2]), Self.value(piece[offset + 3]))
          guard (first | second | third | fourth) < 64 else { break }
          output.append(first << 2 | second >> 4)
          output.append(second << 4 | third >> 2)
          output.append(third << 6 | fourth)
          offset += 4
        }
        guard offset < piece.count else { break }
      }
      let value = Self.value(piece[offset])
      if value < 64 {
        group = group << 6 | UInt32(value)
        bits += 6
        if bits >= 8 {
          bits -= 8
          output.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
        }
      } else if piece[offset] == .equals {
        isEnded = true
      }
      offset += 1
    }
    self.group = group
    self.bits = bits
  }

  /// The six bits of a character, 255 for what is none.
  private static func value(_ character: UInt8) -> UInt8 {
    switch character {
    case 65...90: character &- 65
    case 97...122: character &- 71
    case 48...57: character &+ 4
    case 43: 62
    case 47: 63
    default: 255
    }
  }
}
