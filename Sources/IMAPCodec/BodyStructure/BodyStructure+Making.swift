@_spi(MailCodec) public import MailWire

extension BodyStructure {
  /// A part without children.
  ///
  /// - Parameter lines: the number of lines, which a `text` part must have; zero is written for one that has none.
  /// - Throws: ``SyntaxError`` with the code `unexpectedByte` for NUL in a string, `badParameter` for the type `message`
  ///   with the subtype `rfc822` or `global`, which encloses a message.
  public init(_ fields: BodyFields, lines: UInt64? = nil) throws(SyntaxError) {
    var writer = IMAPWriter()
    fields.writeSingle(to: &writer)
    switch Self.kind(of: fields) {
    case .message: throw SyntaxError(.badParameter, at: 0)
    case .text:
      writer.append(.space)
      writer.append(decimal: min(lines ?? 0, UInt64(Int64.max)))
    case .basic, .multipart, .opaque: break
    }
    writer.append(.space)
    writer.writeNString(fields.md5?.span)
    fields.writeExtensions(to: &writer)
    try self.init(written: writer)
  }

  /// A part that encloses a message.
  ///
  /// - Parameter fields: the type must be `message`, the subtype `rfc822` or `global`.
  /// - Throws: ``SyntaxError`` with the code `unexpectedByte` for NUL in a string, `badParameter` for another type.
  public init(
    _ fields: BodyFields, enclosing body: BodyStructure, envelope: MessageEnvelope, lines: UInt64
  ) throws(SyntaxError) {
    guard Self.kind(of: fields) == .message else { throw SyntaxError(.badParameter, at: 0) }
    var writer = IMAPWriter()
    fields.writeSingle(to: &writer)
    writer.append(.space)
    envelope.write(to: &writer)
    writer.append(.space)
    body.write(to: &writer, isExtended: true)
    writer.append(.space)
    writer.append(decimal: min(lines, UInt64(Int64.max)))
    writer.append(.space)
    writer.writeNString(fields.md5?.span)
    fields.writeExtensions(to: &writer)
    try self.init(written: writer)
  }

  /// A multipart.
  ///
  /// - Parameters:
  ///   - parts: at least one.
  ///   - fields: of which a multipart has the subtype, the parameters, the disposition, the languages and the location.
  /// - Throws: ``SyntaxError`` with the code `empty` without parts, `unexpectedByte` for NUL in a string.
  public init(_ fields: BodyFields, parts: [BodyStructure]) throws(SyntaxError) {
    guard !parts.isEmpty else { throw SyntaxError(.empty, at: 0) }
    var writer = IMAPWriter()
    writer.append(.openParenthesis)
    for part in parts { part.write(to: &writer, isExtended: true) }
    writer.append(.space)
    writer.writeString(fields.subtype.span)
    writer.append(.space)
    BodyFields.write(fields.parameters, to: &writer)
    fields.writeExtensions(to: &writer)
    try self.init(written: writer)
  }

  /// The value of what was written from checked parts.
  private init(written writer: borrowing IMAPWriter) throws(SyntaxError) {
    try self.init(writer.output.bytes, limits: .unlimited, quirks: .lenient.subtracting(.zeroInLiteral))
  }

  private static func kind(of fields: BodyFields) -> Kind {
    let type = IMAPWord(fields.mediaType.span)
    if type == IMAPWord("text") { return .text }
    let subtype = IMAPWord(fields.subtype.span)
    let isMessage = subtype == IMAPWord("rfc822") || subtype == IMAPWord("global")
    return type == IMAPWord("message") && isMessage ? .message : .basic
  }
}
