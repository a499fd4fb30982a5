@_spi(MailCodec) import MailWire

/// A decoded response, borrowed.
struct LayoutView: ~Escapable {
  /// The octets of the response.
  let bytes: Span<UInt8>
  /// The strings that had escapes, without them; their offsets continue those of `bytes`.
  let unescaped: Span<UInt8>
  let entries: Span<LayoutEntry>

  @inline(__always)
  @_lifetime(copy bytes, copy unescaped, copy entries)
  init(bytes: Span<UInt8>, unescaped: Span<UInt8>, entries: Span<LayoutEntry>) {
    self.bytes = bytes
    self.unescaped = unescaped
    self.entries = entries
  }

  /// The octets of a string that is not `NIL`.
  @inline(__always)
  @_lifetime(copy self)
  func octets(_ entry: LayoutEntry) -> Span<UInt8> {
    if entry.start < bytes.count { return bytes.extracting(entry.start..<entry.end) }
    let start = entry.start &- bytes.count
    return unescaped.extracting(start..<(start &+ entry.count))
  }

  /// The string at an index of the table; nil for `NIL`.
  @inline(__always)
  @_lifetime(copy self)
  func string(_ index: Int) -> Span<UInt8>? {
    let entry = entries[index]
    if entry.isNull { return nil }
    return octets(entry)
  }

  /// The string at an index of the table, copied; nil for `NIL`.
  func copy(_ index: Int) -> [UInt8]? {
    let entry = entries[index]
    return entry.isNull ? nil : octets(entry).copied()
  }

  /// Indices of the entries in the run at an index of the table; none for `NIL`.
  func run(_ index: Int) -> Range<Int> {
    let entry = entries[index]
    return entry.isNull ? 0..<0 : entry.start..<entry.end
  }
}
