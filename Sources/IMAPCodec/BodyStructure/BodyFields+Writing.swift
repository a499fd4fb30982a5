@_spi(MailCodec) import MailWire

extension BodyFields {
  /// `media-type SP media-subtype SP body-fields`, behind an opening parenthesis.
  func writeSingle(to output: inout OutboundBuffer) {
    output.append(.openParenthesis)
    output.append(string: mediaType.span)
    output.append(.space)
    output.append(string: subtype.span)
    output.append(.space)
    Self.write(parameters, to: &output)
    output.append(.space)
    output.append(nstring: contentID?.span)
    output.append(.space)
    output.append(nstring: contentDescription?.span)
    output.append(.space)
    output.append(string: encoding.span)
    output.append(.space)
    output.append(decimal: octets)
  }

  /// The extension data, each behind a space, and the closing parenthesis.
  func writeExtensions(to output: inout OutboundBuffer) {
    output.append(.space)
    if let disposition {
      output.append(.openParenthesis)
      output.append(string: disposition.type.span)
      output.append(.space)
      Self.write(disposition.parameters, to: &output)
      output.append(.closeParenthesis)
    } else {
      output.append("NIL")
    }
    output.append(.space)
    if languages.isEmpty {
      output.append("NIL")
    } else {
      output.append(.openParenthesis)
      var isFirst = true
      for language in languages {
        if !isFirst { output.append(.space) }
        isFirst = false
        output.append(string: language.span)
      }
      output.append(.closeParenthesis)
    }
    output.append(.space)
    output.append(nstring: location?.span)
    output.append(.closeParenthesis)
  }

  static func write(_ parameters: [BodyParameter], to output: inout OutboundBuffer) {
    guard !parameters.isEmpty else { return output.append("NIL") }
    var separator = UInt8.openParenthesis
    for parameter in parameters {
      output.append(separator)
      separator = .space
      output.append(string: parameter.name.span)
      output.append(.space)
      output.append(string: parameter.value.span)
    }
    output.append(.closeParenthesis)
  }
}
