@_spi(MailCodec) import MailWire

/// Writes strings in the form that the encoding allows, and notes where a continuation request must be awaited.
struct IMAPWriter {
  var output = OutboundBuffer()
  /// The offsets behind synchronising literal headers.
  private(set) var stops: [Int] = []
  let encoding: IMAPEncoding

  init(_ encoding: IMAPEncoding) { self.encoding = encoding }

  /// `astring`.
  mutating func writeAString(_ string: Span<UInt8>) {
    if Self.isAtom(string) { output.append(string) } else { writeString(string) }
  }

  /// `string`: quoted or literal.
  mutating func writeString(_ string: Span<UInt8>) {
    guard canQuote(string) else { return writeLiteral(string) }
    output.append(.quote)
    for index in string.indices {
      let byte = string[index]
      if byte == .quote || byte == .backslash { output.append(.backslash) }
      output.append(byte)
    }
    output.append(.quote)
  }

  /// `list-mailbox`: wildcards may stand in an atom.
  mutating func writePattern(_ pattern: Span<UInt8>) {
    var isAtom = !pattern.isEmpty
    for index in pattern.indices where !ASCIIClass.list.contains(pattern[index]) { isAtom = false }
    if isAtom { output.append(pattern) } else { writeString(pattern) }
  }

  mutating func writeLiteral(_ string: Span<UInt8>) {
    writeHeader(size: UInt64(string.count), isBinary: false)
    output.append(string)
  }

  /// A literal's header, and a stop behind it unless the encoding lets the octets follow at once.
  mutating func writeHeader(size: UInt64, isBinary: Bool) {
    let isNonSynchronising = encoding.isNonSynchronising(size)
    LiteralHeader(size: size, isNonSynchronising: isNonSynchronising, isBinary: isBinary).write(to: &output)
    if !isNonSynchronising, encoding.literals != .server { stops.append(output.count) }
  }

  /// Whether the string can stand alone. `NIL` cannot: many parsers take the atom for something else.
  private static func isAtom(_ string: Span<UInt8>) -> Bool {
    guard !string.isEmpty else { return false }
    for index in string.indices where !ASCIIClass.astring.contains(string[index]) { return false }
    guard string.count == 3 else { return true }
    return !(string[0] | 32 == 110 && string[1] | 32 == 105 && string[2] | 32 == 108)
  }

  private func canQuote(_ string: Span<UInt8>) -> Bool {
    guard string.count <= encoding.longestQuoted else { return false }
    var isASCII = true
    for index in string.indices {
      let byte = string[index]
      guard byte != 13, byte != 10, byte != 0 else { return false }
      if byte >= 128 { isASCII = false }
    }
    return isASCII || (encoding.acceptsUTF8 && string.isUTF8)
  }
}

extension Span<UInt8> {
  /// Whether the octets are well-formed UTF-8, [RFC 3629 §4](https://www.rfc-editor.org/rfc/rfc3629#section-4).
  var isUTF8: Bool {
    var index = 0
    while index < count {
      guard let length = scalarLength(at: index) else { return false }
      index &+= length
    }
    return true
  }

  /// The length of the well-formed UTF-8 sequence at `index`; nil when there is none.
  func scalarLength(at index: Int) -> Int? {
    let first = self[index]
    guard first >= 0x80 else { return 1 }
    let length: Int
    var lower: UInt8 = 0x80
    var upper: UInt8 = 0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, lower) = (3, 0xA0)
    case 0xED: (length, upper) = (3, 0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, lower) = (4, 0x90)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, upper) = (4, 0x8F)
    default: return nil
    }
    guard index &+ length <= count, self[index &+ 1] >= lower, self[index &+ 1] <= upper else { return nil }
    for position in (index &+ 2)..<Swift.max(index &+ 2, index &+ length) where self[position] & 0xC0 != 0x80 {
      return nil
    }
    return length
  }
}
