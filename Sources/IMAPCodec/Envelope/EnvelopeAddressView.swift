@_spi(MailCodec) import MailWire

/// An address of an envelope, borrowed, see ``EnvelopeAddress``.
public struct EnvelopeAddressView: ~Escapable {
  let layout: LayoutView
  let base: Int

  @_lifetime(copy layout)
  init(_ layout: LayoutView, at base: Int) {
    self.layout = layout
    self.base = base
  }

  /// The display name.
  public var name: Span<UInt8>? {
    @_lifetime(copy self)
    get { layout.string(base) }
  }

  /// The source route, nearly always nil.
  public var sourceRoute: Span<UInt8>? {
    @_lifetime(copy self)
    get { layout.string(base &+ 1) }
  }

  /// The local part; the name of a group when ``host`` is nil; nil at the end of a group.
  public var mailbox: Span<UInt8>? {
    @_lifetime(copy self)
    get { layout.string(base &+ 2) }
  }

  /// The domain; nil at either end of a group.
  public var host: Span<UInt8>? {
    @_lifetime(copy self)
    get { layout.string(base &+ 3) }
  }
}
