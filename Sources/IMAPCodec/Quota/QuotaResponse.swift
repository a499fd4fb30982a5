@_spi(MailCodec) import MailWire

/// The resources of a quota root.
///
/// [RFC 9208 §5.1](https://www.rfc-editor.org/rfc/rfc9208#section-5.1), and
/// [RFC 2087 §5.1](https://www.rfc-editor.org/rfc/rfc2087#section-5.1), which allows an empty list.
///
///     S: * QUOTA "" (STORAGE 10 512)
public struct QuotaResponse: Hashable, Sendable {
  /// The quota root's name, often empty.
  public var root: IMAPString
  /// Its resources.
  public var resources: [QuotaUsage]

  /// A quota root and its resources.
  public init(_ root: IMAPString, _ resources: [QuotaUsage]) {
    self.root = root
    self.resources = resources
  }

  func write(to writer: inout IMAPWriter) {
    writer.append("QUOTA ")
    writer.writeString(root.bytes.span)
    writer.append(" (")
    var isFirst = true
    for resource in resources {
      if !isFirst { writer.append(.space) }
      isFirst = false
      writer.append(resource.resource.bytes)
      writer.append(.space)
      writer.append(decimal: resource.usage)
      writer.append(.space)
      writer.append(decimal: resource.limit)
    }
    writer.append(.closeParenthesis)
  }
}
