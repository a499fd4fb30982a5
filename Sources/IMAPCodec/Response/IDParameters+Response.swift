@_spi(MailCodec) import MailWire

extension LayoutBuilder {
  /// `SP ("(" [string SP nstring *(SP string SP nstring)] ")" / nil)`, [RFC 2971 §3.2](https://www.rfc-editor.org/rfc/rfc2971).
  @_lifetime(cursor: copy cursor)
  mutating func identity(_ cursor: inout ByteCursor) throws(SyntaxError) -> IDParameters {
    try value(&cursor)
    var parameters = IDParameters()
    if cursor.skipNil() { return parameters }
    try cursor.expect(.openParenthesis)
    if cursor.skip(.closeParenthesis) { return parameters }
    repeat {
      try checkCount(parameters.fields.count, cursor)
      let name = try stringValue(&cursor)
      try space(&cursor)
      parameters.fields.append(IDParameters.Field(name, try nstringValue(&cursor)))
    } while try isAnother(&cursor)
    try cursor.expect(.closeParenthesis)
    return parameters
  }
}

extension IDParameters {
  /// Writes the response `ID`.
  func writeResponse(to writer: inout IMAPWriter) {
    guard !fields.isEmpty else { return writer.append("ID NIL") }
    writer.append("ID ")
    var separator = UInt8.openParenthesis
    for field in fields {
      writer.append(separator)
      separator = .space
      writer.writeString(field.name.bytes.span)
      writer.append(.space)
      writer.writeNString(field.value?.bytes.span)
    }
    writer.append(.closeParenthesis)
  }
}
