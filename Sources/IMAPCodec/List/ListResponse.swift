@_spi(MailCodec) public import MailWire

/// A mailbox that `LIST`, `LSUB` or `XLIST` found.
///
/// [RFC 9051 §7.3.1](https://www.rfc-editor.org/rfc/rfc9051#section-7.3.1)
///
///     S: * LIST (\HasNoChildren \Sent) "/" "Sent Items" (OLDNAME ("Sent"))
public struct ListResponse: Hashable, Sendable {
  /// Which command it answers.
  @frozen
  public enum Kind: Hashable, Sendable {
    /// `LIST`
    case list
    /// `LSUB`, IMAP4rev1 only.
    case subscribed
    /// `XLIST`, the forerunner of special-use attributes.
    case extended
  }

  /// Which command it answers.
  public let kind: Kind
  /// The attributes, such as `\Noselect`; case does not count.
  public let attributes: [Flag]
  /// What separates the levels of the name; nil for a flat one.
  public let delimiter: UInt8?
  /// The mailbox.
  public let name: MailboxName
  /// The extended data, such as `CHILDINFO` and `OLDNAME`: each name with its value.
  public let extensions: [ListExtension]

  /// A mailbox.
  ///
  /// - Throws: ``SyntaxError`` with the code `unexpectedByte` for a delimiter that is no ASCII text.
  public init(
    _ name: MailboxName, kind: Kind = .list, attributes: [Flag] = [], delimiter: UInt8?,
    extensions: [ListExtension] = []
  ) throws(SyntaxError) {
    if let delimiter, !Self.isDelimiter(delimiter) { throw SyntaxError(.unexpectedByte, at: 0) }
    self.init(checked: name, kind, attributes, delimiter, extensions)
  }

  init(
    checked name: MailboxName, _ kind: Kind, _ attributes: [Flag], _ delimiter: UInt8?, _ extensions: [ListExtension]
  ) {
    self.name = name
    self.kind = kind
    self.attributes = attributes
    self.delimiter = delimiter
    self.extensions = extensions
  }

  /// Whether the attribute is among them.
  public func has(_ attribute: Flag) -> Bool { attributes.contains(attribute) }

  func write(to writer: inout IMAPWriter) {
    switch kind {
    case .list: writer.append("LIST (")
    case .subscribed: writer.append("LSUB (")
    case .extended: writer.append("XLIST (")
    }
    var isFirst = true
    for attribute in attributes {
      if !isFirst { writer.append(.space) }
      isFirst = false
      writer.append(attribute.bytes)
    }
    writer.append(") ")
    Self.write(delimiter, to: &writer)
    writer.append(.space)
    writer.writeAString(name.bytes.span)
    guard !extensions.isEmpty else { return }
    writer.append(" (")
    isFirst = true
    for data in extensions {
      if !isFirst { writer.append(.space) }
      isFirst = false
      writer.writeAString(data.name.span)
      writer.append(.space)
      writer.append(data.text)
    }
    writer.append(.closeParenthesis)
  }

  /// Whether a quoted string can hold the octet: ASCII but NUL, CR and LF.
  static func isDelimiter(_ byte: UInt8) -> Bool { byte != 0 && byte != 10 && byte != 13 && byte < 0x80 }

  /// `DQUOTE QUOTED-CHAR DQUOTE / nil`
  static func write(_ delimiter: UInt8?, to writer: inout IMAPWriter) {
    guard let delimiter else { return writer.append("NIL") }
    writer.append(.quote)
    if delimiter == .quote || delimiter == .backslash { writer.append(.backslash) }
    writer.append(delimiter)
    writer.append(.quote)
  }
}
