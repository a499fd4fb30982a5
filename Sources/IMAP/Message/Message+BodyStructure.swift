public import IMAPCodec
public import MailMessage
@_spi(MailCodec) public import MailWire

extension Message {
  /// The structure of the message's body, for `BODYSTRUCTURE`, and `BODY` when it is written without extension data.
  ///
  /// [RFC 9051 §7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2). A multipart without parts gets an empty text, and
  /// what is deeper or more than the limits allow is `application/octet-stream`.
  ///
  /// - Parameter bytes: the octets that the message was made from.
  /// - Throws: ``SyntaxError`` never for octets that the message was made from.
  public func bodyStructure(in bytes: Span<UInt8>) throws(SyntaxError) -> BodyStructure {
    var text = StructureText()
    // The parts whose children are being written, each with what ends it.
    var open: [(part: Int, tail: StructureText)] = []
    for index in parts.indices {
      while let last = open.last, parts[last.part].end <= index {
        text.append(last.tail)
        open.removeLast()
      }
      let header = HeaderSummary(bytes, fieldsRange(of: index))
      text.append("(")
      var tail = StructureText()
      switch parts[index].kind {
      case .single:
        text.appendSingle(parts[index], header, in: bytes)
        tail.appendExtensions(header, in: bytes)
        text.append(tail)
        continue
      case .message:
        text.appendSingle(parts[index], header, in: bytes)
        text.append(" ")
        text.append(envelopeOf: HeaderSummary(bytes, fieldsRange(of: index + 1)), in: bytes)
        text.append(" ")
        tail.append(" ")
        tail.append(decimal: parts[index].bodyLines)
        tail.appendExtensions(header, in: bytes)
      case .multipart:
        if parts[index].childCount == 0 {
          text.append("(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 0 0 NIL NIL NIL NIL)")
        }
        tail.appendMultipartEnd(header, in: bytes)
      }
      open.append((index, tail))
    }
    for last in open.reversed() { text.append(last.tail) }
    return try BodyStructure(text.bytes.span, limits: StructureText.limits, quirks: .none)
  }
}

extension StructureText {
  /// Type, parameters, id, description, encoding, size and the lines of a text.
  fileprivate mutating func appendSingle(_ part: MessagePart, _ header: HeaderSummary, in bytes: Span<UInt8>) {
    let type = ContentType(header.value(.contentType, in: bytes))
    if part.isDigestEntry {
      append("\"message\" \"rfc822\" NIL")
    } else if let type {
      appendType(type, part)
    } else {
      append("\"text\" \"plain\" (\"charset\" \"us-ascii\")")
    }
    append(" ")
    append(optional: header.nonEmptyText(.contentID, in: bytes))
    append(" ")
    append(optional: header.nonEmptyText(.contentDescription, in: bytes))
    append(" ")
    let encoding = header.nonEmptyText(.contentEncoding, in: bytes)?.prefix {
      $0.isASCIIGraphic && $0 != 40 && $0 != 59
    }
    if part.encoding == .unknown, let encoding, !encoding.isEmpty {
      append(string: encoding.span)
    } else {
      append(part.encoding.name)
    }
    append(" ")
    append(decimal: part.body.count)
    guard part.isText else { return }
    append(" ")
    append(decimal: part.bodyLines)
  }

  private mutating func appendType(_ type: ContentType, _ part: MessagePart) {
    let isMessage = type.type == [UInt8]("message".utf8)
    let isEnclosing =
      type.type == [UInt8]("multipart".utf8)
      || isMessage && (type.subtype == [UInt8]("rfc822".utf8) || type.subtype == [UInt8]("global".utf8))
    guard !isEnclosing || part.kind != .single else { return append("\"application\" \"octet-stream\" NIL") }
    append(string: type.type.span)
    append(" ")
    append(string: type.subtype.span)
    append(" ")
    var list = type.parameters.list
    if part.isText, type.parameters["charset"] == nil {
      list.append(FieldParameter(name: [UInt8]("charset".utf8), value: [UInt8]("us-ascii".utf8)))
    }
    append(list)
  }

  /// The end of a multipart: subtype, parameters, disposition, languages, location.
  fileprivate mutating func appendMultipartEnd(_ header: HeaderSummary, in bytes: Span<UInt8>) {
    append(" ")
    let type = ContentType(header.value(.contentType, in: bytes))
    let subtype = type?.subtype ?? [UInt8]("mixed".utf8)
    append(string: subtype.span)
    append(" ")
    append(type?.parameters.list ?? [])
    appendDisposition(header, in: bytes)
    append(")")
  }

  /// The end of any other part: checksum, disposition, languages, location.
  fileprivate mutating func appendExtensions(_ header: HeaderSummary, in bytes: Span<UInt8>) {
    append(" ")
    append(optional: header.nonEmptyText(.contentMD5, in: bytes))
    appendDisposition(header, in: bytes)
    append(")")
  }

  private mutating func appendDisposition(_ header: HeaderSummary, in bytes: Span<UInt8>) {
    append(" ")
    if let disposition = ContentDisposition(header.value(.contentDisposition, in: bytes)) {
      append("(")
      append(string: disposition.type.span)
      append(" ")
      append(disposition.parameters.list)
      append(")")
    } else {
      append("NIL")
    }
    append(" ")
    append(languages: header.value(.contentLanguage, in: bytes))
    append(" ")
    append(optional: header.nonEmptyText(.contentLocation, in: bytes))
  }

  /// [RFC 3282](https://www.rfc-editor.org/rfc/rfc3282): tags between commas.
  private mutating func append(languages value: Span<UInt8>) {
    let tags = value.copied().split(separator: 44).map { tag in tag.filter { $0.isASCIIGraphic } }
      .filter { !$0.isEmpty && $0.first != 40 }.prefix(100)
    guard !tags.isEmpty else { return append("NIL") }
    var isFirst = true
    append("(")
    for tag in tags {
      if !isFirst { append(" ") }
      isFirst = false
      append(string: tag.span)
    }
    append(")")
  }

  private mutating func append(_ parameters: [FieldParameter]) {
    guard !parameters.isEmpty else { return append("NIL") }
    var isFirst = true
    append("(")
    for parameter in parameters {
      if !isFirst { append(" ") }
      isFirst = false
      append(string: parameter.name.span)
      append(" ")
      append(string: parameter.value.span)
    }
    append(")")
  }
}

extension TransferEncoding {
  fileprivate var name: StaticString {
    switch self {
    case .sevenBit, .unknown: "\"7bit\""
    case .eightBit: "\"8bit\""
    case .binary: "\"binary\""
    case .quotedPrintable: "\"quoted-printable\""
    case .base64: "\"base64\""
    }
  }
}
