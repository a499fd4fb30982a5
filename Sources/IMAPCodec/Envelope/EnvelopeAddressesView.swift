@_spi(MailCodec) import MailWire

/// The addresses of one field of an envelope, borrowed.
public struct EnvelopeAddressesView: ~Escapable {
  let layout: LayoutView
  let base: Int
  /// How many addresses there are, ends of groups included.
  public let count: Int

  @_lifetime(copy layout)
  init(_ layout: LayoutView, at index: Int) {
    let run = layout.run(index)
    base = run.lowerBound
    count = run.count / 4
    self.layout = layout
  }

  /// Whether there is none: the field is `NIL`.
  public var isEmpty: Bool { count == 0 }

  /// The address at an index, which must be below ``count``.
  public subscript(index: Int) -> EnvelopeAddressView {
    @_lifetime(copy self)
    get {
      precondition(index >= 0 && index < count, "index beyond the addresses")
      return EnvelopeAddressView(layout, at: base &+ index &* 4)
    }
  }
}
