@_spi(MailCodec) import MailWire

/// What a client says of itself, in order.
///
/// [RFC 2971 §3.3](https://www.rfc-editor.org/rfc/rfc2971#section-3.3).
///
///     C: A1 ID ("name" "sodr" "version" "19.34")
public struct IDParameters: Hashable, Sendable {
  /// One field and its value.
  public struct Field: Hashable, Sendable {
    /// The field, such as `name`.
    public let name: IMAPString
    /// The value; nil for `NIL`.
    public let value: IMAPString?

    /// A field.
    public init(_ name: IMAPString, _ value: IMAPString?) {
      self.name = name
      self.value = value
    }
  }

  /// The fields; none is written as `NIL`.
  public var fields: [Field]

  /// Fields, or none.
  public init(_ fields: [Field] = []) { self.fields = fields }

  /// Parses `"(" [string SP nstring *(SP string SP nstring)] ")"` or `NIL`.
  @_lifetime(cursor: copy cursor)
  static func parse(_ cursor: inout ByteCursor, _ context: inout ParseContext) throws(SyntaxError) -> IDParameters {
    if cursor.skipNil() { return IDParameters() }
    try cursor.expect(.openParenthesis)
    var parameters = IDParameters()
    if cursor.skip(.closeParenthesis) { return parameters }
    repeat {
      guard parameters.fields.count < context.limits.elements else { throw cursor.error(.tooMany) }
      let name = IMAPString(unchecked: try cursor.takeString(&context).copied())
      try cursor.requireSpace(&context)
      let value = cursor.skipNil() ? nil : IMAPString(unchecked: try cursor.takeString(&context).copied())
      parameters.fields.append(Field(name, value))
    } while cursor.skip(.space)
    try cursor.expect(.closeParenthesis)
    return parameters
  }

  func write(to writer: inout IMAPWriter) {
    guard !fields.isEmpty else { return writer.append("NIL") }
    writer.writeList(fields) { field, writer in
      writer.writeString(field.name.bytes.span)
      writer.append(.space)
      guard let value = field.value else { return writer.append("NIL") }
      writer.writeString(value.bytes.span)
    }
  }
}
