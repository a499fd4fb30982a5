public import MailMessage
@_spi(MailCodec) import MailWire

extension Message {
  /// The beginning of the message's text as UTF-8 in one line, for `PREVIEW`: at most 200 characters, empty when there is no text.
  ///
  /// [RFC 8970 §3.2](https://www.rfc-editor.org/rfc/rfc8970#section-3.2). The first `text/plain` part is taken, or else the first
  /// `text/html` without its tags; attachments are not looked into, and of a part no more than 64 KiB.
  ///
  /// - Parameter bytes: the octets that the message was made from.
  public func preview(in bytes: Span<UInt8>, charsets: Charsets = .builtIn) -> [UInt8] {
    var other: (part: Int, type: ContentType)?
    // A message of many parts says what it is about in the first ones.
    for index in parts.indices.prefix(100) where parts[index].kind == .single && parts[index].isText {
      let header = HeaderSummary(bytes, fieldsRange(of: index))
      if let disposition = ContentDisposition(header.value(.contentDisposition, in: bytes), limit: 1),
        disposition.type == [UInt8]("attachment".utf8)
      {
        continue
      }
      let type = ContentType(header.value(.contentType, in: bytes))
      guard let type, type.subtype != [UInt8]("plain".utf8) else {
        return preview(index, type, in: bytes, charsets)
      }
      if other == nil, type.subtype == [UInt8]("html".utf8) { other = (index, type) }
    }
    return other.map { preview($0.part, $0.type, in: bytes, charsets) } ?? []
  }

  private func preview(_ index: Int, _ type: ContentType?, in bytes: Span<UInt8>, _ charsets: Charsets) -> [UInt8] {
    let body = parts[index].body
    let start = bytes.extracting(body.lowerBound..<min(body.upperBound, body.lowerBound + 65_536))
    guard let content = TransferDecoder.decode(start, parts[index].encoding) else { return [] }
    let charset = type?.parameters["charset"] ?? [UInt8]("utf-8".utf8)
    guard let text = charsets.utf8(content.span, charset: charset.span) else { return [] }
    var writer = PreviewText()
    if let type, type.subtype == [UInt8]("html".utf8) {
      writer.append(html: text.span)
    } else {
      writer.append(text.span)
    }
    return writer.bytes
  }
}
