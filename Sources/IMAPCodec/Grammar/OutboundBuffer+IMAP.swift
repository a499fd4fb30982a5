@_spi(MailCodec) import MailWire

// How a server writes strings: quoted where a quoted string can hold them, else as a literal. A server never waits for its
// literals, so that there is one way to write each string.

extension OutboundBuffer {
  /// `nstring`.
  mutating func append(nstring string: Span<UInt8>?) {
    if let string { append(string: string) } else { append("NIL") }
  }

  /// `string`: quoted when it is ASCII without NUL, CR and LF, and short enough for a line; else a literal.
  mutating func append(string: Span<UInt8>) {
    guard string.count <= 1_024, string.isQuotable else { return append(literal: string) }
    append(34)
    var start = 0
    for index in string.indices where string[index] == 34 || string[index] == 92 {
      append(string.extracting(start..<index))
      append(92)
      start = index
    }
    append(string.extracting(start..<string.count))
    append(34)
  }

  /// `literal`, or `literal8` when there is a NUL in it.
  mutating func append(literal: Span<UInt8>) {
    if literal.firstIndex(of: 0) != nil { append(126) }
    append(123)
    append(decimal: UInt64(literal.count))
    append(125)
    appendLineEnd()
    append(literal)
  }

  /// `astring`: an atom where possible.
  mutating func append(astring: Span<UInt8>) {
    var isAtom = !astring.isEmpty && !astring.isNil
    for index in astring.indices where !ASCIIClass.astring.contains(astring[index]) { isAtom = false }
    if isAtom { append(astring) } else { append(string: astring) }
  }
}

extension Span<UInt8> {
  /// Whether a quoted string can hold these octets for any client: ASCII without NUL, CR and LF.
  var isQuotable: Bool {
    for index in indices {
      let byte = self[index]
      if byte == 0 || byte == 10 || byte == 13 || byte >= 0x80 { return false }
    }
    return true
  }

  /// Whether these octets, as an atom, would read as `NIL`.
  var isNil: Bool { count == 3 && self[0] | 32 == 110 && self[1] | 32 == 105 && self[2] | 32 == 108 }
}
