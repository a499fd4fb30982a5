@_spi(MailCodec) public import MailWire

extension FetchResponse {
  /// Writes the response with its asterisk and line end.
  @_spi(MailCodec)
  public func write(to output: inout OutboundBuffer) {
    output.append("* ")
    output.append(decimal: UInt64(number))
    output.append(isUIDFetch ? " UIDFETCH (" : " FETCH (")
    var isFirst = true
    if let uid, !isUIDFetch {
      begin("UID ", &isFirst, &output)
      output.append(decimal: UInt64(uid))
    }
    if let flags {
      begin("FLAGS ", &isFirst, &output)
      flags.write(to: &output)
    }
    if let internalDate {
      begin("INTERNALDATE ", &isFirst, &output)
      internalDate.write(to: &output)
    }
    if let size {
      begin("RFC822.SIZE ", &isFirst, &output)
      output.append(decimal: size)
    }
    if let modSeq {
      begin("MODSEQ (", &isFirst, &output)
      output.append(decimal: modSeq)
      output.append(.closeParenthesis)
    }
    for item in items {
      begin("", &isFirst, &output)
      item.write(to: &output)
    }
    output.append(.closeParenthesis)
    output.appendLineEnd()
  }

  private func begin(_ name: StaticString, _ isFirst: inout Bool, _ output: inout OutboundBuffer) {
    if !isFirst { output.append(.space) }
    isFirst = false
    output.append(name)
  }
}

extension FetchItem {
  /// Writes the item's name and value.
  func write(to output: inout OutboundBuffer) {
    switch self {
    case .envelope(let envelope):
      output.append("ENVELOPE ")
      envelope.write(to: &output)
    case .bodyStructure(let structure):
      output.append("BODYSTRUCTURE ")
      structure.write(to: &output, isExtended: true)
    case .body(let structure):
      output.append("BODY ")
      structure.write(to: &output, isExtended: false)
    case .section(let section):
      section.write(to: &output)
    case .binarySize(let path, let size):
      output.append("BINARY.SIZE[")
      path.write(to: &output)
      output.append("] ")
      output.append(decimal: min(size, UInt64(Int64.max)))
    case .emailID(let identifier):
      output.append("EMAILID (")
      output.append(identifier.bytes)
      output.append(.closeParenthesis)
    case .threadID(let identifier):
      output.append("THREADID ")
      guard let identifier else { return output.append("NIL") }
      output.append(.openParenthesis)
      output.append(identifier.bytes)
      output.append(.closeParenthesis)
    case .preview(let text):
      output.append("PREVIEW ")
      output.append(nstring: text?.span)
    case .saveDate(let date):
      output.append("SAVEDATE ")
      if let date { date.write(to: &output) } else { output.append("NIL") }
    case .gmailMessageID(let number):
      output.append("X-GM-MSGID ")
      output.append(decimal: number)
    case .gmailThreadID(let number):
      output.append("X-GM-THRID ")
      output.append(decimal: number)
    case .gmailLabels(let labels):
      output.append("X-GM-LABELS (")
      var isFirst = true
      for label in labels {
        if !isFirst { output.append(.space) }
        isFirst = false
        output.append(string: label.span)
      }
      output.append(.closeParenthesis)
    case .unknown(let item):
      output.append(item.name)
      output.append(.space)
      output.append(item.text)
    case .malformed(let item):
      output.append(item.name)
      output.append(.space)
      output.append(item.text)
    }
  }
}

extension FetchSection {
  /// Writes the section: `BINARY` as a `literal8` when it must be one, everything else as a literal.
  func write(to output: inout OutboundBuffer) {
    name.write(to: &output)
    if let origin {
      output.append(.lessThan)
      output.append(decimal: origin)
      output.append(.greaterThan)
    }
    output.append(.space)
    if let content { output.append(literal: content.span) } else { output.append("NIL") }
  }
}
