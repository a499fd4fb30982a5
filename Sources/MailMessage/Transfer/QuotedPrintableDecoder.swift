@_spi(MailCodec) import MailWire

/// Quoted-printable as bodies have it: lenient, piece by piece.
///
/// [RFC 2045 §6.7](https://www.rfc-editor.org/rfc/rfc2045#section-6.7): blanks at the end of a line go, and an equals sign that
/// begins neither an octet nor a soft line end stays as it is.
public struct QuotedPrintableDecoder: Sendable {
  /// What may still become something else: an equals sign with what follows it, or blanks that a line may end with.
  private var held: [UInt8] = []

  /// More blanks than this are no line's end; lines have at most 76 octets.
  private static let maximumHeld = 1024

  /// A decoder at the beginning of the data.
  public init() {}

  /// Decodes the next piece and appends what it gives.
  public mutating func decode(_ piece: Span<UInt8>, into output: inout [UInt8]) {
    var offset = 0
    while offset < piece.count {
      if held.first == .equals {
        if takeEscaped(piece[offset], into: &output) { offset += 1 }
        continue
      }
      let mark = piece.firstIndex(of: .equals, or: .lineFeed, from: offset) ?? piece.count
      var textEnd = mark
      let isAtEquals = mark < piece.count && piece[mark] == .equals
      // Blanks, and a CR behind them, wait for what follows; an equals sign means that they are text.
      if !isAtEquals { while textEnd > offset, piece[textEnd - 1].isFieldSpace { textEnd -= 1 } }
      if textEnd > offset || isAtEquals {
        release(into: &output)
        output.append(piece.extracting(offset..<textEnd))
      }
      if isAtEquals {
        held.append(.equals)
      } else if mark < piece.count {
        let isCRLF = mark > textEnd ? piece[mark - 1] == .carriageReturn : held.last == .carriageReturn
        held.removeAll(keepingCapacity: true)
        if isCRLF { output.append(.carriageReturn) }
        output.append(.lineFeed)
      } else {
        for index in textEnd..<mark {
          if held.count == Self.maximumHeld { release(into: &output) }
          held.append(piece[index])
        }
      }
      offset = min(mark + 1, piece.count)
    }
  }

  /// Takes an octet behind an equals sign; false when it belongs to what follows instead.
  private mutating func takeEscaped(_ byte: UInt8, into output: inout [UInt8]) -> Bool {
    if byte == .lineFeed, held.count == 1 || held[1].hexadecimalValue == nil {
      held.removeAll(keepingCapacity: true)
      return true
    }
    if held.count == 1 || (held[1].isFieldSpace && held[held.count - 1] != .carriageReturn) {
      if byte.hexadecimalValue != nil && held.count == 1 || byte.isFieldSpace && byte != .lineFeed {
        if held.count < Self.maximumHeld {
          held.append(byte)
          return true
        }
      }
    } else if let high = held[1].hexadecimalValue, let low = byte.hexadecimalValue {
      held.removeAll(keepingCapacity: true)
      output.append(high << 4 | low)
      return true
    }
    release(into: &output)
    return false
  }

  /// Appends what was held back, once it is known to be text.
  private mutating func release(into output: inout [UInt8]) {
    output.append(held.span)
    held.removeAll(keepingCapacity: true)
  }

  /// Appends what was held back at the end of the data: an equals sign that nothing follows goes, as do blanks.
  public mutating func finish(into output: inout [UInt8]) {
    if held.count > 1, held[0] == .equals, held[1].hexadecimalValue != nil { release(into: &output) }
    held.removeAll()
  }
}
