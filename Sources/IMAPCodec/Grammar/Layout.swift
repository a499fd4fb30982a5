@_spi(MailCodec) import MailWire

/// A decoded response that owns what it was read from: its octets in one array, and in another where everything lies.
///
/// This is the representation behind ``FetchResponse``, ``MessageEnvelope`` and ``BodyStructure``. A response is checked
/// and taken apart once, into a table whose shape the grammar fixes (an envelope is ten entries, a body part seventeen), and
/// no string is copied by itself. Views borrow the octets and the table; values own both, in two allocations however many
/// strings there are, and share them. Three ways were measured before this one was chosen, see the module's documentation.
struct Layout: Sendable {
  /// The octets of the whole response, with the strings that had escapes appended without them.
  let bytes: [UInt8]
  let entries: [LayoutEntry]

  static let empty = Layout(bytes: [], entries: [])

  init(bytes: [UInt8], entries: [LayoutEntry]) {
    self.bytes = bytes
    self.entries = entries
  }

  /// What a view borrows, copied.
  @inline(__always)
  init(_ view: LayoutView) {
    guard view.entries.count > 0 else {
      self = .empty
      return
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(view.bytes.count &+ view.unescaped.count)
    bytes.append(view.bytes)
    if view.unescaped.count > 0 { bytes.append(view.unescaped) }
    self.bytes = bytes
    entries = unsafe view.entries.withUnsafeBufferPointer { unsafe [LayoutEntry]($0) }
  }

  @inline(__always)
  var view: LayoutView {
    @_lifetime(borrow self)
    get {
      let bytes = bytes.span
      return LayoutView(bytes: bytes, unescaped: bytes.extracting(0..<0), entries: entries.span)
    }
  }
}
