import IMAPCodec
@_spi(MailCodec) import MailWire

/// The text of an ENVELOPE or BODYSTRUCTURE as a server writes it, from which the codec makes the value: in one pass, however
/// deep the parts are nested.
struct StructureText {
  private(set) var bytes: [UInt8] = []

  static let limits = IMAPLimits(
    line: .max, literal: .max, streamedLiteral: .max, total: .max, nesting: .max, elements: .max)

  mutating func append(_ text: StaticString) {
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func append(_ text: StructureText) { bytes.append(contentsOf: text.bytes) }

  mutating func append(decimal number: Int) {
    var digits: [UInt8] = []
    var rest = number
    repeat {
      digits.append(48 + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes.append(contentsOf: digits.reversed())
  }

  /// Appends a string, quoted if it can be, without NUL, which no string may hold.
  mutating func append(string text: Span<UInt8>) {
    if text.firstIndex(of: 0) != nil {
      let clean = text.copied().filter { $0 != 0 }
      return append(string: clean.span)
    }
    var isPlain = true
    for index in text.indices where !text[index].isASCIIPrintable || text[index] == 34 || text[index] == 92 {
      isPlain = false
      break
    }
    guard !isPlain else {
      bytes.append(34)
      bytes.append(text)
      return bytes.append(34)
    }
    append("{")
    append(decimal: text.count)
    append("}\r\n")
    bytes.append(text)
  }

  /// Appends a string or `NIL`.
  mutating func append(optional text: [UInt8]?) {
    guard let text else { return append("NIL") }
    append(string: text.span)
  }
}
