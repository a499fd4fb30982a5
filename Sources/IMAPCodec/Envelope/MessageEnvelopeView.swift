@_spi(MailCodec) import MailWire

/// An envelope, borrowed from the response that has it: nothing is copied.
///
/// [RFC 9051 §7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2). ``MessageEnvelope`` is the same, owned.
public struct MessageEnvelopeView: ~Escapable {
  let layout: LayoutView
  let base: Int

  @_lifetime(copy layout)
  init(_ layout: LayoutView, at base: Int) {
    self.layout = layout
    self.base = base
  }

  /// The `Date` field's value as it stands in the message.
  public var date: Span<UInt8>? {
    @_lifetime(copy self)
    get { layout.string(base &+ EnvelopeField.date.rawValue) }
  }

  /// The `Subject` field's value, encoded words included.
  public var subject: Span<UInt8>? {
    @_lifetime(copy self)
    get { layout.string(base &+ EnvelopeField.subject.rawValue) }
  }

  /// The authors.
  public var from: EnvelopeAddressesView {
    @_lifetime(copy self)
    get { addresses(.from) }
  }

  /// The sender; a server repeats ``from`` when the message has none.
  public var sender: EnvelopeAddressesView {
    @_lifetime(copy self)
    get { addresses(.sender) }
  }

  /// Where replies go; a server repeats ``from`` when the message does not say.
  public var replyTo: EnvelopeAddressesView {
    @_lifetime(copy self)
    get { addresses(.replyTo) }
  }

  /// The primary recipients.
  public var to: EnvelopeAddressesView {
    @_lifetime(copy self)
    get { addresses(.to) }
  }

  /// The recipients of copies.
  public var cc: EnvelopeAddressesView {
    @_lifetime(copy self)
    get { addresses(.cc) }
  }

  /// The recipients of blind copies.
  public var bcc: EnvelopeAddressesView {
    @_lifetime(copy self)
    get { addresses(.bcc) }
  }

  /// The `In-Reply-To` field's value.
  public var inReplyTo: Span<UInt8>? {
    @_lifetime(copy self)
    get { layout.string(base &+ EnvelopeField.inReplyTo.rawValue) }
  }

  /// The `Message-ID` field's value, angle brackets included.
  public var messageID: Span<UInt8>? {
    @_lifetime(copy self)
    get { layout.string(base &+ EnvelopeField.messageID.rawValue) }
  }

  @_lifetime(copy self)
  func addresses(_ field: EnvelopeField) -> EnvelopeAddressesView {
    EnvelopeAddressesView(layout, at: base &+ field.rawValue)
  }
}
