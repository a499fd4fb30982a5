@_spi(MailCodec) import MailWire

/// A list of octet strings in one allocation: each but the first has a NUL before it, an octet that no IMAP string may hold.
struct PackedStrings: Hashable, Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var count = 0

  init() {}

  /// Makes room for so many octets.
  mutating func reserve(_ octets: Int) { bytes.reserveCapacity(octets) }

  @inline(__always)
  mutating func append(_ string: Span<UInt8>) {
    if count > 0 { bytes.append(0) }
    bytes.append(string)
    count &+= 1
  }

  mutating func append(_ string: borrowing StringToken) {
    guard string.hasEscapes else { return append(string.raw) }
    let bytes = string.copied()
    append(bytes.span)
  }

  /// Calls `body` with each string, in order, until it returns false.
  func forEach<Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Bool) throws(Failure) {
    guard count > 0 else { return }
    let span = bytes.span
    var start = 0
    while let end = span.firstIndex(of: 0, from: start) {
      guard try body(span.extracting(start..<end)) else { return }
      start = end + 1
    }
    _ = try body(span.extracting(start..<span.count))
  }

  /// Whether a string with the same letters, in either case, is among them.
  func contains(_ string: Span<UInt8>) -> Bool {
    var found = false
    forEach { element in
      found = element.hasSameLetters(as: string)
      return !found
    }
    return found
  }

  /// The strings without those that have the same letters as `string`.
  func removing(_ string: Span<UInt8>) -> PackedStrings {
    var rest = PackedStrings()
    forEach { element in
      if !element.hasSameLetters(as: string) { rest.append(element) }
      return true
    }
    return rest
  }
}
