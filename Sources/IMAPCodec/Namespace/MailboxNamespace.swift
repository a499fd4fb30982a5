@_spi(MailCodec) public import MailWire

/// A part of the mailbox tree: how the names in it begin, and what separates their levels.
///
/// [RFC 9051 §6.3.10](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.10),
/// [RFC 2342 §6](https://www.rfc-editor.org/rfc/rfc2342#section-6): `namespace-descr`.
///
///     ("#mh/" "/" "X-PARAM" ("FLAG1" "FLAG2"))
public struct MailboxNamespace: Hashable, Sendable {
  /// A parameter of a namespace with its values, of which there is at least one.
  ///
  /// [RFC 5255 §3.4](https://www.rfc-editor.org/rfc/rfc5255#section-3.4) defines `TRANSLATION`, the prefix in the user's
  /// language.
  public struct Parameter: Hashable, Sendable {
    /// The name.
    public let name: IMAPString
    /// The values.
    public let values: [IMAPString]

    /// A parameter.
    ///
    /// - Throws: ``SyntaxError`` with the code `empty` without values.
    public init(_ name: IMAPString, _ values: [IMAPString]) throws(SyntaxError) {
      guard !values.isEmpty else { throw SyntaxError(.empty, at: 0) }
      self.init(checked: name, values)
    }

    init(checked name: IMAPString, _ values: [IMAPString]) {
      self.name = name
      self.values = values
    }
  }

  /// How the names begin; empty for those that begin in no special way.
  public let prefix: IMAPString
  /// What separates the levels of a name; nil when there is one level only.
  public let delimiter: UInt8?
  /// The parameters, in order.
  public let parameters: [Parameter]

  /// A namespace.
  ///
  /// - Throws: ``SyntaxError`` with the code `unexpectedByte` for a delimiter that is NUL, CR, LF or beyond ASCII.
  public init(_ prefix: IMAPString, delimiter: UInt8?, parameters: [Parameter] = []) throws(SyntaxError) {
    if let delimiter, !ListResponse.isDelimiter(delimiter) { throw SyntaxError(.unexpectedByte, at: 0) }
    self.init(checked: prefix, delimiter, parameters)
  }

  init(checked prefix: IMAPString, _ delimiter: UInt8?, _ parameters: [Parameter]) {
    self.prefix = prefix
    self.delimiter = delimiter
    self.parameters = parameters
  }

  func write(to writer: inout IMAPWriter) {
    writer.append(.openParenthesis)
    writer.writeString(prefix.bytes.span)
    writer.append(.space)
    ListResponse.write(delimiter, to: &writer)
    for parameter in parameters {
      writer.append(.space)
      writer.writeString(parameter.name.bytes.span)
      writer.append(.space)
      writer.writeStrings(parameter.values)
    }
    writer.append(.closeParenthesis)
  }
}
