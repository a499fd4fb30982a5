@_spi(MailCodec) public import MailWire

extension MessageEnvelope {
  /// Writes the envelope in parentheses; strings take the forms that `encoding` allows.
  @_spi(MailCodec)
  public func write(to output: inout OutboundBuffer, for encoding: IMAPEncoding = .server) {
    IMAPWriter.append(to: &output, for: encoding) { write(to: &$0) }
  }

  func write(to writer: inout IMAPWriter) { view.write(to: &writer) }
}

extension MessageEnvelopeView {
  /// Writes the envelope in parentheses, the same text for the same fields.
  func write(to writer: inout IMAPWriter) {
    writer.append(.openParenthesis)
    writer.writeNString(date)
    writer.append(.space)
    writer.writeNString(subject)
    for field in EnvelopeField.from.rawValue...EnvelopeField.bcc.rawValue {
      writer.append(.space)
      let list = EnvelopeAddressesView(layout, at: base &+ field)
      guard !list.isEmpty else {
        writer.append("NIL")
        continue
      }
      writer.append(.openParenthesis)
      for index in 0..<list.count { list[index].write(to: &writer) }
      writer.append(.closeParenthesis)
    }
    writer.append(.space)
    writer.writeNString(inReplyTo)
    writer.append(.space)
    writer.writeNString(messageID)
    writer.append(.closeParenthesis)
  }
}

extension EnvelopeAddressView {
  func write(to writer: inout IMAPWriter) {
    writer.append(.openParenthesis)
    writer.writeNString(name)
    writer.append(.space)
    writer.writeNString(sourceRoute)
    writer.append(.space)
    writer.writeNString(mailbox)
    writer.append(.space)
    writer.writeNString(host)
    writer.append(.closeParenthesis)
  }
}
