@_spi(MailCodec) public import MailWire

extension FetchResponse {
  /// Writes the response with its asterisk and line end; strings take the forms that `encoding` allows.
  @_spi(MailCodec)
  public func write(to output: inout OutboundBuffer, for encoding: IMAPEncoding = .server) {
    IMAPWriter.append(to: &output, for: encoding) { write(to: &$0) }
  }

  func write(to writer: inout IMAPWriter) {
    writer.append("* ")
    writer.append(decimal: UInt64(number))
    writer.append(isUIDFetch ? " UIDFETCH (" : " FETCH (")
    var isFirst = true
    if let uid, !isUIDFetch {
      begin("UID ", &isFirst, &writer)
      writer.append(decimal: UInt64(uid))
    }
    if let flags {
      begin("FLAGS ", &isFirst, &writer)
      flags.write(to: &writer)
    }
    if let internalDate {
      begin("INTERNALDATE ", &isFirst, &writer)
      internalDate.write(to: &writer)
    }
    if let size {
      begin("RFC822.SIZE ", &isFirst, &writer)
      writer.append(decimal: size)
    }
    if let modSeq {
      begin("MODSEQ (", &isFirst, &writer)
      writer.append(decimal: modSeq)
      writer.append(.closeParenthesis)
    }
    for item in items {
      begin("", &isFirst, &writer)
      item.write(to: &writer)
    }
    writer.append(.closeParenthesis)
    writer.appendLineEnd()
  }

  private func begin(_ name: StaticString, _ isFirst: inout Bool, _ writer: inout IMAPWriter) {
    if !isFirst { writer.append(.space) }
    isFirst = false
    writer.append(name)
  }
}

extension FetchItem {
  /// Writes the item's name and value.
  func write(to writer: inout IMAPWriter) {
    switch self {
    case .envelope(let envelope):
      writer.append("ENVELOPE ")
      envelope.write(to: &writer)
    case .bodyStructure(let structure):
      writer.append("BODYSTRUCTURE ")
      structure.write(to: &writer, isExtended: true)
    case .body(let structure):
      writer.append("BODY ")
      structure.write(to: &writer, isExtended: false)
    case .section(let section):
      section.write(to: &writer)
    case .binarySize(let path, let size):
      writer.append("BINARY.SIZE[")
      path.write(to: &writer)
      writer.append("] ")
      writer.append(decimal: min(size, UInt64(Int64.max)))
    case .emailID(let identifier):
      writer.append("EMAILID (")
      writer.append(identifier.bytes)
      writer.append(.closeParenthesis)
    case .threadID(let identifier):
      writer.append("THREADID ")
      guard let identifier else { return writer.append("NIL") }
      writer.append(.openParenthesis)
      writer.append(identifier.bytes)
      writer.append(.closeParenthesis)
    case .preview(let text):
      writer.append("PREVIEW ")
      writer.writeNString(text?.span)
    case .saveDate(let date):
      writer.append("SAVEDATE ")
      if let date { date.write(to: &writer) } else { writer.append("NIL") }
    case .gmailMessageID(let number):
      writer.append("X-GM-MSGID ")
      writer.append(decimal: number)
    case .gmailThreadID(let number):
      writer.append("X-GM-THRID ")
      writer.append(decimal: number)
    case .gmailLabels(let labels):
      writer.append("X-GM-LABELS (")
      var isFirst = true
      for label in labels {
        if !isFirst { writer.append(.space) }
        isFirst = false
        writer.writeString(label.span)
      }
      writer.append(.closeParenthesis)
    case .unknown(let item):
      writer.append(item.name)
      writer.append(.space)
      writer.append(item.text)
    case .malformed(let item):
      writer.append(item.name)
      if !item.text.isEmpty { writer.append(.space) }
      writer.append(item.text)
    }
  }
}

extension FetchSection {
  /// Writes the section: `BINARY` as a `literal8` when it must be one, everything else as a literal.
  func write(to writer: inout IMAPWriter) {
    name.write(to: &writer)
    if let origin {
      writer.append(.lessThan)
      writer.append(decimal: origin)
      writer.append(.greaterThan)
    }
    writer.append(.space)
    writer.write(octets)
  }
}
