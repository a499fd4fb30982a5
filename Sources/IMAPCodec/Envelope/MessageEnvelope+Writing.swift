@_spi(MailCodec) public import MailWire

extension MessageEnvelope {
  /// Writes the envelope in parentheses.
  @_spi(MailCodec)
  public func write(to output: inout OutboundBuffer) { view.write(to: &output) }
}

extension MessageEnvelopeView {
  /// Writes the envelope in parentheses, the same text for the same fields.
  func write(to output: inout OutboundBuffer) {
    output.append(.openParenthesis)
    output.append(nstring: date)
    output.append(.space)
    output.append(nstring: subject)
    for field in EnvelopeField.from.rawValue...EnvelopeField.bcc.rawValue {
      output.append(.space)
      let list = EnvelopeAddressesView(layout, at: base &+ field)
      guard !list.isEmpty else {
        output.append("NIL")
        continue
      }
      output.append(.openParenthesis)
      for index in 0..<list.count { list[index].write(to: &output) }
      output.append(.closeParenthesis)
    }
    output.append(.space)
    output.append(nstring: inReplyTo)
    output.append(.space)
    output.append(nstring: messageID)
    output.append(.closeParenthesis)
  }
}

extension EnvelopeAddressView {
  func write(to output: inout OutboundBuffer) {
    output.append(.openParenthesis)
    output.append(nstring: name)
    output.append(.space)
    output.append(nstring: sourceRoute)
    output.append(.space)
    output.append(nstring: mailbox)
    output.append(.space)
    output.append(nstring: host)
    output.append(.closeParenthesis)
  }
}
