@_spi(MailCodec) import MailWire

/// Takes a whole response apart into the table of a ``LayoutView``. Its arrays are kept from one response to the next, so
/// that reading costs no allocation.
struct LayoutBuilder: ~Copyable, Sendable {
  var entries: [LayoutEntry] = []
  /// Strings that had escapes, without them.
  var unescaped: [UInt8] = []
  /// What is open around the current place: the entries of body parts whose end is not yet read.
  var open: [Int] = []
  /// The length of the response; offsets from there on are in `unescaped`.
  var base = 0
  /// What may be accepted, and what had to be.
  var context: ParseContext

  init(limits: IMAPLimits, quirks: IMAPQuirks) {
    context = ParseContext(quirks: quirks, limits: limits, isResponse: true)
  }

  /// Begins with a response of this many octets.
  @inline(__always)
  mutating func reset(_ count: Int) throws(SyntaxError) {
    // Offsets are 32 bits wide; the top is left free for what is unescaped, and for `NIL`.
    guard count <= Int(Int32.max) else { throw SyntaxError(.tooLong, at: Int(Int32.max)) }
    if !entries.isEmpty { entries.removeAll(keepingCapacity: true) }
    if !unescaped.isEmpty { unescaped.removeAll(keepingCapacity: true) }
    base = count
    context.reset()
  }

  /// Gives up what a hostile response made the arrays grow to.
  mutating func trim() {
    if entries.capacity > 4_096 { entries = [] }
    if unescaped.capacity > 16_384 { unescaped = [] }
    if open.capacity > 1_024 { open = [] }
    context.trim()
  }

  /// What was read so far, borrowed from this builder and the response.
  @inline(__always)
  @_lifetime(borrow self, copy bytes)
  borrowing func view(_ bytes: Span<UInt8>) -> LayoutView {
    LayoutView(bytes: bytes, unescaped: unescaped.span, entries: entries.span)
  }

  /// Appends entries that are filled later, and says where they begin.
  @inline(__always)
  mutating func reserve(_ count: Int) -> Int {
    let start = entries.count
    entries.append(addingCapacity: count) { output in
      for _ in 0..<count { output.append(.null) }
    }
    return start
  }
}
