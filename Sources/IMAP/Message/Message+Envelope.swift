public import IMAPCodec
public import MailMessage
@_spi(MailCodec) public import MailWire

extension Message {
  /// The envelope of the message, or of one that it encloses.
  ///
  /// [RFC 9051 §7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2): without a Sender or Reply-To field, From stands for
  /// it. An address without a domain gets the host `MISSING_DOMAIN`, since `NIL` would make it a group.
  ///
  /// - Parameters:
  ///   - part: the index of the message in ``MailMessage/Message/parts``; 0 for the message itself.
  ///   - bytes: the octets that the message was made from.
  /// - Throws: ``SyntaxError`` never for octets that the message was made from.
  public func envelope(of part: Int = 0, in bytes: Span<UInt8>) throws(SyntaxError) -> MessageEnvelope {
    var text = StructureText()
    text.append(envelopeOf: HeaderSummary(bytes, fieldsRange(of: part)), in: bytes)
    return try MessageEnvelope(text.bytes.span, limits: StructureText.limits, quirks: .none)
  }
}

extension StructureText {
  mutating func append(envelopeOf header: HeaderSummary, in bytes: Span<UInt8>) {
    append("(")
    append(optional: header.text(.date, in: bytes))
    append(" ")
    append(optional: header.text(.subject, in: bytes))
    var from = StructureText()
    from.append(addresses: AddressList(header.value(.from, in: bytes)))
    for name in [HeaderSummary.Name.from, .sender, .replyTo, .to, .cc, .bcc] {
      append(" ")
      let list = AddressList(header.value(name, in: bytes))
      let isFrom = name == .from || (name == .sender || name == .replyTo) && list.entries.isEmpty
      if isFrom { append(from) } else { append(addresses: list) }
    }
    append(" ")
    append(optional: header.text(.inReplyTo, in: bytes))
    append(" ")
    append(optional: header.text(.messageID, in: bytes))
    append(")")
  }

  private mutating func append(addresses list: AddressList) {
    guard !list.entries.isEmpty else { return append("NIL") }
    append("(")
    for entry in list.entries {
      switch entry {
      case .address(let address): append(address)
      case .group(let name, let members):
        append("(NIL NIL ")
        append(string: name.span)
        append(" NIL)")
        for member in members { append(member) }
        append("(NIL NIL NIL NIL)")
      }
    }
    append(")")
  }

  private mutating func append(_ address: MessageAddress) {
    append("(")
    append(optional: address.name)
    append(" ")
    append(optional: address.route)
    append(" ")
    append(string: address.localPart.span)
    append(" ")
    if let domain = address.domain { append(string: domain.span) } else { append("\"MISSING_DOMAIN\"") }
    append(")")
  }
}
