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

  /// ``mailbox`` without the angle bracket that some servers leave before it.
  public var localPart: Span<UInt8>? {
    @_lifetime(copy self)
    get {
      guard let mailbox, host != nil else { return nil }
      if mailbox.count > 1, mailbox[0] == .lessThan { return mailbox.extracting(1..<mailbox.count) }
      return mailbox
    }
  }

  /// ``host`` without the angle bracket that some servers leave behind it; nil, too, for what stands for a missing host, see
  /// ``IMAPQuirks/irregularHost``.
  public var domain: Span<UInt8>? {
    @_lifetime(copy self)
    get {
      guard let host, !Self.isPlaceholder(host) else { return nil }
      if host.count > 1, host[host.count &- 1] == .greaterThan { return host.extracting(0..<(host.count &- 1)) }
      return host
    }
  }

  /// Whether a host is what servers write for a missing one.
  static func isPlaceholder(_ host: Span<UInt8>) -> Bool {
    if host.count == 14 { return IMAPWord(host) == IMAPWord("missing_domain") }
    guard host.count == 19, host[0] == 46, host[18] == 46, host[17].asciiLowercased == 101 else { return false }
    return IMAPWord(host.extracting(1..<17)) == IMAPWord("missing-host-nam")
  }
}
