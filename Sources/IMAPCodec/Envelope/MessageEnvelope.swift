@_spi(MailCodec) public import MailWire

/// What a message's header says of its date, subject, people and identifiers: the `ENVELOPE` item of `FETCH`.
///
/// [RFC 9051 §7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2). It shares the storage of the response it came
/// with; each property copies what it returns, and ``view`` lends it instead. Equal when all fields are, however they
/// were written.
///
///     S: * 12 FETCH (ENVELOPE ("Wed, 17 Jul 1996 02:23:25 -0700 (PDT)" "IMAP4rev2 WG mtg summary" …
public struct MessageEnvelope: Sendable {
  let layout: Layout
  let base: Int

  init(_ layout: Layout, at base: Int) {
    self.layout = layout
    self.base = base
  }

  /// The envelope of these fields.
  ///
  /// - Throws: ``SyntaxError`` with the code `unexpectedByte` for NUL in a string.
  public init(
    date: [UInt8]? = nil, subject: [UInt8]? = nil, from: [EnvelopeAddress] = [], sender: [EnvelopeAddress] = [],
    replyTo: [EnvelopeAddress] = [], to: [EnvelopeAddress] = [], cc: [EnvelopeAddress] = [],
    bcc: [EnvelopeAddress] = [], inReplyTo: [UInt8]? = nil, messageID: [UInt8]? = nil
  ) throws(SyntaxError) {
    var writer = IMAPWriter()
    writer.append(.openParenthesis)
    writer.writeNString(date?.span)
    writer.append(.space)
    writer.writeNString(subject?.span)
    for list in [from, sender, replyTo, to, cc, bcc] {
      writer.append(.space)
      guard !list.isEmpty else {
        writer.append("NIL")
        continue
      }
      writer.append(.openParenthesis)
      for address in list { address.write(to: &writer) }
      writer.append(.closeParenthesis)
    }
    writer.append(.space)
    writer.writeNString(inReplyTo?.span)
    writer.append(.space)
    writer.writeNString(messageID?.span)
    writer.append(.closeParenthesis)
    try self.init(writer.output.bytes, limits: .unlimited, quirks: [.eightBitInQuoted])
  }

  /// Parses an envelope by itself: the text from its opening parenthesis to its closing one, literals included.
  ///
  /// - Throws: ``SyntaxError`` where the text leaves the grammar.
  public init(
    _ bytes: Span<UInt8>, limits: IMAPLimits = IMAPLimits(), quirks: IMAPQuirks = .client
  ) throws(SyntaxError) {
    var builder = LayoutBuilder(limits: limits, quirks: quirks)
    try builder.reset(bytes.count)
    var cursor = ByteCursor(bytes)
    base = try builder.envelope(&cursor)
    guard cursor.isAtEnd else { throw cursor.error(.trailingBytes) }
    layout = Layout(builder.view(bytes))
  }

  /// The same, borrowed: nothing is copied.
  public var view: MessageEnvelopeView {
    @_lifetime(borrow self)
    get { MessageEnvelopeView(layout.view, at: base) }
  }

  /// The `Date` field's value as it stands in the message.
  public var date: [UInt8]? { layout.view.copy(base &+ EnvelopeField.date.rawValue) }

  /// The `Subject` field's value, encoded words included.
  public var subject: [UInt8]? { layout.view.copy(base &+ EnvelopeField.subject.rawValue) }

  /// The authors.
  public var from: [EnvelopeAddress] { addresses(.from) }

  /// The sender; a server repeats ``from`` when the message has none.
  public var sender: [EnvelopeAddress] { addresses(.sender) }

  /// Where replies go; a server repeats ``from`` when the message does not say.
  public var replyTo: [EnvelopeAddress] { addresses(.replyTo) }

  /// The primary recipients.
  public var to: [EnvelopeAddress] { addresses(.to) }

  /// The recipients of copies.
  public var cc: [EnvelopeAddress] { addresses(.cc) }

  /// The recipients of blind copies.
  public var bcc: [EnvelopeAddress] { addresses(.bcc) }

  /// The `In-Reply-To` field's value.
  public var inReplyTo: [UInt8]? { layout.view.copy(base &+ EnvelopeField.inReplyTo.rawValue) }

  /// The `Message-ID` field's value, angle brackets included.
  public var messageID: [UInt8]? { layout.view.copy(base &+ EnvelopeField.messageID.rawValue) }

  private func addresses(_ field: EnvelopeField) -> [EnvelopeAddress] {
    let list = view.addresses(field)
    var addresses: [EnvelopeAddress] = []
    addresses.reserveCapacity(list.count)
    for index in 0..<list.count { addresses.append(EnvelopeAddress(list[index])) }
    return addresses
  }

  /// A field's addresses with the groups put together.
  ///
  /// A group without its end reaches to the end of the list; an end without its group is left out.
  public static func entries(of addresses: [EnvelopeAddress]) -> [EnvelopeEntry] {
    var entries: [EnvelopeEntry] = []
    var group: (name: [UInt8], members: [EnvelopeAddress])?
    for address in addresses {
      guard address.host == nil else {
        if group == nil { entries.append(.address(address)) } else { group?.members.append(address) }
        continue
      }
      if let group { entries.append(.group(name: group.name, members: group.members)) }
      group = address.mailbox.map { ($0, []) }
    }
    if let group { entries.append(.group(name: group.name, members: group.members)) }
    return entries
  }
}
