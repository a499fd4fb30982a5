@_spi(MailCodec) import MailWire

extension BodyFields {
  /// `media-type SP media-subtype SP body-fields`, behind an opening parenthesis.
  func writeSingle(to writer: inout IMAPWriter) {
    writer.append(.openParenthesis)
    writer.writeString(mediaType.span)
    writer.append(.space)
    writer.writeString(subtype.span)
    writer.append(.space)
    Self.write(parameters, to: &writer)
    writer.append(.space)
    writer.writeNString(contentID?.span)
    writer.append(.space)
    writer.writeNString(contentDescription?.span)
    writer.append(.space)
    writer.writeString(encoding.span)
    writer.append(.space)
    writer.append(decimal: octets)
  }

  /// The extension data, each behind a space, and the closing parenthesis.
  func writeExtensions(to writer: inout IMAPWriter) {
    writer.append(.space)
    if let disposition {
      writer.append(.openParenthesis)
      writer.writeString(disposition.type.span)
      writer.append(.space)
      Self.write(disposition.parameters, to: &writer)
      writer.append(.closeParenthesis)
    } else {
      writer.append("NIL")
    }
    writer.append(.space)
    if languages.isEmpty {
      writer.append("NIL")
    } else {
      writer.append(.openParenthesis)
      var isFirst = true
      for language in languages {
        if !isFirst { writer.append(.space) }
        isFirst = false
        writer.writeString(language.span)
      }
      writer.append(.closeParenthesis)
    }
    writer.append(.space)
    writer.writeNString(location?.span)
    writer.append(.closeParenthesis)
  }

  static func write(_ parameters: [BodyParameter], to writer: inout IMAPWriter) {
    guard !parameters.isEmpty else { return writer.append("NIL") }
    var separator = UInt8.openParenthesis
    for parameter in parameters {
      writer.append(separator)
      separator = .space
      writer.writeString(parameter.name.span)
      writer.append(.space)
      writer.writeString(parameter.value.span)
    }
    writer.append(.closeParenthesis)
  }
}
