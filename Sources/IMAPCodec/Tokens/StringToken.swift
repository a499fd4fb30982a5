@_spi(MailCodec) import MailWire

/// The octets of an atom, a quoted string or a literal, borrowed as they stand on the wire.
struct StringToken: ~Escapable {
  /// The content, without quotes or literal header, escapes still in it.
  let raw: Span<UInt8>
  /// Whether `raw` has backslashes that escape.
  let hasEscapes: Bool

  @inline(__always)
  @_lifetime(copy raw)
  init(_ raw: Span<UInt8>, hasEscapes: Bool = false) {
    self.raw = raw
    self.hasEscapes = hasEscapes
  }

  /// The content without escapes: one allocation, or none when empty.
  @inline(__always)
  func copied() -> [UInt8] { hasEscapes ? raw.unescaped() : raw.copied() }
}

extension Span<UInt8> {
  /// The content of a quoted string without its escapes.
  func unescaped() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    bytes.append(unescaping: self)
    return bytes
  }
}

extension [UInt8] {
  /// Appends the content of a quoted string without its escapes.
  mutating func append(unescaping raw: Span<UInt8>) {
    var runStart = 0
    var index = 0
    while index < raw.count {
      if raw[index] == .backslash {
        append(raw.extracting(runStart..<index))
        index &+= 1
        runStart = index
      }
      index &+= 1
    }
    append(raw.extracting(runStart..<raw.count))
  }
}
