@_spi(MailCodec) import MailWire

extension SMTPCapabilities {
  /// The reply to `EHLO` that says them.
  ///
  /// - Parameter name: the server's own name, which the first line must begin with. Nothing of the client's is repeated.
  public func reply(from name: Domain) -> SMTPReply {
    var text = OutboundBuffer()
    text.append(name.bytes)
    for entry in entries {
      text.append(.lineFeed)
      text.append(entry.keyword.bytes)
      if !entry.parameters.isEmpty {
        text.append(.space)
        text.append(entry.parameters)
      }
    }
    return SMTPReply(250, bytes: text.bytes.copied())
  }
}
